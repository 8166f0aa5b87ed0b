#include "system/line_reader.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "drumgen/error.h"
#include "drumgen/patch_json.h"
#include "test_folder.h"

using namespace drumgen;

namespace {

/// A file that goes away with this, in a folder of its own, as tests run side by side.
class TextFile {
public:
    explicit TextFile(const std::string& text) { std::ofstream(path(), std::ios::binary) << text; }

    [[nodiscard]] std::string path() const { return folder_.at("lines"); }

private:
    Folder folder_;
};

std::vector<std::string> numbered(LineReader& reader) {
    std::vector<std::string> lines;
    NumberedLine line;
    while (reader.next(line)) {
        lines.push_back(std::to_string(line.number) + ":" + line.text);
    }
    return lines;
}

}  // namespace

TEST_SUITE_BEGIN("system/line_reader");

TEST_CASE("lines are numbered, trimmed, and blank ones left out") {
    const TextFile file("a\n\n \tb \r\n\n\nc");
    LineReader reader(file.path());
    CHECK(numbered(reader) == std::vector<std::string>{"1:a", "3:b", "6:c"});
}

TEST_CASE("a line of any length up to the limit is whole, with and without its end") {
    for (const std::size_t size : {65535U, 65536U, 65537U, 200000U, 1U << 20}) {
        CAPTURE(size);
        const std::string first(size, 'x');
        const std::string second(size, 'y');
        for (const char* const end : {"", "\n"}) {
            std::string text = first;
            text.append("\n").append(second).append(end);
            const TextFile file(text);
            LineReader reader(file.path());
            CHECK(numbered(reader) == std::vector<std::string>{"1:" + first, "2:" + second});
        }
    }
}

TEST_CASE("a longer line is refused by its number") {
    const TextFile file("a\n" + std::string(max_patch_bytes + 1, 'x') + "\n");
    LineReader reader(file.path());
    NumberedLine line;
    CHECK(reader.next(line));
    CHECK_THROWS_AS((void)reader.next(line), Error);
}

TEST_CASE("peek uses nothing up and tells whether more follows") {
    const TextFile one("\n  {}  \n \n");
    LineReader single(one.path());
    CHECK(single.peek().line == "{}");
    CHECK_FALSE(single.peek().has_more);
    CHECK(numbered(single) == std::vector<std::string>{"2:{}"});

    const TextFile two("{}\n{}");
    LineReader more(two.path());
    CHECK(more.peek().has_more);
    const std::vector<std::uint8_t> all = more.all(1 << 20);
    CHECK(std::string(all.begin(), all.end()) == "{}\n{}");

    const TextFile none("");
    LineReader empty(none.path());
    CHECK(empty.peek().line.empty());
}

TEST_SUITE_END();
