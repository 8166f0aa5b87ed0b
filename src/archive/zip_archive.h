#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "archive/kit_file.h"

namespace drumgen {

/// Makes a ZIP archive of those files in their order. The same files give the same bytes: not
/// compressed, since that saves 6 % of a WAV and its bytes depend on zlib's build; dated
/// 1980-01-01, the first day that a ZIP can name; mode 0644.
///   take   called with its bytes from start to end, a stretch each time
/// Throws Error (failed), and what `take` throws.
void make_zip(std::span<const KitFile> files,
              const std::function<void(std::span<const std::uint8_t>)>& take);

/// Takes bytes that stand at an offset, in bytes from the start.
using PutAt = std::function<void(std::span<const std::uint8_t>, std::uint64_t)>;

/// The same straight to where it is to be: memory holds no archive.
///   put       called with stretches in any order, some twice
///   returns   bytes of the archive
/// Throws Error (failed), and what `put` throws.
std::uint64_t make_zip_at(std::span<const KitFile> files, const PutAt& put);

/// Loads the library in a thread of its own, so that it is there when it is needed.
[[nodiscard]] std::jthread prepare_zip();

/// The version of libzip; "missing" without it.
[[nodiscard]] std::string zip_version();

/// Does a file begin as a ZIP archive does?
[[nodiscard]] bool is_zip(std::span<const std::uint8_t> bytes);

/// A ZIP archive of anybody's, read from memory; nothing of it ever becomes a path on disk.
class ZipReader {
public:
    /// place   names it in messages
    /// Throws Error (invalid) when it is torn, holds an entry that is encrypted or names a path
    /// outside, or too many entries.
    ZipReader(std::vector<std::uint8_t> bytes, std::string place);
    ~ZipReader();
    ZipReader(const ZipReader&) = delete;
    ZipReader& operator=(const ZipReader&) = delete;

    /// What messages call it.
    [[nodiscard]] const std::string& place() const noexcept { return place_; }

    /// Paths of the files in it, in its order.
    [[nodiscard]] const std::vector<std::string>& paths() const noexcept { return paths_; }

    /// The content of the file of that path, at most `limit` bytes, whatever the archive claims.
    /// Throws Error (invalid).
    [[nodiscard]] std::vector<std::uint8_t> read(std::string_view path, std::size_t limit) const;

private:
    struct Archive;

    std::vector<std::uint8_t> bytes_;
    std::string place_;
    std::unique_ptr<Archive> archive_;
    std::vector<std::string> paths_;
};

}  // namespace drumgen
