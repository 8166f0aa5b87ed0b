#include "answer.h"

#include <exception>
#include <sstream>

#include "drumgen/error.h"
#include "drumgen/patch_json.h"

namespace drumgen {

Answer& answer() {
    static Answer last;
    return last;
}

int answered(const std::function<Answer()>& work) {
    answer() = {};
    try {
        answer() = work();
        return 0;
    } catch (const Error& error) {
        for (const std::string& problem : error.problems()) {
            answer().text += (answer().text.empty() ? "" : "\n") + problem;
        }
        return static_cast<int>(error.status());
    } catch (const std::exception& error) {
        answer().text = error.what();
        return static_cast<int>(Status::failed);
    }
}

Patch patch_of(const std::string& text) {
    PatchReading reading;
    reading.place = "patch";
    return patch_from_json(text, reading);
}

std::vector<NumberedLine> numbered_lines(const std::string& text) {
    std::vector<NumberedLine> lines;
    std::istringstream stream(text);
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        if (!line.empty()) {
            lines.push_back({number, line});
        }
    }
    return lines;
}

std::vector<std::string> words_in(const std::string& text) {
    std::istringstream stream(text);
    std::vector<std::string> words;
    for (std::string word; stream >> word;) {
        words.push_back(word);
    }
    return words;
}

}  // namespace drumgen
