#include "cli/render_files.h"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "cli/depfile.h"
#include "cli/messages.h"
#include "cli/output_template.h"
#include "cli/patch_wav.h"
#include "cli/progress.h"
#include "cli/sound_outputs.h"
#include "io/file.h"
#include "io/patch_json.h"
#include "io/report_json.h"
#include "io/riff.h"
#include "io/sha256.h"
#include "io/sound_wav.h"
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
    if (options.output.empty() && !options.dry_run && !wants_sound(options)) {
        refuse("no output given; add -o FILE, or -o - for a pipe");
    }
    std::string taker;
    for (const auto& [flag, takes] :
         {std::pair{"--json", options.json}, std::pair{"--describe", options.describe},
          std::pair{"--plot -", options.plot == pipe_name}, std::pair{"-o -", to_pipe}}) {
        if (takes && !taker.empty()) {
            refuse(taker + " and " + flag + " both write to standard output; leave out one");
        }
        taker = takes ? flag : taker;
    }
    const bool is_named = !options.output.empty() || !options.plot.empty() || options.dry_run;
    if (!options.depfile.empty() && (to_pipe || options.plot == pipe_name || !is_named)) {
        refuse("--depfile needs a named output; " +
               (taker.empty() ? "add -o FILE" : taker + " has none"));
    }
    if (to_pipe && !options.dry_run && !options.force && isatty(STDOUT_FILENO) == 1) {
        refuse("-o - would write a WAV to the terminal; redirect it, or add -f");
    }
}

/// One sound: rendered, or read from a file.
struct Job {
    const Patch* patch = nullptr;
    const GivenSound* sound = nullptr;
    std::string path{};  ///< empty: no WAV is written
    std::string plot{};  ///< empty: no picture is drawn
};

/// The paths that a template stands for, or no path for each sound.
std::vector<std::string> paths_of(std::string_view flag, const std::string& output,
                                  const std::vector<OutputName>& names) {
    if (output.empty()) {
        return std::vector<std::string>(names.size());
    }
    if (output == pipe_name && names.size() > 1) {
        const std::string options(flag);
        refuse(options + " - can hold one sound, and " + std::to_string(names.size()) +
               " patches are given; write files, such as " + options +
               " '{instrument}-{index:04}." + (flag == "-o" ? "wav'" : "svg'"));
    }
    return output_paths(flag, output, names);
}

/// All sounds in the order of the command line.
std::vector<Job> jobs_of(const RenderOptions& options, const GivenPatches& given) {
    std::vector<Job> jobs;
    std::vector<OutputName> names;
    auto sound = given.sounds.begin();
    for (std::size_t i = 0; i <= given.patches.size(); ++i) {
        for (; sound != given.sounds.end() && sound->patches_before == i; ++sound) {
            jobs.push_back({.sound = &*sound});
            names.push_back(output_name(sound->path));
        }
        if (i < given.patches.size()) {
            jobs.push_back({.patch = &given.patches[i]});
            names.push_back(output_name(given.patches[i]));
        }
    }
    const std::vector<std::string> paths = paths_of("-o", options.output, names);
    const std::vector<std::string> plots = paths_of("--plot", options.plot, names);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        if (!paths[i].empty() && paths[i] != pipe_name && paths[i] == plots[i]) {
            refuse("-o and --plot both name " + in_quotes(paths[i]) + "; use two names");
        }
        jobs[i].path = paths[i];
        jobs[i].plot = plots[i];
    }
    return jobs;
}

/// The named files that the jobs make.
std::vector<std::string> outputs_of(const std::vector<Job>& jobs) {
    std::vector<std::string> paths;
    for (const Job& job : jobs) {
        for (const std::string& path : {job.path, job.plot}) {
            if (!path.empty() && path != pipe_name) {
                paths.push_back(path);
            }
        }
    }
    return paths;
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

/// Says and draws what the options want of a rendered sound, with its samples as a file holds them.
Status put_out_rendered(const Job& job, const Resolved& resolved, const Sound& sound,
                        const RenderOptions& options) {
    if (!wants_sound(options)) {
        return Status::done;
    }
    const Patch& patch = *job.patch;
    const Sound stored{as_signal(quantise(sound.samples, options.format)), sound.sample_rate_hz};
    const std::string made =
        std::string(patch.instrument->name) + ", seed " + std::to_string(patch.seed);
    KnownSound known;
    known.sound = &stored;
    known.path = job.path == pipe_name ? "" : job.path;
    known.title = patch.name.empty() ? made : patch.name + " (" + made + ")";
    known.patch_json = patch_to_json(patch);
    known.length_is_asked = resolved.render.duration_s.has_value();
    return put_out_sound(known, job.plot, options);
}

Status render_one(const Job& job, const RenderOptions& options) {
    const Patch& patch = *job.patch;
    const std::string& path = job.path;
    const Resolved resolved = resolve(patch);
    RenderReport report{path, &patch, &resolved};
    Status status = Status::done;
    if (!options.dry_run) {
        const Sound sound = render(resolved);
        std::vector<std::uint8_t> bytes;
        if (!path.empty() || options.json) {
            bytes = wav_bytes(patch, resolved, sound, options.format);
        }
        if (path == pipe_name) {
            write_stdout(bytes);
        } else if (!path.empty()) {
            write_file(path, bytes, options.no_clobber ? Overwrite::no : Overwrite::yes);
            if (options.verbose) {
                tell("wrote " + path + ", " + std::to_string(sound.samples.size()) + " frames at " +
                     number_to_text(sound.sample_rate_hz) + " Hz");
            }
        }
        if (options.json) {
            report.measured = {sha256_hex(find_chunk(bytes, "data")), sound.samples.size(),
                               sound.sample_rate_hz, peak_of(sound.samples)};
        }
        status = put_out_rendered(job, resolved, sound, options);
    }
    if (options.json) {
        write_stdout(report_json(report));
    }
    return status;
}

/// Does all jobs. A file that can't be measured keeps none of the others from it.
Status do_jobs(const std::vector<Job>& jobs, const RenderOptions& options) {
    const bool is_silent = options.quiet || options.verbose || options.describe || options.show;
    Progress progress(is_silent ? 0 : jobs.size());
    Status status = Status::done;
    Status worst = Status::failed;
    std::vector<std::string> problems;
    for (const Job& job : jobs) {
        if (job.patch != nullptr) {
            status = std::max(status, render_one(job, options));
        } else if (!options.dry_run) {
            try {
                status = std::max(status, put_out_sound(*job.sound, job.plot, options));
            } catch (const Error& error) {
                problems.insert(problems.end(), error.problems().begin(), error.problems().end());
                worst = std::max(worst, error.status());
            }
        }
        progress.step();
    }
    if (!problems.empty()) {
        throw Error(worst, problems);
    }
    return status;
}

}  // namespace

Status render_files(const RenderOptions& options) {
    check_options(options);
    PatchArguments arguments = options.patches;
    arguments.takes_sounds = wants_sound(options) && options.output.empty() && !options.json &&
                             options.patches.statements.empty();
    const GivenPatches given = take_patches(arguments);
    const std::vector<Job> jobs = jobs_of(options, given);
    const std::vector<std::string> outputs = outputs_of(jobs);
    if (options.no_clobber) {
        check_existing(outputs);
    }
    if (!options.quiet) {
        tell(given.notes);
    }
    const Status status = do_jobs(jobs, options);
    if (!options.depfile.empty() && !options.dry_run) {
        const std::string text = depfile_text(outputs, given.files);
        write_file(options.depfile,
                   {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()},
                   Overwrite::yes);
    }
    return status;
}

}  // namespace drumgen
