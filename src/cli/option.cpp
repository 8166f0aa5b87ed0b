#include "cli/option.h"

#include <CLI/CLI.hpp>

#include "system/file.h"

namespace drumgen {

void begin_group(CLI::App& app, const std::string& heading) {
    app.option_defaults()->group(heading);
}

void add_operand(CLI::App& app, const std::string& name, std::string& target,
                 const std::string& help) {
    app.add_option(name, target, help)->type_name("");
}

void add_operand(CLI::App& app, const std::string& name, std::vector<std::string>& targets,
                 const std::string& help) {
    app.add_option(name, targets, help)->type_name("");
}

void add_text(CLI::App& app, const std::string& names, std::string& target, const std::string& type,
              const std::string& help) {
    app.add_option(names, target, help)
        ->type_name(type)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void add_file(CLI::App& app, const std::string& names, std::string& target,
              const std::string& help) {
    add_text(app, names, target, "FILE", help);
    app.get_option(names)->check([](const std::string& name) {
        return std::string(name == pipe_name ? "- is not taken; name a file" : "");
    });
}

void add_texts(CLI::App& app, const std::string& names, std::vector<std::string>& targets,
               const std::string& type, const std::string& help) {
    app.add_option(names, targets, help)->type_name(type)->allow_extra_args(false);
}

void add_names(CLI::App& app, const std::string& names, std::vector<std::string>& targets,
               const std::string& help, const std::string& type) {
    app.add_option(names, targets, help)->type_name(type)->delimiter(',')->allow_extra_args(false);
}

std::vector<std::string> given_options(const CLI::App& app) {
    std::vector<std::string> given;
    for (const CLI::Option* option : app.get_options()) {
        if (option->count() > 0 && !option->get_positional()) {
            given.push_back(option->get_snames().empty() ? "--" + option->get_lnames().front()
                                                         : "-" + option->get_snames().front());
        }
    }
    return given;
}

void add_flag(CLI::App& app, const std::string& names, bool& target, const std::string& help) {
    app.add_flag(names, target, help);
}

}  // namespace drumgen
