#include "batch/job.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "archive/sha256.h"
#include "archive/tar.h"
#include "base/bytes.h"
#include "base/text.h"
#include "batch/listing.h"
#include "batch/sound_outputs.h"
#include "document/report_json.h"
#include "drumgen/patch_json.h"
#include "sound_file/patch_wav.h"
#include "sound_file/riff.h"
#include "sound_file/sound_check.h"
#include "sound_file/sound_file.h"

namespace drumgen {
namespace {

/// A sound whose hash is still to be made, and where in the bytes of its chunk its samples stand.
struct Unhashed {
    ManifestEntry* entry;
    std::size_t begin;
    std::size_t size;
};

class Renderer {
public:
    Renderer(RenderedSound& sound, std::vector<std::uint8_t>& bytes,
             std::vector<Unhashed>& unhashed, Durable durable, const OutputTemplates& templates,
             const BatchRequest& request)
        : sound_(sound),
          bytes_(bytes),
          unhashed_(unhashed),
          durable_(durable),
          templates_(templates),
          request_(request) {}

    void run() {
        RenderJob& job = sound_.job;
        sound_.notes = std::move(job.notes);
        if (job.refusal) {
            throw Error(*job.refusal);
        }
        if (job.sound != nullptr) {
            measure_given();
            return;
        }
        const Patch& patch = *job.patch;
        name(output_name(patch, job.position, request_.shard_size, job.stem));
        if (job.kept) {
            return;
        }
        const Resolved resolved = resolve(patch);
        if (!request_.manifest.empty()) {
            tags_ = tags_of(patch, resolved);
            sound_.entry = listing_of(sound_.name, sound_.path, tags_.patch_json, request_);
        }
        if (request_.dry_run) {
            report(resolved, nullptr, {});
            return;
        }
        const Sound rendered = render(resolved);
        sound_.seconds = static_cast<double>(rendered.samples.size()) / rendered.sample_rate_hz;
        check(resolved, rendered);
        write(resolved, rendered);
        report(resolved, &rendered, outputs_of(resolved, rendered));
    }

private:
    [[nodiscard]] Overwrite overwrite() const {
        return request_.no_clobber ? Overwrite::no : Overwrite::yes;
    }

    /// Refuses a sound that nobody can have meant, or that the file can't hold.
    void check(const Resolved& resolved, const Sound& rendered) {
        const std::string& place = sound_.job.place;
        if (const auto reason = silence_of(resolved, rendered); reason && !request_.allow_silence) {
            throw Error(Status::invalid, message(place, resolved.instrument->name, *reason));
        }
        const SoundFormat& format = *request_.file_format;
        if (const auto reason = unfit_reason(format, rendered.sample_rate_hz)) {
            throw Error(Status::invalid, message(place, "", *reason));
        }
        if (!format.is_lossless && !sound_.path.empty()) {
            sound_.notes.push_back(formatted(
                "{} does not keep samples exactly: those that are read from it are not the patch's",
                format.title));
        }
        if (rendered.is_stereo() && rendered.right == rendered.samples) {
            sound_.notes.push_back(message(
                place, resolved.instrument->name,
                "both channels are the same: none of what is heard is spread, which are noise, "
                "rooms, wires and jingles; without a width it is one channel"));
        }
        if (auto told = check_full_scale(place, rendered, request_.format)) {
            sound_.notes.push_back(std::move(*told));
        }
    }

    void name(OutputName name) {
        const auto path = [&name](const std::optional<OutputTemplate>& output) {
            return output ? output->path(name) : std::string();
        };
        sound_.path = path(templates_.output);
        sound_.plot = path(templates_.plot);
        sound_.name = std::move(name);
    }

    void measure_given() {
        name(output_name(sound_.job.sound->path, sound_.job.position));
        if (!request_.dry_run) {
            take(sound_outputs(*sound_.job.sound, sound_.plot, request_));
        }
    }

    void take(SoundOutputs outputs) {
        sound_.status = outputs.status;
        sound_.told += outputs.told;
        sound_.shown += outputs.shown;
        sound_.plot_file = std::move(outputs.plot);
        sound_.page = std::move(outputs.page);
        sound_.notes.insert(sound_.notes.end(), outputs.notes.begin(), outputs.notes.end());
    }

    /// Puts the sound where it belongs, but for its name.
    void write(const Resolved& resolved, const Sound& rendered) {
        const bool is_hashed = request_.json || !request_.manifest.empty();
        if (sound_.path.empty() && !is_hashed) {
            return;
        }
        const Interleaved interleaved(rendered);
        const Frames samples = interleaved.frames();
        if (request_.container == Container::raw) {
            sound_.begin = bytes_.size();
            sound_.size = samples.samples.size() * sample_bytes(request_.format);
            bytes_.resize(bytes_.size() + sound_.size);
            const std::span<std::uint8_t> frames = std::span(bytes_).subspan(sound_.begin);
            write_canonical(samples.samples, request_.format, frames);
            if (is_hashed) {
                list(rendered, sound_.size);
                hash_among_bytes(frames);
            }
            return;
        }
        if (tags_.patch_json.empty()) {
            tags_ = tags_of(*sound_.job.patch, resolved);
        }
        const std::vector<std::uint8_t> file = encode_sound(
            *request_.file_format, samples, request_.format,
            static_cast<std::uint32_t>(rendered.sample_rate_hz), request_.bare ? WavTags{} : tags_);
        if (is_hashed) {
            list(rendered, file.size());
        }
        if (is_hashed && request_.container != Container::tar) {
            hash(is_wave(file) ? find_chunk(file, "data")
                               : canonical_bytes(quantise(samples, request_.format)));
        }
        sound_.begin = bytes_.size();
        if (request_.container == Container::tar) {
            const std::string member = member_of(sound_.name);
            sound_.header = append_tar_entry(bytes_, member + ".wav", file);
            append_tar_entry(bytes_, member + ".json", bytes_of(tags_.patch_json));
            if (is_hashed) {
                const std::size_t at = sound_.begin + sound_.header;
                hash_among_bytes(find_chunk(std::span(bytes_).subspan(at, file.size()), "data"));
            }
        } else if (sound_.path == pipe_name) {
            bytes_.insert(bytes_.end(), file.begin(), file.end());
        } else if (!sound_.path.empty()) {
            sound_.file.emplace(sound_.path, file, overwrite(), durable_);
        }
        sound_.size = bytes_.size() - sound_.begin;
    }

