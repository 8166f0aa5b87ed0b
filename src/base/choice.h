#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {

/// A word that an option takes or a file tells, and what it stands for.
template <class Value>
struct Choice {
    std::string_view word;
    Value value;
};

template <class Value>
Choice(std::string_view, Value) -> Choice<Value>;

/// What a word stands for. Throws Error (invalid) that begins with `place` and lists the words.
///   choices   a range of Choice
template <class Choices>
[[nodiscard]] auto chosen(std::string_view place, std::string_view word, const Choices& choices) {
    std::vector<std::string_view> words;
    for (const auto& choice : choices) {
        if (choice.word == word) {
            return choice.value;
        }
        words.push_back(choice.word);
    }
    // Nearly every short word is near to another.
    const std::string meant = word.size() < 3 ? "" : did_you_mean(word, words);
    throw Error(Status::invalid,
                formatted("{} {} is not {}{}", place, in_quotes(word), listed_or(words), meant));
}

/// The word that stands for a value of the choices.
template <class Choices, class Value>
[[nodiscard]] std::string_view word_of(const Choices& choices, Value value) {
    for (const auto& choice : choices) {
        if (choice.value == value) {
            return choice.word;
        }
    }
    return {};
}

}  // namespace drumgen
