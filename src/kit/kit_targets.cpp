#include "cli/kit_exports.h"

#include <optional>
#include <utility>

#include "base/error.h"
#include "batch/batch_request.h"
#include "batch/output_template.h"
#include "cli/messages.h"
#include "io/depfile.h"
#include "io/output_registry.h"
#include "param/state.h"
#include "param/wording.h"

namespace drumgen {
namespace {

[[noreturn]] void refuse(const std::string& problem) {
    throw Error(Status::invalid, "export-kit: " + problem);
}

/// "zip, dir, hydrogen, ..."
std::string format_names() {
    std::string names;
    for (const KitFormat* format : kit_formats()) {
        names += (names.empty() ? "" : ", ") + std::string(format->name);
    }
    return names;
}

const KitFormat& format_named(const std::string& name) {
    std::vector<std::string_view> names;
    for (const KitFormat* format : kit_formats()) {
        if (format->name == name) {
            return *format;
        }
        names.push_back(format->name);
    }
    const std::string_view known = nearest(name, names);
    refuse("--format " + in_quotes(name) + " is unknown" +
           (known.empty() ? "; known are " + format_names()
                          : ", did you mean " + in_quotes(known) + "?"));
}

/// The format that a name's ending tells; null when it tells none.
const KitFormat* format_of_name(const std::string& path) {
    for (const KitFormat* format : kit_formats()) {
        if (format->shape != KitShape::folder && path.ends_with(format->extension)) {
            return format;
        }
    }
    return path.ends_with("/") ? &format_named("dir") : nullptr;
}

/// Where each format goes: what -o names, with the ending of each when there are several.
///   path   of this kit
std::vector<KitTarget> targets_of(const ExportOptions& options, const std::string& path) {
    KitTarget target;
    target.path = path;
    target.overwrite = options.no_clobber ? Overwrite::no : Overwrite::yes;
    target.is_hashed = options.json;
    const KitFormat* const told = format_of_name(path);
    if (options.formats.empty()) {
        if (told == nullptr && path != pipe_name) {
            refuse("-o " + in_quotes(path) +
                   " does not tell a format by its ending; add --format, one or more of " +
                   format_names());
        }
        target.format = told != nullptr ? told : kit_formats().front();
        return {target};
    }
    if (options.formats.size() == 1) {
        target.format = &format_named(options.formats.front());
        if (target.format->shape == KitShape::folder && target.path == pipe_name) {
            refuse("--format " + std::string(target.format->name) +
                   " is a folder, which can't go through a pipe; give -o a name");
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
    while (base.size() > 1 && base.ends_with("/")) {
        base.pop_back();
    }
    std::vector<KitTarget> targets;
    for (const std::string& name : options.formats) {
        target.format = &format_named(name);
        target.path = base + std::string(target.format->extension);
        targets.push_back(target);
    }
    return targets;
}

}  // namespace

std::vector<Export> planned(const ExportOptions& options, const std::vector<Kit>& kits) {
    std::optional<OutputTemplate> names;
    if (!options.list && options.output != pipe_name) {
        names.emplace("-o", options.output);
    }
    if (!options.list && kits.size() > 1 && !(names && names->varies())) {
        refuse("-o " + in_quotes(options.output) + " is the name of one kit, and " +
               std::to_string(kits.size()) + " are given; add {index} or {name} to it");
    }
    std::vector<Export> exports;
    for (const Kit& kit : kits) {
        Export& one = exports.emplace_back();
        one.plan = plan_kit(kit, options.format);
        one.plan.is_described = options.describe;
        if (options.list) {
            continue;
        }
        OutputName name;
        name.instrument = "kit";
        name.name = kit.name;
        name.index = kit.index.value_or(exports.size());
        one.targets = targets_of(options, names ? names->path(name) : options.output);
    }
    return exports;
}

std::vector<std::string> check_outputs(const ExportOptions& options, const GivenKits& given,
                                       const std::vector<Export>& exports) {
    OutputRegistry registry;
    for (const std::string& file : given.files) {
        registry.reads(file);
    }
    if (options.json || options.output == pipe_name) {
        registry.plan({"", std::string(pipe_name)});
    }
    std::vector<std::string> paths;
    const std::string given_folder = path_below(given.path, "");
    for (const Export& one : exports) {
        for (const KitTarget& target : one.targets) {
            // A kit may be written again onto itself: it was read whole, and holds the same slots.
            const bool is_itself = given_folder == path_below(target.path, "");
            for (const std::string& path : output_paths(one.plan, target)) {
                OutputRegistry::Output output{"-o", path};
                output.own_input = is_itself ? path : given.path;
                registry.plan(output);
                paths.push_back(path);
            }
        }
    }
    const std::size_t outputs = paths.size();
    if (!options.depfile.empty()) {
        registry.plan({"--depfile", options.depfile});
        paths.push_back(options.depfile);
    }
    registry.check();
    std::vector<std::string> problems;
    for (const std::string& path : paths) {
        std::string problem =
            target_problem(path, options.no_clobber ? Overwrite::no : Overwrite::yes);
        if (!problem.empty()) {
            problems.push_back(std::move(problem));
        }
    }
    if (!problems.empty()) {
        throw Error(Status::failed, problems);
    }
    if (!registry.replaced().empty() && !options.quiet) {
        tell(given.path + " is written again onto itself");
    }
    paths.resize(outputs);
    return paths;
}

void write_depfile(const ExportOptions& options, const GivenKits& given,
                   const std::vector<std::string>& outputs) {
    std::vector<std::string> inputs = given.files;
    std::erase(inputs, pipe_name);
    const std::string rule = depfile_text(outputs, inputs);
    write_file(options.depfile, {reinterpret_cast<const std::uint8_t*>(rule.data()), rule.size()},
               options.no_clobber ? Overwrite::no : Overwrite::yes);
}

}  // namespace drumgen