    void list(const Sound& rendered, std::size_t bytes) {
        sound_.entry.bytes = bytes;
        sound_.entry.frames = rendered.frames();
        sound_.entry.channels = rendered.channels();
        sound_.entry.rate_hz = rendered.sample_rate_hz;
    }

    void hash(std::span<const std::uint8_t> canonical) {
        sound_.entry.sha256 = sha256_hex(canonical);
    }

    /// Hashes samples that stand among the bytes of the chunk: with those of other sounds, unless
    /// the hash is told at once.
    void hash_among_bytes(std::span<const std::uint8_t> canonical) {
        if (request_.json) {
            hash(canonical);
            return;
        }
        unhashed_.push_back({&sound_.entry,
                             static_cast<std::size_t>(canonical.data() - bytes_.data()),
                             canonical.size()});
    }

    /// What the user wants to see of the sound, with its samples as a file holds them.
    [[nodiscard]] SoundOutputs outputs_of(const Resolved& resolved, const Sound& rendered) const {
        if (!wants_sound(request_)) {
            return {};
        }
        const Patch& patch = *sound_.job.patch;
        const Sound stored = as_sound(quantise(Interleaved(rendered).frames(), request_.format),
                                      rendered.sample_rate_hz);
        const std::string made = formatted("{}, seed {}", patch.instrument->name, patch.seed);
        KnownSound known;
        known.sound = &stored;
        known.path = sound_.path == pipe_name ? "" : sound_.path;
        known.title = patch.name.empty() ? made : formatted("{} ({})", patch.name, made);
        known.patch_json = patch_to_json(patch);
        known.channels = stored.channels();
        known.length_is_asked = resolved.render.duration_s.has_value();
        return sound_outputs(known, sound_.plot, request_);
    }

    void report(const Resolved& resolved, const Sound* rendered, SoundOutputs outputs) {
        if (request_.json) {
            RenderReport report{sound_.path, &*sound_.job.patch, &resolved};
            if (rendered != nullptr) {
                report.measured = {sound_.entry.sha256, rendered->frames(), rendered->channels(),
                                   rendered->sample_rate_hz, peak_of(*rendered)};
            }
            report.description = outputs.description;
            while (report.description.ends_with('\n')) {
                report.description.pop_back();
            }
            sound_.told += report_json(report);
        }
        if (request_.verbose && rendered != nullptr && !sound_.path.empty() &&
            sound_.path != pipe_name) {
            sound_.notes.push_back(formatted("wrote {}, {} frames{} at {} Hz", sound_.path,
                                             rendered->frames(),
                                             rendered->is_stereo() ? " of two channels" : "",
                                             number_to_text(rendered->sample_rate_hz)));
        }
        if (request_.verbose && outputs.plot) {
            sound_.notes.push_back("wrote " + sound_.plot);
        }
        take(std::move(outputs));
    }

    RenderedSound& sound_;
    std::vector<std::uint8_t>& bytes_;
    std::vector<Unhashed>& unhashed_;
    Durable durable_;
    const OutputTemplates& templates_;
    const BatchRequest& request_;
    WavTags tags_{};
};

void hash_all(const std::vector<Unhashed>& unhashed, std::span<const std::uint8_t> bytes) {
    std::vector<std::span<const std::uint8_t>> messages;
    for (const Unhashed& one : unhashed) {
        messages.push_back(bytes.subspan(one.begin, one.size));
    }
    std::vector<std::string> hashes = sha256_hex_of_all(messages);
    for (std::size_t k = 0; k < unhashed.size(); ++k) {
        unhashed[k].entry->sha256 = std::move(hashes[k]);
    }
}

}  // namespace

RenderedChunk render_chunk(RenderChunk chunk, const OutputTemplates& templates,
                           const BatchRequest& request) {
    RenderedChunk done;
    done.sounds.reserve(chunk.jobs.size());
    if (request.container != Container::files) {
        constexpr std::size_t usual = 128 << 10;  // bytes of a sound; more are found when needed
        done.bytes.reserve(chunk.jobs.size() * usual);
    }
    // Of many files, the folders are flushed at the end.
    const Durable durable = chunk.is_alone ? Durable::yes : Durable::no;
    std::vector<Unhashed> unhashed;
    for (RenderJob& job : chunk.jobs) {
        RenderedSound& sound = done.sounds.emplace_back();
        sound.job = std::move(job);
        try {
            Renderer(sound, done.bytes, unhashed, durable, templates, request).run();
        } catch (const Error& error) {
            sound.problems = error.problems();
            sound.status = error.status();
        }
    }
    hash_all(unhashed, done.bytes);
    return done;
}

}  // namespace drumgen
