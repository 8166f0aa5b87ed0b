#include "archive/zip_archive.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "drumgen/error.h"

namespace drumgen {
namespace {

const std::vector<KitFile> files{{"a.txt", {'a'}},
                                 {"sub/b", std::vector<std::uint8_t>(100'000, 7)}};

std::vector<std::uint8_t> zip_archive(std::span<const KitFile> packed) {
    std::vector<std::uint8_t> archive;
    make_zip(packed, [&archive](std::span<const std::uint8_t> bytes) {
        archive.insert(archive.end(), bytes.begin(), bytes.end());
    });
    return archive;
}

TEST_SUITE("archive/zip_archive") {
    TEST_CASE("what was packed comes out again") {
        const ZipReader reader(zip_archive(files), "x.zip");
        CHECK(reader.paths() == std::vector<std::string>{"a.txt", "sub/b"});
        for (const KitFile& file : files) {
            CHECK(std::ranges::equal(reader.read(file.path(), 1 << 20), file.bytes()));
        }
    }

    TEST_CASE("the same files are the same bytes") {
        CHECK(zip_archive(files) == zip_archive(files));
        CHECK(is_zip(zip_archive(files)));
    }

    TEST_CASE("reading stops at its limit, whatever the archive claims") {
        const ZipReader reader(zip_archive(files), "x.zip");
        CHECK_THROWS_AS((void)reader.read("sub/b", 99'999), Error);
        CHECK_THROWS_AS((void)reader.read("none", 10), Error);
    }

    TEST_CASE("every prefix of an archive is refused") {
        const std::vector<std::uint8_t> whole = zip_archive(std::vector<KitFile>{{"a", "x"}});
        for (std::size_t size = 0; size < whole.size(); ++size) {
            CHECK_THROWS_AS(
                ZipReader(std::vector<std::uint8_t>(
                              whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)),
                          "x.zip"),
                Error);
        }
    }
}

}  // namespace
}  // namespace drumgen
