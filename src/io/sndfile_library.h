#pragma once

#include <sndfile.h>

namespace drumgen {

/// The functions of libsndfile that reading and writing a sound take, loaded when they are first asked for:
/// the library and its seven codec libraries cost a process 3.7 ms, as much as rendering a sound.
struct SndfileLibrary {
    decltype(&sf_version_string) version_string = nullptr;
    decltype(&sf_strerror) strerror = nullptr;
    decltype(&sf_open_virtual) open_virtual = nullptr;
    decltype(&sf_close) close = nullptr;
    decltype(&sf_read_float) read_float = nullptr;
    decltype(&sf_readf_float) readf_float = nullptr;
    decltype(&sf_read_int) read_int = nullptr;
    decltype(&sf_write_float) write_float = nullptr;
    decltype(&sf_write_int) write_int = nullptr;
    decltype(&sf_format_check) format_check = nullptr;
    decltype(&sf_command) command = nullptr;
    decltype(&sf_set_string) set_string = nullptr;
    decltype(&sf_get_string) get_string = nullptr;
    decltype(&sf_set_chunk) set_chunk = nullptr;
    decltype(&sf_get_chunk_iterator) get_chunk_iterator = nullptr;
    decltype(&sf_get_chunk_size) get_chunk_size = nullptr;
    decltype(&sf_get_chunk_data) get_chunk_data = nullptr;
};

/// Throws Error (failed) when the library is missing, each time it is asked for.
[[nodiscard]] const SndfileLibrary& sndfile_library();

}  // namespace drumgen
