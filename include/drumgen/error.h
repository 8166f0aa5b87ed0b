#pragma once

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace drumgen {

/// Exit status of the process, and what an Error asks for.
enum class Status {
    done = 0,
    failed = 1,     ///< the work failed: input or output
    invalid = 2,    ///< usage or invalid input
    different = 3,  ///< a comparison failed
};

/// The one exception type of drumgen, caught once in main. Each problem is one line that names
/// the place, the value, the limit and the remedy; all problems of an input are reported at once.
/// Thrown by cli/, param/, io/ and the lookup of an instrument, never by DSP.
class Error : public std::runtime_error {
public:
    ///   conclusion   what came of it all, such as what is written nevertheless
    Error(Status status, std::vector<std::string> problems, std::string conclusion = "")
        : std::runtime_error(joined(problems)),
          status_(status),
          problems_(std::move(problems)),
          conclusion_(std::move(conclusion)) {}
    Error(Status status, std::string problem)
        : Error(status, std::vector<std::string>{std::move(problem)}) {}

    [[nodiscard]] Status status() const noexcept { return status_; }
    [[nodiscard]] const std::vector<std::string>& problems() const noexcept { return problems_; }
    [[nodiscard]] const std::string& conclusion() const noexcept { return conclusion_; }

private:
    static std::string joined(const std::vector<std::string>& problems) {
        std::string text;
        for (const auto& problem : problems) {
            text += text.empty() ? problem : "\n" + problem;
        }
        return text;
    }

    Status status_;
    std::vector<std::string> problems_;
    std::string conclusion_;
};

}  // namespace drumgen
