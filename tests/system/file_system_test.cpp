#include "system/file_system.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cerrno>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"
#include "drumgen/error.h"
#include "system/file.h"
#include "system/output_file.h"
#include "test_folder.h"

using namespace drumgen;

namespace {

/// The system's own files, of which one call fails, and those that move bytes move few at once.
class Faulty : public FileSystem {
public:
    /// nth   the call that fails, from 0
    Faulty(int nth, int error) : left_(nth), error_(error) { replace_file_system(this); }
    ~Faulty() override { replace_file_system(nullptr); }

    [[nodiscard]] bool has_failed() const { return left_ < 0; }

    int open(const std::string& path, Access access) override {
        return fails() ? -1 : own_.open(path, access);
    }
    bool close(int file) override { return own_.close(file) && !fails(); }
    std::ptrdiff_t read(int file, std::span<std::uint8_t> bytes) override {
        return fails() ? -1 : own_.read(file, few(bytes));
    }
    std::ptrdiff_t read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t at) override {
        return fails() ? -1 : own_.read_at(file, bytes, at);
    }
    std::ptrdiff_t write(int file, std::span<const std::uint8_t> bytes) override {
        return fails() ? -1 : own_.write(file, few(bytes));
    }
    std::ptrdiff_t write_at(int file, std::span<const std::uint8_t> bytes,
                            std::uint64_t at) override {
        return fails() ? -1 : own_.write_at(file, few(bytes), at);
    }
    bool wait_to_read(int file, int ms) override { return own_.wait_to_read(file, ms); }
    bool wait_to_write(int file, int ms) override { return own_.wait_to_write(file, ms); }
    bool truncate(int file, std::uint64_t size) override {
        return !fails() && own_.truncate(file, size);
    }
    bool set_permissions(int file, unsigned bits) override {
        return !fails() && own_.set_permissions(file, bits);
    }
    bool sync(int file) override { return !fails() && own_.sync(file); }
    bool sync_all(const std::string& folder) override { return !fails() && own_.sync_all(folder); }
    bool lock(int file) override { return !fails() && own_.lock(file); }
    std::optional<FileStatus> status(int file) override { return own_.status(file); }
    std::optional<FileStatus> status(const std::string& path) override { return own_.status(path); }
    std::optional<FileStatus> link_status(const std::string& path) override {
        return own_.link_status(path);
    }
    std::optional<std::string> link_target(const std::string& path) override {
        return own_.link_target(path);
    }
    bool may_write(const std::string& path) override { return !fails() && own_.may_write(path); }
    bool may_execute(const std::string& path) override { return own_.may_execute(path); }
    bool rename(const std::string& from, const std::string& to, bool replace) override {
        return !fails() && own_.rename(from, to, replace);
    }
    bool remove(const char* path) override { return own_.remove(path); }
    bool make_folder(const std::string& path) override {
        return !fails() && own_.make_folder(path);
    }
    bool remove_folder(const std::string& path) override { return own_.remove_folder(path); }
    std::optional<std::vector<std::string>> names_in(const std::string& folder) override {
        return own_.names_in(folder);
    }

private:
    bool fails() {
        errno = error_;
        return left_-- == 0;
    }
    template <class Bytes>
    static Bytes few(Bytes bytes) {
        return bytes.first(std::min<std::size_t>(bytes.size(), 7));
    }

    FileSystem& own_ = systems_own_files();
    int left_;
    int error_;
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
