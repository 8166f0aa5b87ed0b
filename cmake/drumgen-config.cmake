# Finds drumgen: find_package(drumgen), then link drumgen::drumgen.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
include(${CMAKE_CURRENT_LIST_DIR}/drumgen-targets.cmake)
