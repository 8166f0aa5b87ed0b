# Writes OUTPUT, rows of {name, json} that src/document/builtin_presets.cpp includes, from INPUT_DIR/<instrument>/<name>.json.
#   cmake -DINPUT_DIR=presets -DOUTPUT=presets.inc -P embed_presets.cmake
cmake_minimum_required(VERSION 3.25)
cmake_path(ABSOLUTE_PATH INPUT_DIR)  # GLOB finds nothing relative to a relative path
file(GLOB_RECURSE paths RELATIVE "${INPUT_DIR}" "${INPUT_DIR}/*.json")
# By name: "a" stands before "a-b", where "a.json" stands behind "a-b.json".
list(TRANSFORM paths REPLACE "\\.json$" "")
list(SORT paths)
list(TRANSFORM paths APPEND ".json")
set(rows "")
foreach(path IN LISTS paths)
    if(NOT path MATCHES "^[a-z0-9-]+/[a-z0-9][a-z0-9._-]*\\.json$")
        message(FATAL_ERROR "${INPUT_DIR}/${path}: a preset's file is named <instrument>/<name>.json")
    endif()
    file(READ "${INPUT_DIR}/${path}" json)
    if(json MATCHES "\\)preset\"")
        message(FATAL_ERROR "${INPUT_DIR}/${path}: holds )preset\", which ends its string literal")
    endif()
    string(REGEX REPLACE "\\.json$" "" name "${path}")
    string(APPEND rows "{\"${name}\", R\"preset(${json})preset\"},\n")
endforeach()
file(WRITE "${OUTPUT}" "${rows}")
