# pugixml from its source, where there is no package of it for the system that is built for.
set(DRUMGEN_PUGIXML_SOURCE "" CACHE PATH "Folder of pugixml.cpp")
add_library(drumgen_pugixml STATIC ${DRUMGEN_PUGIXML_SOURCE}/pugixml.cpp)
target_include_directories(drumgen_pugixml SYSTEM PUBLIC ${DRUMGEN_PUGIXML_SOURCE})
target_compile_definitions(drumgen_pugixml PUBLIC PUGIXML_NO_XPATH)
target_compile_options(drumgen_pugixml PRIVATE -w)
set(DRUMGEN_PUGIXML drumgen_pugixml)
