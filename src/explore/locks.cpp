#include "explore/locks.h"

#include "base/text.h"
#include "drumgen/error.h"
#include "param/state.h"

namespace drumgen {

std::vector<std::string> locked_keys(const std::vector<std::string>& locks) {
    std::vector<std::string> keys;
    for (const std::string& lock : locks) {
        keys.push_back(lock.substr(0, lock.find('=')));
    }
    return keys;
}

Patch locked_base(const Instrument& instrument, const std::optional<Patch>& like,
                  const std::vector<std::string>& locks) {
    Patch base = like.value_or(empty_patch(instrument));
    base.name.clear();
    base.index.reset();
    Stating stating;
    for (const std::string& lock : locks) {
        if (lock.find('=') != lock.npos) {
            state_all(base, {statement_of(lock)}, stating);
        } else if (!like) {
            stating.problems.push_back(
                formatted("--lock {} has no value; write {}, or name a patch by --like",
                          in_quotes(lock), in_quotes(lock + "=VALUE")));
        }
    }
    if (!stating.problems.empty()) {
        throw Error(Status::invalid, stating.problems);
    }
    return base;
}

}  // namespace drumgen
