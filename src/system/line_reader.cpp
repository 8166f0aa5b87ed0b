#include "system/line_reader.h"

#include "base/text.h"
#include "drumgen/error.h"
#include "drumgen/patch_json.h"

namespace drumgen {

LineReader::LineReader(const std::string& path)
    : place_(input_place(path)), file_(open_to_read(path)) {}

bool LineReader::fill() {
    constexpr std::size_t chunk = 1 << 16;
    if (ended_) {
        return false;
    }
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::size_t filled = buffer_.size();
    buffer_.resize(filled + chunk);
    const std::size_t count =
        read_some(file_, {reinterpret_cast<std::uint8_t*>(buffer_.data()) + filled, chunk}, place_);
    buffer_.resize(filled + count);
    bytes_read_ += count;
    if (bytes_read_ > limit_.bytes) {
        throw Error(Status::invalid, formatted("{} is larger than the limit of {} MiB{}{}", place_,
                                               limit_.bytes >> 20,
                                               limit_.remedy.empty() ? "" : "; ", limit_.remedy));
    }
    ended_ = count == 0;
    return !ended_;
}

bool LineReader::next(NumberedLine& line) {
    while (true) {
        const std::string_view text = buffered();
        const std::size_t end = text.find('\n', scanned_);
        if (end == std::string_view::npos && text.size() <= max_patch_bytes && !ended_) {
            scanned_ = text.size();
            fill();
            continue;
        }
        if (text.empty()) {
            return false;
        }
        ++number_;
        if (number_ > limit_.lines) {
            throw Error(Status::invalid, formatted("{} has more lines than the limit of {}; {}",
                                                   place_, limit_.lines, limit_.remedy));
        }
        const std::string_view whole = text.substr(0, end);
        if (whole.size() > max_patch_bytes) {
            throw Error(Status::invalid,
                        formatted("{}:{}: has more than {} bytes, the most that a patch may have",
                                  place_, number_, max_patch_bytes));
        }
        const std::string_view kept = trimmed(whole);
        line.number = number_;
        line.text = kept;
        begin_ += whole.size() + (end == std::string_view::npos ? 0 : 1);
        scanned_ = 0;
        if (!kept.empty()) {
            return true;
        }
    }
}

bool LineReader::ready() {
    if (ended_ || buffered().find('\n', scanned_) != std::string_view::npos) {
        return true;
    }
    return file_system().wait_to_read(file_.number(), 0);
}

LineReader::Opening LineReader::peek() {
    while (true) {
        const std::string_view text = buffered();
        const std::size_t first = text.find_first_not_of(" \t\r\n");
        if (first != std::string_view::npos) {
            const std::size_t end = text.find('\n', first);
            const std::string_view line = text.substr(first, end - first);
            if (line.size() > max_patch_bytes) {
                return {};
            }
            if (end != std::string_view::npos &&
                text.find_first_not_of(" \t\r\n", end) != std::string_view::npos) {
                return {trimmed(line), true};
            }
            if (ended_) {
                return {trimmed(line), false};
            }
        } else if (ended_ || text.size() > max_patch_bytes) {
            return {};
        }
        fill();
    }
}

std::vector<std::uint8_t> LineReader::all(std::size_t limit) {
    allow({.bytes = limit});
    while (fill()) {}
    return {buffer_.begin(), buffer_.end()};
}

}  // namespace drumgen
