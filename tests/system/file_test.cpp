#include "system/file.h"
#include "system/output_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <string>
#include <thread>
#include <vector>

#include "drumgen/error.h"
#include "test_folder.h"

namespace drumgen {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<std::uint8_t>;

const Bytes some_bytes{'a', 'b', 'c'};

Bytes content(const std::string& path) {
    return read_file(path, 1 << 20);
}

/// The problem that writing reports; empty when it succeeds.
std::string problem_of(const std::string& path, const Bytes& bytes, Overwrite overwrite) {
    try {
        write_file(path, bytes, overwrite);
    } catch (const Error& error) {
        CHECK(error.status() == Status::failed);
        return error.what();
    }
    return "";
}

TEST_SUITE("system/file") {
    TEST_CASE("a file is written whole and nothing else is left") {
        const Folder folder;
        write_file(folder.at("a.wav"), some_bytes, Overwrite::yes);
        CHECK(content(folder.at("a.wav")) == some_bytes);
        CHECK(folder.entries() == 1);
    }

    TEST_CASE("a new file has the permissions that open() gives") {
        const Folder folder;
        const mode_t before = umask(027);
        write_file(folder.at("a"), some_bytes, Overwrite::yes);
        umask(before);
        struct stat status {};
        REQUIRE(stat(folder.at("a").c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0640);
    }

    TEST_CASE("a replaced file keeps its permissions") {
        const Folder folder;
        write_file(folder.at("a"), some_bytes, Overwrite::yes);
        chmod(folder.at("a").c_str(), 0604);
        write_file(folder.at("a"), Bytes{'x'}, Overwrite::yes);
        struct stat status {};
        REQUIRE(stat(folder.at("a").c_str(), &status) == 0);
        CHECK((status.st_mode & 0777) == 0604);
        CHECK(content(folder.at("a")) == Bytes{'x'});
    }

    TEST_CASE("no clobber refuses every kind of existing name") {
        const Folder folder;
        write_file(folder.at("a"), some_bytes, Overwrite::no);
        fs::create_symlink("missing", folder.at("link"));
        for (const char* name : {"a", "link"}) {
            const std::string problem = problem_of(folder.at(name), Bytes{'x'}, Overwrite::no);
            CHECK(problem.find("File exists (leave out --no-clobber to replace it)") !=
                  std::string::npos);
        }
        CHECK(content(folder.at("a")) == some_bytes);
        CHECK(folder.entries() == 2);
    }

    TEST_CASE("of two writers at once that may not replace, one wins") {
        const Folder folder;
        for (int round = 0; round < 20; ++round) {
            const std::string path = folder.at(std::to_string(round));
            int refused = 0;
            std::thread other([&] {
                try {
                    write_file(path, Bytes(5000, 'o'), Overwrite::no);
                } catch (const Error&) {
                    ++refused;
                }
            });
            bool this_refused = false;
            try {
                write_file(path, Bytes(5000, 't'), Overwrite::no);
            } catch (const Error&) {
                this_refused = true;
            }
            other.join();
            CHECK(refused + (this_refused ? 1 : 0) == 1);
            CHECK(content(path).size() == 5000);
        }
        CHECK(folder.entries() == 20);
    }

    TEST_CASE("more files at a time than a signal would remove are written as well") {
        const Folder folder;
        std::vector<OutputFile> files;
        for (int i = 0; i < 300; ++i) {
            files.emplace_back(folder.at(std::to_string(i)), Overwrite::no);
            files.back().write(some_bytes);
        }
        for (OutputFile& file : files) {
            file.close(Durable::no);
            file.commit();
        }
        CHECK(folder.entries() == 300);
        CHECK(content(folder.at("299")) == some_bytes);
    }

    TEST_CASE("a link stays and what it names is replaced") {
        const Folder folder;
        fs::create_directory(folder.at("sub"));
        write_file(folder.at("sub/real"), some_bytes, Overwrite::yes);
        fs::create_symlink("sub/real", folder.at("link"));
        fs::create_symlink("sub/new", folder.at("to_nothing"));
        write_file(folder.at("link"), Bytes{'x'}, Overwrite::yes);
        write_file(folder.at("to_nothing"), Bytes{'y'}, Overwrite::yes);
        CHECK(fs::is_symlink(folder.at("link")));
        CHECK(fs::is_symlink(folder.at("to_nothing")));
        CHECK(content(folder.at("sub/real")) == Bytes{'x'});
        CHECK(content(folder.at("sub/new")) == Bytes{'y'});
    }

    TEST_CASE("a link that leads to itself is an error") {
        const Folder folder;
        fs::create_symlink("loop", folder.at("loop"));
        CHECK(!problem_of(folder.at("loop"), some_bytes, Overwrite::yes).empty());
        CHECK(folder.entries() == 1);
    }

    TEST_CASE("a FIFO is written through and stays") {
        const Folder folder;
        REQUIRE(mkfifo(folder.at("fifo").c_str(), 0600) == 0);
        Bytes read;
        std::thread reader([&] { read = content(folder.at("fifo")); });
        write_file(folder.at("fifo"), some_bytes, Overwrite::yes);
        reader.join();
        CHECK(read == some_bytes);
        CHECK(fs::is_fifo(folder.at("fifo")));
    }

    TEST_CASE("the reader of a FIFO learns of an end of nothing, too") {
        const Folder folder;
        REQUIRE(mkfifo(folder.at("fifo").c_str(), 0600) == 0);
        Bytes read = some_bytes;
        std::thread reader([&] { read = content(folder.at("fifo")); });
        OutputFile file(folder.at("fifo"), Overwrite::yes);
        file.close(Durable::no);
        file.commit();
        reader.join();
        CHECK(read.empty());
    }

    TEST_CASE("a full device is an error") {
        CHECK(problem_of("/dev/full", some_bytes, Overwrite::yes) ==
              "cannot write /dev/full: No space left on device (free some space or write "
              "elsewhere)");
    }

    TEST_CASE("a failed write names path, reason and remedy, and leaves nothing") {
        const Folder folder;
        write_file(folder.at("file"), some_bytes, Overwrite::yes);
        CHECK(problem_of(folder.at("none/a"), some_bytes, Overwrite::yes) ==
              "cannot write " + folder.at("none/a") +
                  ": No such file or directory (make the folder first)");
        CHECK(problem_of(folder.at("file/a"), some_bytes, Overwrite::yes).find("Not a directory") !=
              std::string::npos);
        CHECK(problem_of(folder.path.string(), some_bytes, Overwrite::yes)
                  .find("Is a directory (name a file in it)") != std::string::npos);
        CHECK(problem_of(folder.at(std::string(300, 'n')), some_bytes, Overwrite::yes)
                  .find("File name too long") != std::string::npos);
        CHECK(folder.entries() == 1);
    }

    TEST_CASE("a file beyond the process's limit is an error and leaves the old one") {
        const Folder folder;
        write_file(folder.at("a"), some_bytes, Overwrite::yes);
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        struct rlimit before {};
        getrlimit(RLIMIT_FSIZE, &before);
        const struct rlimit small { 1000, before.rlim_max };
        setrlimit(RLIMIT_FSIZE, &small);
        const std::string problem = problem_of(folder.at("a"), Bytes(2000), Overwrite::yes);
        setrlimit(RLIMIT_FSIZE, &before);
        std::signal(SIGXFSZ, handler);
        CHECK(problem.find("File too large") != std::string::npos);
        CHECK(content(folder.at("a")) == some_bytes);
        CHECK(folder.entries() == 1);
    }

    TEST_CASE("what is in a folder comes by name, in whatever order the system keeps it") {
        const Folder folder;
        for (int i = 0; i < 50; ++i) {
            const std::string name = std::to_string(i * 37 % 50);
            write_file(folder.at(name), some_bytes, Overwrite::yes);
        }
        const std::vector<std::string> names = names_in(folder.at(""));
        CHECK(names.size() == 50);
        CHECK(std::is_sorted(names.begin(), names.end()));
    }

    TEST_CASE("what is not there is told by its name, with a remedy") {
        const Folder folder;
        std::string message;
        try {
            (void)read_file(folder.at("missing"), 100);
        } catch (const Error& error) {
            message = error.what();
        }
        CHECK(message.find(folder.at("missing")) != message.npos);
        CHECK(message.find("is the name right?") != message.npos);
    }

    TEST_CASE("reading stops at its limit") {
        const Folder folder;
        write_file(folder.at("a"), Bytes(1000), Overwrite::yes);
        CHECK(read_file(folder.at("a"), 1000).size() == 1000);
        CHECK_THROWS_AS((void)read_file(folder.at("a"), 999), Error);
        CHECK_THROWS_AS((void)read_file("/dev/zero", 100'000), Error);
        CHECK_THROWS_AS((void)read_file(folder.at("none"), 10), Error);
        CHECK_THROWS_AS((void)read_file(folder.path.string(), 10), Error);
    }
}

}  // namespace
}  // namespace drumgen
