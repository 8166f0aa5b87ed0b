#include "batch/sound_container.h"

#include "archive/tar.h"
#include "system/file.h"

namespace drumgen {
namespace {

constexpr std::string_view pipe = "-";

}  // namespace

std::uint64_t SoundContainer::append(const std::string& path, std::span<const std::uint8_t> bytes) {
    if (is_open_ && path_ != path) {
        finish();
    }
    if (!is_open_) {
        if (path != pipe) {
            file_.emplace(path, overwrite_);
        }
        path_ = path;
        size_ = 0;
        is_open_ = true;
    }
    const std::uint64_t begin = size_;
    put(bytes);
    size_ += bytes.size();
    return begin;
}

void SoundContainer::finish() {
    if (!is_open_) {
        return;
    }
    is_open_ = false;
    if (is_tar_) {
        put(tar_end());
    }
    if (file_) {
        file_->close(Durable::yes);
        file_->commit();
        file_.reset();
    }
}

void SoundContainer::put(std::span<const std::uint8_t> bytes) {
    if (file_) {
        file_->write(bytes);
    } else {
        write_stdout(bytes);
    }
}

}  // namespace drumgen
