#pragma once

#include <zip.h>

namespace drumgen {

/// The functions of libzip that kits take, loaded when they are first asked for: the library and
/// the cryptographic one below it would cost every start of the program what a sound costs.
struct ZipLibrary {
    decltype(&zip_libzip_version) version = nullptr;
    decltype(&zip_error_init) error_init = nullptr;
    decltype(&zip_error_fini) error_fini = nullptr;
    decltype(&zip_error_set) error_set = nullptr;
    decltype(&zip_error_to_data) error_to_data = nullptr;
    decltype(&zip_error_strerror) error_strerror = nullptr;
    decltype(&zip_source_buffer_create) source_buffer_create = nullptr;
    decltype(&zip_source_buffer) source_buffer = nullptr;
    decltype(&zip_source_function_create) source_function_create = nullptr;
    decltype(&zip_source_keep) source_keep = nullptr;
    decltype(&zip_source_free) source_free = nullptr;
    decltype(&zip_source_open) source_open = nullptr;
    decltype(&zip_source_read) source_read = nullptr;
    decltype(&zip_source_close) source_close = nullptr;
    decltype(&zip_open_from_source) open_from_source = nullptr;
    decltype(&zip_close) close = nullptr;
    decltype(&zip_discard) discard = nullptr;
    decltype(&zip_get_error) get_error = nullptr;
    decltype(&zip_file_add) file_add = nullptr;
    decltype(&zip_file_set_dostime) file_set_dostime = nullptr;
    decltype(&zip_file_set_external_attributes) file_set_external_attributes = nullptr;
    decltype(&zip_set_file_compression) set_file_compression = nullptr;
    decltype(&zip_get_num_entries) get_num_entries = nullptr;
    decltype(&zip_stat_index) stat_index = nullptr;
    decltype(&zip_fopen_index) fopen_index = nullptr;
    decltype(&zip_fread) fread = nullptr;
    decltype(&zip_fclose) fclose = nullptr;
    decltype(&zip_file_get_error) file_get_error = nullptr;
};

/// Throws Error (failed) when the library is missing, each time it is asked for.
[[nodiscard]] const ZipLibrary& zip_library();

}  // namespace drumgen
