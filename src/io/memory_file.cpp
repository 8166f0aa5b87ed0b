#include "io/memory_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "io/wav.h"

namespace drumgen {
namespace {

MemoryFile& memory_of(void* user) {
    return *static_cast<MemoryFile*>(user);
}

sf_count_t size_of(void* user) {
    return static_cast<sf_count_t>(memory_of(user).bytes.size());
}

sf_count_t seek_in(sf_count_t offset, int whence, void* user) {
    MemoryFile& memory = memory_of(user);
    const sf_count_t base = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? memory.at : size_of(user);
    memory.at = std::max<sf_count_t>(base + offset, 0);
    return memory.at;
}

sf_count_t read_from(void* target, sf_count_t count, void* user) {
    MemoryFile& memory = memory_of(user);
    const sf_count_t taken = std::clamp<sf_count_t>(size_of(user) - memory.at, 0, count);
    if (taken > 0) {
        std::memcpy(target, memory.bytes.data() + memory.at, static_cast<std::size_t>(taken));
    }
    memory.at += taken;
    return taken;
}

sf_count_t write_to(const void* source, sf_count_t count, void* user) {
    MemoryFile& memory = memory_of(user);
    const auto at = static_cast<std::size_t>(memory.at);
    const auto* from = static_cast<const std::uint8_t*>(source);
    memory.bytes.resize(std::max(memory.bytes.size(), at));
    const std::size_t over = std::min(memory.bytes.size() - at, static_cast<std::size_t>(count));
    std::copy_n(from, over, memory.bytes.data() + at);
    memory.bytes.insert(memory.bytes.end(), from + over, from + count);
    memory.at += count;
    return count;
}

sf_count_t position_in(void* user) {
    return memory_of(user).at;
}

}  // namespace

Sndfile open_memory(MemoryFile& memory, int mode, SF_INFO& info) {
    static SF_VIRTUAL_IO calls{size_of, seek_in, read_from, write_to, position_in};
    return Sndfile(sf_open_virtual(&calls, mode, &info, &memory));
}

std::string patch_chunk(SNDFILE* file) {
    SF_CHUNK_INFO info{};
    std::copy_n(patch_chunk_id, sizeof patch_chunk_id, info.id);
    info.id_size = sizeof patch_chunk_id - 1;
    const SF_CHUNK_ITERATOR* found = sf_get_chunk_iterator(file, &info);
    if (found == nullptr || sf_get_chunk_size(found, &info) != SF_ERR_NO_ERROR ||
        info.datalen > max_wav_patch_bytes) {
        return "";
    }
    std::string text(info.datalen, '\0');
    info.data = text.data();
    if (sf_get_chunk_data(found, &info) != SF_ERR_NO_ERROR) {
        return "";
    }
    text.resize(text.find_last_not_of(std::string_view(" \0", 2)) + 1);
    return text;
}

}  // namespace drumgen
