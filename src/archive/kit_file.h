#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace drumgen {

/// A file inside a kit: its own bytes, or those of a WAV that the kit's plan holds.
class KitFile {
public:
    /// path   with /, below the kit's folder
    KitFile(std::string path, std::vector<std::uint8_t> bytes)
        : path_(std::move(path)), own_(std::move(bytes)) {}
    KitFile(std::string path, std::string_view text)
        : KitFile(std::move(path), std::vector<std::uint8_t>(text.begin(), text.end())) {}

    /// Bytes that somebody else keeps as long as this lives.
    static KitFile of(std::string path, const std::vector<std::uint8_t>& bytes) {
        KitFile file(std::move(path), std::vector<std::uint8_t>());
        file.kept_ = &bytes;
        return file;
    }

    [[nodiscard]] const std::string& path() const noexcept { return path_; }
    [[nodiscard]] std::span<const std::uint8_t> bytes() const noexcept {
        return kept_ != nullptr ? *kept_ : own_;
    }

private:
    std::string path_;
    std::vector<std::uint8_t> own_;
    const std::vector<std::uint8_t>* kept_ = nullptr;
};

}  // namespace drumgen
