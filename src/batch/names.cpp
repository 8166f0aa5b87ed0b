#include "batch/names.h"

#include <utility>

#include "batch/manifest.h"
#include "batch/sound_outputs.h"
#include "drumgen/error.h"
#include "system/file_system.h"
#include "system/output_file.h"

namespace drumgen {
namespace {

bool is_file(const std::string& path) {
    return !path.empty() && path != pipe_name;
}

/// Would --no-clobber keep it from being written?
bool is_in_the_way(const std::string& path) {
    const std::optional<FileStatus> status =
        is_file(path) ? file_system().link_status(path) : std::nullopt;
    return status && (status->is_regular() || status->is_link());
}

}  // namespace

RenderNames::RenderNames(const BatchRequest& request, const OutputTemplates& templates,
                         const std::vector<std::string>& inputs, bool is_many)
    : request_(&request), templates_(&templates), is_many_(is_many) {
    for (const std::string& input : inputs) {
        registry_.reads(input);
    }
    const auto plan = [this](const char* flag, const std::string& path) {
        if (!path.empty()) {
            registry_.plan({flag, path});
            fixed_.push_back(path);
        }
    };
    if (takes_stdout(request) || request.show) {
        registry_.plan({"", std::string(pipe_name)});
    }
    plan("--manifest", request.manifest);
    if (!request.manifest.empty()) {
        if (const std::string part = Manifest::part_of(request.manifest); !part.empty()) {
            registry_.plan({"--manifest", part});
        }
    }
    plan("--depfile", request.depfile);
    if (is_file(request.page)) {
        plan("--page", request.page);
    }
    if (request.container != Container::files && is_file(request.output) &&
        !templates.output->has_shards()) {
        plan("-o", request.output);
    }
}

std::vector<OutputRegistry::Output> RenderNames::outputs_of(const RenderJob& job,
                                                            const std::string& path,
                                                            const std::string& plot) {
    std::vector<Output> outputs;
    const auto add = [&](const OutputTemplate& output, const std::string& file) {
        outputs.push_back({output.flag(), file, is_many_ ? job.place : "",
                           is_many_ ? output.text() : "", "",
                           output.is_unique_by_index() || output.has_shards()});
    };
    if (is_file(path) && request_->container == Container::files) {
        add(*templates_->output, path);
        outputs.back().own_input = job.wav;
    } else if (is_file(path) && templates_->output->has_shards() && path != container_) {
        add(*templates_->output, path);
        container_ = path;
    }
    if (is_file(plot)) {
        add(*templates_->plot, plot);
    }
    // Names of two flags may meet, though each differs from all others of its own.
    for (Output& output : outputs) {
        output.is_distinct = output.is_distinct && outputs.size() == 1;
    }
    return outputs;
}

void RenderNames::check_indexes(const OutputName& name, const std::string& path,
                                const std::string& plot, const std::string& place) {
    const auto check_index = [&](const std::optional<OutputTemplate>& output,
                                 const std::string& file, RisingIndexes& indexes) {
        if (output && is_file(file) && output->is_unique_by_index()) {
            indexes.use(name.index, place);
        }
    };
    check_index(templates_->output, path, output_indexes_);
    check_index(templates_->plot, plot, plot_indexes_);
}

/// Can all that has one name be written? Rather told before minutes of rendering than after.
void RenderNames::check_fixed() const {
    std::vector<std::string> problems;
    for (const std::string& path : fixed_) {
        const bool is_resumed = request_->resume && path == request_->manifest;
        const bool is_kept = request_->no_clobber && !is_resumed;
        std::string problem = target_problem(path, is_kept ? Overwrite::no : Overwrite::yes);
        if (!problem.empty()) {
            problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty()) {
        throw Error(Status::failed, problems);
    }
}

void RenderNames::check(const std::vector<RenderJob>& jobs) const {
    RenderNames ahead(*this);
    std::vector<std::string> found;
    for (const RenderJob& job : jobs) {
        const OutputName name =
            job.patch ? output_name(*job.patch, job.position, request_->shard_size, job.stem)
                      : output_name(job.sound->path, job.position);
        const std::string path = templates_->output ? templates_->output->path(name) : "";
        const std::string plot = templates_->plot ? templates_->plot->path(name) : "";
        ahead.check_indexes(name, path, plot, job.place);
        for (const Output& output : ahead.outputs_of(job, path, plot)) {
            ahead.registry_.plan(output);
            if (is_in_the_way(output.path)) {
                found.push_back(output.path);
            }
        }
    }
    ahead.registry_.check();
    check_fixed();
    if (request_->no_clobber && !found.empty()) {
        for (std::string& path : found) {
            path += ": exists; leave out --no-clobber to replace it";
        }
        throw Error(Status::failed, found);
    }
}

std::string RenderNames::use(const RenderedSound& sound) {
    check_indexes(sound.name, sound.path, sound.plot, sound.job.place);
    const std::size_t replaced = registry_.replaced().size();
    for (const Output& output : outputs_of(sound.job, sound.path, sound.plot)) {
        if (const std::string problem = registry_.writes(output); !problem.empty()) {
            throw Error(Status::invalid, problem);
        }
    }
    return registry_.replaced().size() > replaced
               ? registry_.replaced().back() + " is rendered again onto itself"
               : "";
}

}  // namespace drumgen
