# What a build for a browser has instead of packages.
include(cmake/header_links.cmake)
link_headers("nlohmann;fmt;utf8;utf8.h;sndfile.h;zip.h;zipconf.h" "nlohmann_json::nlohmann_json;fmt::fmt-header-only")
add_compile_options(-msimd128 -mbulk-memory -fwasm-exceptions)
include(cmake/pugixml.cmake)
