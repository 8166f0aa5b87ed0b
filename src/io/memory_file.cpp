#include "io/memory_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

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

sf_count_t write_to(const void* /*source*/, sf_count_t /*count*/, void* /*user*/) {
    return 0;
}

sf_count_t position_in(void* user) {
    return memory_of(user).at;
}

}  // namespace

Sndfile open_memory(MemoryFile& memory, SF_INFO& info) {
    static SF_VIRTUAL_IO calls{size_of, seek_in, read_from, write_to, position_in};
    return Sndfile(sndfile_library().open_virtual(&calls, SFM_READ, &info, &memory));
}

}  // namespace drumgen
