#include "io/zip_library.h"

#include "io/shared_library.h"

namespace drumgen {
namespace {

ZipLibrary load() {
    const SharedLibrary library("libzip.so.4", "read or write a ZIP without libzip", "libzip4");
    ZipLibrary functions;
    library.find("zip_libzip_version", functions.version);
    library.find("zip_error_init", functions.error_init);
    library.find("zip_error_fini", functions.error_fini);
    library.find("zip_error_set", functions.error_set);
    library.find("zip_error_to_data", functions.error_to_data);
    library.find("zip_error_strerror", functions.error_strerror);
    library.find("zip_source_buffer_create", functions.source_buffer_create);
    library.find("zip_source_buffer", functions.source_buffer);
    library.find("zip_source_function_create", functions.source_function_create);
    library.find("zip_source_keep", functions.source_keep);
    library.find("zip_source_free", functions.source_free);
    library.find("zip_source_open", functions.source_open);
    library.find("zip_source_read", functions.source_read);
    library.find("zip_source_close", functions.source_close);
    library.find("zip_open_from_source", functions.open_from_source);
    library.find("zip_close", functions.close);
    library.find("zip_discard", functions.discard);
    library.find("zip_get_error", functions.get_error);
    library.find("zip_file_add", functions.file_add);
    library.find("zip_file_set_dostime", functions.file_set_dostime);
    library.find("zip_file_set_external_attributes", functions.file_set_external_attributes);
    library.find("zip_set_file_compression", functions.set_file_compression);
    library.find("zip_get_num_entries", functions.get_num_entries);
    library.find("zip_stat_index", functions.stat_index);
    library.find("zip_fopen_index", functions.fopen_index);
    library.find("zip_fread", functions.fread);
    library.find("zip_fclose", functions.fclose);
    library.find("zip_file_get_error", functions.file_get_error);
    return functions;
}

}  // namespace

const ZipLibrary& zip_library() {
    static const ZipLibrary functions = load();
    return functions;
}

}  // namespace drumgen
