#include "archive/tar.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.h"
#include "drumgen/error.h"

namespace drumgen {
namespace {

constexpr std::size_t max_name_bytes = 100;
constexpr std::size_t max_folder_bytes = 155;
constexpr std::uint64_t max_content_bytes = std::uint64_t{1} << 33;

/// A header of POSIX.1-1988 ustar; each field has a fixed place.
class Header {
public:
    void put(std::size_t at, std::string_view text) {
        for (std::size_t i = 0; i < text.size(); ++i) {
            bytes_[at + i] = static_cast<std::uint8_t>(text[i]);
        }
    }

    /// Octal digits that fill a field but for the zero byte behind them.
    void put_octal(std::size_t at, std::size_t digits, std::uint64_t number) {
        for (std::size_t i = digits; i-- > 0; number /= 8) {
            bytes_[at + i] = static_cast<std::uint8_t>('0' + number % 8);
        }
    }

    /// The sum of all bytes, with spaces where it will stand.
    void put_checksum() {
        constexpr std::size_t at = 148;
        put(at, "        ");
        std::uint64_t sum = 0;
        for (const std::uint8_t byte : bytes_) {
            sum += byte;
        }
        put_octal(at, 6, sum);
        bytes_[at + 6] = 0;
    }

    [[nodiscard]] const std::array<std::uint8_t, tar_block_bytes>& bytes() const { return bytes_; }

private:
    std::array<std::uint8_t, tar_block_bytes> bytes_{};
};

}  // namespace

std::size_t append_tar_entry(std::vector<std::uint8_t>& archive, std::string_view name,
                             std::span<const std::uint8_t> content) {
    // A longer path has its folders in a field of their own.
    std::string_view folders;
    if (name.size() > max_name_bytes) {
        const std::size_t slash = name.find('/', name.size() - max_name_bytes - 1);
        folders = name.substr(0, std::min(slash, name.size()));
        name.remove_prefix(std::min(folders.size() + 1, name.size()));
    }
    if (name.empty() || folders.size() > max_folder_bytes || content.size() >= max_content_bytes) {
        throw Error(Status::failed,
                    formatted("a TAR archive can't hold \"{}\" of {} bytes", name, content.size()));
    }
    Header header;
    header.put(0, name);
    header.put_octal(100, 7, 0644);
    header.put_octal(108, 7, 0);  // owner
    header.put_octal(116, 7, 0);  // group
    header.put_octal(124, 11, content.size());
    header.put_octal(136, 11, 0);  // date
    header.put(156, "0");          // a regular file
    header.put(257, std::string_view("ustar\00000", 8));
    header.put(345, folders);
    header.put_checksum();
    archive.insert(archive.end(), header.bytes().begin(), header.bytes().end());
    archive.insert(archive.end(), content.begin(), content.end());
    archive.resize((archive.size() + tar_block_bytes - 1) / tar_block_bytes * tar_block_bytes);
    return tar_block_bytes;
}

std::span<const std::uint8_t> tar_end() {
    static constexpr std::array<std::uint8_t, 2 * tar_block_bytes> zeros{};
    return zeros;
}

}  // namespace drumgen
