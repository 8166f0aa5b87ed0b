#include "io/sndfile_library.h"

#include "io/shared_library.h"

namespace drumgen {
namespace {

SndfileLibrary load() {
    const SharedLibrary library("libsndfile.so.1",
                                "read or write this kind of sound file without libsndfile",
                                "libsndfile1");
    SndfileLibrary functions;
    library.find("sf_version_string", functions.version_string);
    library.find("sf_strerror", functions.strerror);
    library.find("sf_open_virtual", functions.open_virtual);
    library.find("sf_close", functions.close);
    library.find("sf_read_float", functions.read_float);
    library.find("sf_readf_float", functions.readf_float);
    library.find("sf_read_int", functions.read_int);
    library.find("sf_write_float", functions.write_float);
    library.find("sf_write_int", functions.write_int);
    library.find("sf_format_check", functions.format_check);
    library.find("sf_command", functions.command);
    library.find("sf_set_string", functions.set_string);
    library.find("sf_get_string", functions.get_string);
    library.find("sf_set_chunk", functions.set_chunk);
    library.find("sf_get_chunk_iterator", functions.get_chunk_iterator);
    library.find("sf_get_chunk_size", functions.get_chunk_size);
    library.find("sf_get_chunk_data", functions.get_chunk_data);
    return functions;
}

}  // namespace

const SndfileLibrary& sndfile_library() {
    static const SndfileLibrary functions = load();
    return functions;
}

}  // namespace drumgen
