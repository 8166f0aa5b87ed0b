#include "export/kit_targets.h"

#include <optional>
#include <utility>

#include "base/text.h"
#include "batch/batch_request.h"
#include "batch/output_template.h"
#include "drumgen/error.h"
#include "system/output_registry.h"
#include "system/path.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "export-kit: " + problem);
}

const KitFormat& format_named(std::string_view name) {
    return find_kit_format("export-kit: --format", name);
}

/// The format that a name's ending tells; null when it tells none.
const KitFormat* format_of_name(const std::string& path) {
    for (const KitFormat* format : kit_formats()) {
        if (format->shape != KitShape::folder && path.ends_with(format->extension)) {
            return format;
        }
    }
    return ends_with_slash(path) ? &format_named("dir") : nullptr;
}

/// Where each format goes: what -o names, with the ending of each when there are several.
///   path   of this kit
std::vector<KitTarget> targets_of(const KitRequest& request, const std::string& path) {
    KitTarget target;
    target.path = path;
    target.overwrite = request.no_clobber ? Overwrite::no : Overwrite::yes;
    target.is_hashed = request.json;
    const KitFormat* const told = format_of_name(path);
    if (request.formats.empty()) {
        if (told == nullptr && path != pipe_name) {
            refuse(
                formatted("-o {} does not tell a format by its ending; add --format, one or "
                          "more of {}",
                          in_quotes(path), listed(kit_format_names())));
        }
        target.format = told != nullptr ? told : kit_formats().front();
        return {target};
    }
    if (request.formats.size() == 1) {
        target.format = &format_named(request.formats.front());
        if (target.format->shape == KitShape::folder && target.path == pipe_name) {
            refuse(
                formatted("--format {} is a folder, which can't go through a pipe; give -o a "
                          "name",
                          target.format->name));
        }
        return {target};
    }
    if (path == pipe_name) {
        refuse("several formats can't go through one pipe; give -o a name");
    }
    std::string base = path;
    if (told != nullptr && told->shape != KitShape::folder) {
        base.resize(base.size() - told->extension.size());
    }
    while (base.size() > 1 && ends_with_slash(base)) {
        base.pop_back();
    }
    std::vector<KitTarget> targets;
    for (const std::string& name : request.formats) {
        target.format = &format_named(name);
        target.path = base + std::string(target.format->extension);
        targets.push_back(target);
    }
    return targets;
}

}  // namespace

std::vector<Export> planned(const KitRequest& request, const std::vector<Kit>& kits) {
    std::optional<OutputTemplate> names;
    const bool is_written = !request.list && !request.output.empty();
    if (is_written && request.output != pipe_name) {
        names.emplace("-o", request.output);
    }
    if (is_written && kits.size() > 1 && !(names && names->varies())) {
        refuse(
            formatted("-o {} is the name of one kit, and {} are given; add {{index}} or "
                      "{{name}} to it",
                      in_quotes(request.output), kits.size()));
    }
    std::vector<Export> exports;
    for (const Kit& kit : kits) {
        Export& one = exports.emplace_back();
        one.plan = plan_kit(kit, request.format, request.keys);
        one.plan.is_described = request.describe;
        if (!is_written) {
            continue;
        }
        OutputName name;
        name.instrument = "kit";
        name.name = kit.name;
        name.index = kit.index.value_or(exports.size());
        one.targets = targets_of(request, names ? names->path(name) : request.output);
    }
    return exports;
}

KitOutputs check_outputs(const KitRequest& request, const GivenKits& given,
                         const std::vector<Export>& exports) {
    OutputRegistry registry;
    for (const std::string& file : given.files) {
        registry.reads(file);
    }
    if (request.json || request.output == pipe_name) {
        registry.plan({"", std::string(pipe_name)});
    }
    KitOutputs outputs;
    const std::string given_folder = path_below(given.path, "");
    for (const Export& one : exports) {
        for (const KitTarget& target : one.targets) {
            // A kit may be written again onto itself: it was read whole, and holds the same slots.
            const bool is_itself = given_folder == path_below(target.path, "");
            for (const std::string& path : output_paths(one.plan, target)) {
                OutputRegistry::Output output{"-o", path};
                output.own_input = is_itself ? path : given.path;
                registry.plan(output);
                outputs.paths.push_back(path);
            }
        }
    }
    std::vector<std::string> paths = outputs.paths;
    if (!request.beat.empty()) {
        registry.plan({"--beat", request.beat});
        paths.push_back(request.beat);
    }
    if (!request.depfile.empty()) {
        registry.plan({"--depfile", request.depfile});
        paths.push_back(request.depfile);
    }
    registry.check();
    std::vector<std::string> problems;
    for (const std::string& path : paths) {
        std::string problem =
            target_problem(path, request.no_clobber ? Overwrite::no : Overwrite::yes);
        if (!problem.empty()) {
            problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty()) {
        throw Error(Status::failed, problems);
    }
    outputs.is_input_replaced = !registry.replaced().empty();
    return outputs;
}

}  // namespace drumgen
