# What a build for a browser has instead of packages.
include(cmake/header_links.cmake)
link_headers("nlohmann;fmt;utf8;utf8.h;sndfile.h;zip.h;zipconf.h" "nlohmann_json::nlohmann_json;fmt::fmt-header-only")
# Sizes have 32 bits, and what a page has not is not used.
add_compile_options(-Wno-shorten-64-to-32 -Wno-tautological-constant-out-of-range-compare -Wno-unused-private-field)
add_compile_options(-msimd128 -mbulk-memory -fwasm-exceptions)
include(cmake/pugixml.cmake)
