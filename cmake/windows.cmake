# What a build for Windows has instead of packages.
include(cmake/header_links.cmake)
link_headers("CLI;nlohmann;fmt;utf8;utf8.h;sndfile.h;zip.h;zipconf.h"
    "CLI11::CLI11;nlohmann_json::nlohmann_json;fmt::fmt-header-only")
include(cmake/pugixml.cmake)

# One file that needs no other; as much stack for each thread as elsewhere.
add_link_options(-static -Wl,--stack,8388608)
# For names in UTF-16, and what Windows 7 did not have.
add_compile_definitions(UNICODE _UNICODE NOMINMAX WIN32_LEAN_AND_MEAN _WIN32_WINNT=0x0A00)
# GCC keeps no stack on Windows at edges of 32 bytes, where it takes values of 32 bytes to stand; the
# assembler then makes each move one that may stand anywhere.
add_compile_options(-Wa,-muse-unaligned-vector-move)
