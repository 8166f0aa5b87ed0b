#include "system/file_system.h"

#include <doctest/doctest.h>

#include <cerrno>
#include <string>
#include <string_view>

#include "base/bytes.h"
#include "drumgen/error.h"
#include "faults/faulty_files.h"
#include "system/file.h"
#include "system/output_file.h"
#include "test_folder.h"

using namespace drumgen;

namespace {

/// In place while it lives; bytes come and go seven at a time.
class Faulty : public FaultyFiles {
public:
    /// nth   the call that fails, from 0
    Faulty(int nth, int error) : FaultyFiles({.nth = nth, .error = error, .most = 7}) {
        replace_file_system(this);
    }
    ~Faulty() override { replace_file_system(nullptr); }
};

}  // namespace

TEST_SUITE("system/file_system") {
    TEST_CASE("a file is written whole or not at all, whichever call fails") {
        constexpr std::string_view before = "what was there";
        constexpr std::string_view after = "what comes to be there, which is longer";
        bool has_failed = true;
        for (int nth = 0; has_failed; ++nth) {
            CAPTURE(nth);
            REQUIRE(nth < 100);
            const Folder folder;
            const std::string path = folder.at("file");
            write_file(path, bytes_of(before), Overwrite::yes);
            bool is_told = false;
            {
                const Faulty faulty(nth, ENOSPC);
                try {
                    write_file(path, bytes_of(after), Overwrite::yes);
                } catch (const Error& error) {
                    is_told = true;
                    CHECK(error.status() == Status::failed);
                    CHECK(std::string_view(error.what()).find(path) != std::string_view::npos);
                }
                has_failed = faulty.has_failed();
            }
            CHECK(is_told == has_failed);
            CHECK(text_in(read_file(path, 1000)) == (is_told ? before : after));
            CHECK(folder.entries() == 1);
        }
    }

    TEST_CASE("what a signal interrupts goes on, and what comes in pieces is put together") {
        const Folder folder;
        const std::string path = folder.at("file");
        const std::string text(1000, 'x');
        write_file(path, bytes_of(text), Overwrite::yes);
        for (const int nth : {1, 2, 50}) {  // 0 opens it
            const Faulty faulty(nth, EINTR);
            CHECK(text_in(read_file(path, 1000)) == text);
            CHECK(faulty.has_failed());
        }
    }
}
