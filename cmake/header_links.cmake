# Headers of libraries that are headers alone, or are loaded when they are needed, for a build for another system:
# a few links, so that this system's other headers stay out of sight. `libraries` are those that the build
# takes by name, as packages would give them.
function(link_headers headers libraries)
    set(folder ${PROJECT_BINARY_DIR}/headers)
    file(MAKE_DIRECTORY ${folder})
    foreach(header IN LISTS headers)
        if(NOT EXISTS /usr/include/${header})
            message(FATAL_ERROR "no /usr/include/${header}; run ./dev setup")
        endif()
        file(CREATE_LINK /usr/include/${header} ${folder}/${header} SYMBOLIC)
    endforeach()
    include_directories(SYSTEM ${folder})
    foreach(library IN LISTS libraries)
        add_library(${library} INTERFACE IMPORTED GLOBAL)
        target_include_directories(${library} INTERFACE ${folder})
    endforeach()
endfunction()

set(sndfile_INCLUDE_DIRS "")
set(libzip_INCLUDE_DIRS "")
set(DRUMGEN_UTFCPP "")
