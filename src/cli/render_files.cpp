#include "cli/render_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>

#include "cli/depfile.h"
#include "cli/messages.h"
#include "cli/output_template.h"
#include "cli/patch_wav.h"
#include "cli/progress.h"
#include "io/file.h"
#include "io/report_json.h"
#include "io/sha256.h"
#include "param/state.h"
#include "param/wording.h"

namespace drumgen {
namespace {

constexpr std::string_view pipe_name = "-";

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, problem);
}

void check_options(const RenderOptions& options) {
    const bool to_pipe = options.output == pipe_name;
    if (options.output.empty() && !options.dry_run) {
        refuse("no output given; add -o FILE, or -o - for a pipe");
    }
    if (to_pipe && options.json) {
        refuse("--json and -o - both write to standard output; leave out one");
    }
    if (to_pipe && !options.depfile.empty()) {
        refuse("--depfile needs a named output; -o - has none");
    }
    if (to_pipe && !options.dry_run && !options.force && isatty(STDOUT_FILENO) == 1) {
        refuse("-o - would write a WAV to the terminal; redirect it, or add -f");
    }
}

std::vector<std::string> paths_of(const RenderOptions& options, const std::vector<Patch>& patches) {
    if (options.output.empty()) {
        return std::vector<std::string>(patches.size());
    }
    if (options.output == pipe_name && patches.size() > 1) {
        refuse("-o - can hold one sound, and " + std::to_string(patches.size()) +
               " patches are given; write files, such as -o '{instrument}-{index:04}.wav'");
    }
    return output_paths(options.output, patches);
}

/// Refuses early what write_file would refuse, before minutes are spent on rendering.
void check_existing(const std::vector<std::string>& paths) {
    std::vector<std::string> problems;
    for (const std::string& path : paths) {
        struct stat status {};
        if (lstat(path.c_str(), &status) == 0 &&
            (S_ISREG(status.st_mode) || S_ISLNK(status.st_mode))) {
            problems.push_back(path + ": exists; leave out -n to replace it");
        }
    }
    if (!problems.empty()) {
        throw Error(Status::failed, problems);
    }
}

double peak_of(const Signal& samples) {
    float peak = 0;
    for (const float sample : samples) {
        peak = std::max(peak, std::abs(sample));
    }
    return static_cast<double>(peak);
}

void render_one(const Patch& patch, const std::string& path, const RenderOptions& options) {
    const Resolved resolved = resolve(patch);
    RenderReport report{path, &patch, &resolved};
    if (!options.dry_run) {
        const Sound sound = render(resolved);
        const WavFile wav = wav_of(patch, resolved, sound, options.format);
        const std::vector<std::uint8_t> bytes = encode_wav(wav);
        if (path == pipe_name) {
            write_stdout(bytes);
            return;
        }
        write_file(path, bytes, options.no_clobber ? Overwrite::no : Overwrite::yes);
        if (options.json) {
            report.measured = {sha256_hex(canonical_bytes(wav.samples)), sound.samples.size(),
                               sound.sample_rate_hz, peak_of(sound.samples)};
        }
        if (options.verbose) {
            tell("wrote " + path + ", " + std::to_string(sound.samples.size()) + " frames at " +
                 number_to_text(sound.sample_rate_hz) + " Hz");
        }
    }
    if (options.json) {
        write_stdout(report_json(report));
    }
}

}  // namespace

Status render_files(const RenderOptions& options) {
    check_options(options);
    const GivenPatches given = take_patches(options.patches);
    const std::vector<std::string> paths = paths_of(options, given.patches);
    if (options.no_clobber) {
        check_existing(paths);
    }
    if (!options.quiet) {
        tell(given.notes);
    }
    Progress progress(options.quiet || options.verbose ? 0 : given.patches.size());
    for (std::size_t i = 0; i < given.patches.size(); ++i) {
        render_one(given.patches[i], paths[i], options);
        progress.step();
    }
    if (!options.depfile.empty() && !options.dry_run) {
        const std::string text = depfile_text(paths, given.files);
        write_file(options.depfile,
                   {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
                   Overwrite::yes);
    }
    return Status::done;
}

}  // namespace drumgen
