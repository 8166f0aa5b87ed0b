#include "sound_file/memory_file.h"

#include <algorithm>
#include <cstdio>
#include <cstring>

#include "sound_file/refuse_file.h"

namespace drumgen {
namespace {

/// The functions that libsndfile calls on a MemoryFile or a MemorySink.
template <class Memory>
struct Calls {
    static Memory& memory_of(void* user) { return *static_cast<Memory*>(user); }

    static sf_count_t size(void* user) {
        return static_cast<sf_count_t>(memory_of(user).bytes.size());
    }

    static sf_count_t seek(sf_count_t offset, int whence, void* user) {
        Memory& memory = memory_of(user);
        const sf_count_t base = whence == SEEK_SET   ? 0
                                : whence == SEEK_CUR ? memory.at
                                                     : size(user);
        memory.at = std::max<sf_count_t>(base + offset, 0);
        return memory.at;
    }

    static sf_count_t read(void* target, sf_count_t count, void* user) {
        Memory& memory = memory_of(user);
        const sf_count_t taken = std::clamp<sf_count_t>(size(user) - memory.at, 0, count);
        if (taken > 0) {
            std::memcpy(target, memory.bytes.data() + memory.at, static_cast<std::size_t>(taken));
        }
        memory.at += taken;
        return taken;
    }

    static sf_count_t position(void* user) { return memory_of(user).at; }
};

sf_count_t write_nothing(const void* /*source*/, sf_count_t /*count*/, void* /*user*/) {
    return 0;
}

sf_count_t write_to(const void* source, sf_count_t count, void* user) {
    MemorySink& sink = *static_cast<MemorySink*>(user);
    const auto end = static_cast<std::size_t>(sink.at + count);
    if (sink.bytes.size() < end) {
        sink.bytes.resize(end);
    }
    if (count > 0) {
        std::memcpy(sink.bytes.data() + sink.at, source, static_cast<std::size_t>(count));
    }
    sink.at += count;
    return count;
}

template <class Memory>
Sndfile open(Memory& memory, SF_INFO& info, int mode, sf_vio_write write) {
    using Of = Calls<Memory>;
    SF_VIRTUAL_IO calls{Of::size, Of::seek, Of::read, write, Of::position};
    return Sndfile(sndfile_library().open_virtual(&calls, mode, &info, &memory));
}

}  // namespace

Sndfile open_memory(MemoryFile& memory, SF_INFO& info) {
    return open(memory, info, SFM_READ, write_nothing);
}

Sndfile open_memory(MemoryFile& memory, SF_INFO& info, std::string_view refusal,
                    std::string_view place, std::string_view remedy) {
    Sndfile file = open_memory(memory, info);
    if (!file) {
        std::string_view reason = sndfile_library().strerror(nullptr);
        while (reason.ends_with('.')) {
            reason.remove_suffix(1);
        }
        refuse_file(place, "{}: {}{}", refusal, reason, remedy);
    }
    return file;
}

Sndfile create_in_memory(MemorySink& sink, SF_INFO& info) {
    return open(sink, info, SFM_WRITE, write_to);
}

}  // namespace drumgen
