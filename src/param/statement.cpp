#include "param/statement.h"

#include "base/error.h"
#include "base/text.h"
#include "param/note.h"
#include "param/patch_keys.h"
#include "param/state.h"

namespace drumgen {

Statement statement_of(std::string_view assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == 0 || equals == assignment.npos) {
        throw Error(Status::invalid,
                    fmt::format("--set {} is not KEY=VALUE, such as \"--set seed=7\"",
                                in_quotes(assignment)));
    }
    Statement statement;
    statement.text = assignment.substr(equals + 1);
    std::string_view key = assignment.substr(0, equals);
    const std::string settings = std::string(patch_keys::render) + ".";
    if (key == patch_keys::seed) {
        statement.target = Statement::Target::seed;
    } else if (key.starts_with(settings)) {
        statement.target = Statement::Target::setting;
        key.remove_prefix(settings.size());
    }
    statement.key = key;
    return statement;
}

void state_all(Patch& patch, const std::vector<Statement>& statements, Stating& stating) {
    for (const auto& [target, key, text] : statements) {
        switch (target) {
            case Statement::Target::parameter:
                state_text(patch, key, text, stating);
                break;
            case Statement::Target::setting:
                state_render_text(patch, key, text, stating);
                break;
            case Statement::Target::seed:
                state_seed_text(patch, text, stating);
                break;
            case Statement::Target::pitch:
                state_note_text(patch, text, stating);
                break;
        }
    }
}

}  // namespace drumgen
