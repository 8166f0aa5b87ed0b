#include "system/path.h"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using namespace drumgen;

TEST_SUITE("system/path") {
    TEST_CASE("a path is its folder and a name") {
        CHECK(folder_of("a/b/c.wav") == "a/b/");
        CHECK(folder_of("c.wav") == ".");
        CHECK(parent_of("a/b/c.wav") == "a/b");
        CHECK(parent_of("c.wav").empty());
        CHECK(file_name_of("a/b/c.tar.gz") == "c.tar.gz");
        CHECK(stem_of("a/b/c.tar.gz") == "c.tar");
        CHECK(file_name_of("a.b/c.wav") == "c.wav");
        CHECK(file_name_of("c.wav") == "c.wav");
        CHECK(ends_with_slash("a/"));
        CHECK_FALSE(ends_with_slash("a"));
        CHECK_FALSE(ends_with_slash(""));
        CHECK(path_below("a", "b.wav") == "a/b.wav");
        CHECK(path_below("", "b.wav") == "b.wav");
        CHECK(path_below("a", "/b.wav") == "/b.wav");
        CHECK(normal_path("a/./x/../b.wav") == "a/b.wav");
        CHECK(path_from("/a/b", "/a/b/c/d.wav") == "c/d.wav");
        CHECK(path_from("/a/b", "/a/d.wav") == "../d.wav");
    }

    TEST_CASE("names are bytes, whatever they are in") {
        const std::string wild = "Tr\xC3\xB6mmel\xFF \\ \n.wav";
        CHECK(file_name_of("ordner/" + wild) == wild);
        CHECK(path_below("ordner", wild) == "ordner/" + wild);
    }

    TEST_CASE("a list of paths keeps its order and what is empty in it") {
        CHECK(paths_in("/a:b::c") == std::vector<std::string>{"/a", "b", "", "c"});
        CHECK(paths_in("").empty());
    }
}
