# Writes OUTPUT, rows of {name, hexadecimal digits} that src/midi/patterns.cpp includes, from INPUT_DIR/<name>.mid.
#   cmake -DINPUT_DIR=presets/patterns -DOUTPUT=patterns.inc -P embed_patterns.cmake
cmake_minimum_required(VERSION 3.25)
cmake_path(ABSOLUTE_PATH INPUT_DIR)  # GLOB finds nothing relative to a relative path
file(GLOB names RELATIVE "${INPUT_DIR}" "${INPUT_DIR}/*.mid")
list(TRANSFORM names REPLACE "\\.mid$" "")
list(SORT names)
set(rows "")
foreach(name IN LISTS names)
    file(READ "${INPUT_DIR}/${name}.mid" digits HEX)
    string(APPEND rows "{\"${name}\", \"${digits}\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
