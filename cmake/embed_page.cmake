# Writes OUTPUT, the page of src/page/page.html with its style and script as string literals, which
# src/page/sound_page.cpp includes: what stands before the sounds, and what stands behind them.
#   cmake -DINPUT_DIR=src/page -DOUTPUT=page.inc -P embed_page.cmake
cmake_minimum_required(VERSION 3.25)
file(READ "${INPUT_DIR}/page.html" page)
foreach(part page.css page.js)
    file(READ "${INPUT_DIR}/${part}" text)
    string(REPLACE "{{${part}}}" "${text}" page "${page}")
endforeach()
if(page MATCHES "\\)page\"")
    message(FATAL_ERROR "${INPUT_DIR}: holds )page\", which ends its string literal")
endif()
string(FIND "${page}" "{{sounds}}" middle)
string(SUBSTRING "${page}" 0 ${middle} head)
math(EXPR middle "${middle} + 11")
string(SUBSTRING "${page}" ${middle} -1 foot)
file(WRITE "${OUTPUT}" "constexpr std::string_view page_head = R\"page(${head})page\";\n"
    "constexpr std::string_view page_foot = R\"page(${foot})page\";\n")
