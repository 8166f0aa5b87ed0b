#pragma once

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "drumgen/error.h"

namespace drumgen {

/// Lines in the order that they came, each once: many patches may share a problem of one flag.
class Lines {
public:
    void add(const std::vector<std::string>& more) {
        for (const std::string& line : more) {
            if (seen_.insert(line).second) {
                lines_.push_back(line);
            }
        }
    }
    [[nodiscard]] const std::vector<std::string>& all() const noexcept { return lines_; }

private:
    std::vector<std::string> lines_;
    std::set<std::string> seen_;
};

/// What is wrong with several things, so that all is told at once. What is invalid counts for more
/// than what can't be read.
class Problems {
public:
    void add(Status cause, const std::vector<std::string>& problems) {
        lines_.add(problems);
        status_ = problems.empty() ? status_ : std::max(status_, cause);
    }

    /// Does something, and keeps the problems of the Error that it throws.
    template <class Act>
    void guarded(const Act& act) {
        try {
            act();
        } catch (const Error& error) {
            add(error.status(), error.problems());
        }
    }

    [[nodiscard]] bool are_none() const noexcept { return lines_.all().empty(); }

    /// Throws Error with all of them, if there are any.
    void check() const {
        if (!are_none()) {
            throw Error(status_, lines_.all());
        }
    }

private:
    Status status_ = Status::failed;
    Lines lines_;
};

}  // namespace drumgen
