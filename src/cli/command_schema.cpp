#include <memory>

#include "base/text.h"
#include "cli/command.h"
#include "cli/manual.h"
#include "cli/option.h"
#include "input/patch_arguments.h"
#include "param/json_schema.h"
#include "param/reference.h"
#include "system/file.h"

namespace drumgen::schema_command {
namespace {

constexpr std::string_view patch_kind = "patch";
constexpr std::string_view kit_kind = "kit";

struct Typed {
    std::string kind{patch_kind};
    std::string format = "json";
};

[[noreturn]] void refuse_kind(const std::string& kind) {
    std::vector<std::string_view> kinds{patch_kind, kit_kind, "drumgen"};
    const std::vector<std::string_view> names = instrument_names();
    kinds.insert(kinds.end(), names.begin(), names.end());
    throw Error(Status::invalid,
                formatted("schema: {} is unknown{}", in_quotes(kind),
                          did_you_mean(kind, kinds, "; known are " + listed(kinds))));
}

[[noreturn]] void refuse_format(const Typed& typed, const std::string& known) {
    throw Error(Status::invalid, formatted("schema: --format {} is unknown for {}; known are {}",
                                           in_quotes(typed.format), in_quotes(typed.kind), known));
}

std::string text_of(const Instrument& instrument, const Typed& typed) {
    if (typed.format == "json") {
        return instrument_schema(instrument);
    }
    if (typed.format == "text") {
        return reference_text(instrument);
    }
    if (typed.format == "md") {
        return reference_markdown(instrument);
    }
    if (typed.format == "man") {
        return reference_man(instrument);
    }
    refuse_format(typed, "json, text, md and man");
}

Status act(const Typed& typed) {
    if (typed.kind == patch_kind || typed.kind == kit_kind) {
        if (typed.format != "json") {
            refuse_format(typed, "json; name an instrument for its tables");
        }
        write_stdout(typed.kind == kit_kind ? kit_schema() : patch_schema());
    } else if (const std::string page = manual(typed.kind); !page.empty()) {
        if (typed.format != "man") {
            refuse_format(typed, "man");
        }
        write_stdout(page);
    } else if (const Instrument* instrument = instrument_named(typed.kind)) {
        write_stdout(text_of(*instrument, typed));
    } else {
        refuse_kind(typed.kind);
    }
    return Status::done;
}

Command::Action define(CLI::App& app, const Words&) {
    const auto typed = std::make_shared<Typed>();
    add_operand(app, "KIND", typed->kind,
                "Instrument, patch (the default) or kit; drumgen or a command for its manual");
    add_text(app, "--format", typed->format, "FORMAT",
             "json for JSON Schema (draft-07, the default), text, md for Markdown, or man for "
             "scdoc");
    return [typed] { return act(*typed); };
}

const Command command{"schema", "print parameters, or the JSON Schema of a patch or kit",
                      "Prints what drumgen accepts, from the tables that it checks its input with.",
                      R"(drumgen schema kick --format text
drumgen schema patch > patch.schema.json)",
                      define};

}  // namespace
}  // namespace drumgen::schema_command
