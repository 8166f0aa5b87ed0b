#include "system/output_registry.h"

#include <doctest/doctest.h>
#include <sys/stat.h>

#include <filesystem>

#include "drumgen/error.h"
#include "system/output_file.h"
#include "test_folder.h"

namespace drumgen {
namespace {

namespace fs = std::filesystem;

void touch(const std::string& path) {
    const std::vector<std::uint8_t> bytes{'x'};
    write_file(path, bytes, Overwrite::yes);
}

TEST_SUITE("system/output_registry") {
    TEST_CASE("an output is no input, over links of both kinds, there or not") {
        const Folder folder;
        touch(folder.at("in"));
        fs::create_symlink("in", folder.at("link"));
        fs::create_hard_link(folder.at("in"), folder.at("twin"));
        for (const char* const name : {"in", "link", "twin", "./in"}) {
            OutputRegistry registry;
            registry.reads(folder.at("in"));
            CHECK(!registry.writes({"-o", folder.at(name)}).empty());
        }
        OutputRegistry registry;
        registry.reads(folder.at("in"));
        CHECK(registry.writes({"-o", folder.at("other")}).empty());
    }

    TEST_CASE("two names of a file that is not there yet are one, also once it is") {
        const Folder folder;
        fs::create_symlink("new", folder.at("link"));
        OutputRegistry registry;
        CHECK(registry.writes({"-o", folder.at("new")}).empty());
        CHECK(!registry.writes({"--plot", folder.at("link")}).empty());
        touch(folder.at("new"));
        CHECK(!registry.writes({"--depfile", folder.at("./new")}).empty());
    }

    TEST_CASE("two names of a file that is there are one, by a link of either kind") {
        const Folder folder;
        touch(folder.at("there"));
        fs::create_symlink("there", folder.at("link"));
        fs::create_hard_link(folder.at("there"), folder.at("twin"));
        for (const char* const name : {"link", "twin", "./there"}) {
            OutputRegistry registry;
            CHECK(registry.writes({"-o", folder.at("there")}).empty());
            CHECK(!registry.writes({"--plot", folder.at(name)}).empty());
        }
    }

    TEST_CASE("a file that was replaced leaves its number to others") {
        const Folder folder;
        touch(folder.at("a"));
        OutputRegistry registry;
        CHECK(registry.writes({"-o", folder.at("a")}).empty());
        fs::remove(folder.at("a"));
        touch(folder.at("b"));  // most file systems give it the number that has become free
        CHECK(registry.writes({"-o", folder.at("b")}).empty());
    }

    TEST_CASE("distinct names are not kept, those with links are") {
        const Folder folder;
        fs::create_symlink("same", folder.at("1"));
        fs::create_symlink("same", folder.at("2"));
        OutputRegistry registry;
        OutputRegistry::Output output{"-o", folder.at("0")};
        output.is_distinct = true;
        CHECK(registry.writes(output).empty());
        CHECK(registry.writes(output).empty());
        output.path = folder.at("1");
        CHECK(registry.writes(output).empty());
        output.path = folder.at("2");
        CHECK(!registry.writes(output).empty());
    }

    TEST_CASE("an input that holds the same may be replaced, and is told") {
        const Folder folder;
        touch(folder.at("in"));
        OutputRegistry registry;
        registry.reads(folder.at("in"));
        OutputRegistry::Output output{"-o", folder.at("in")};
        output.own_input = folder.at("in");
        CHECK(registry.writes(output).empty());
        CHECK(registry.replaced() == std::vector<std::string>{folder.at("in")});
        CHECK(!registry.writes(output).empty());
    }

    TEST_CASE("a FIFO is one output, the null device takes any number") {
        const Folder folder;
        REQUIRE(mkfifo(folder.at("fifo").c_str(), 0600) == 0);
        OutputRegistry registry;
        CHECK(registry.writes({"-o", folder.at("fifo")}).empty());
        CHECK(!registry.writes({"--plot", folder.at("fifo")}).empty());
        CHECK(registry.writes({"-o", "/dev/null"}).empty());
        CHECK(registry.writes({"--plot", "/dev/null"}).empty());
    }

    TEST_CASE("all problems are told at once, each once") {
        const Folder folder;
        OutputRegistry registry;
        for (const char* const flag : {"-o", "--plot", "--depfile", "--depfile"}) {
            registry.plan({flag, folder.at("x")});
        }
        try {
            registry.check();
            FAIL("nothing is refused");
        } catch (const Error& error) {
            CHECK(error.status() == Status::invalid);
            CHECK(error.problems().size() == 2);
        }
    }
}

}  // namespace
}  // namespace drumgen
