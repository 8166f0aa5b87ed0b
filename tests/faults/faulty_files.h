#pragma once

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "system/file_system.h"

namespace drumgen {

/// What is to fail.
struct Fault {
    long nth = -1;               ///< the call that fails, from 0; below 0 none
    int error = EIO;             ///< its errno
    std::size_t most = 0;        ///< bytes that are moved at once, at most; 0: all
    bool looking_fails = false;  ///< calls that only look fail, too
    void (*told)() = nullptr;    ///< called when it fails
};

/// The system's own files, of which one call fails, and those that move bytes may move few at once. What is told on
/// standard error is heard, and what is removed goes.
class FaultyFiles : public FileSystem {
public:
    explicit FaultyFiles(const Fault& fault) : fault_(fault), left_(fault.nth) {}

    [[nodiscard]] bool has_failed() const { return has_failed_; }

    int open(const std::string& path, Access access) override {
        return fails() ? -1 : own_.open(path, access);
    }
    bool close(int file) override { return own_.close(file) && !fails(); }
    std::ptrdiff_t read(int file, std::span<std::uint8_t> bytes) override {
        return fails() ? -1 : own_.read(file, few(bytes));
    }
    std::ptrdiff_t read_at(int file, std::span<std::uint8_t> bytes, std::uint64_t at) override {
        return fails() ? -1 : own_.read_at(file, few(bytes), at);
    }
    std::ptrdiff_t write(int file, std::span<const std::uint8_t> bytes) override {
        // What tells of the fault has to be heard.
        return file != standard_error && fails() ? -1 : own_.write(file, few(bytes));
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
    std::optional<FileStatus> status(int file) override {
        return fault_.looking_fails && fails() ? std::nullopt : own_.status(file);
    }
    std::optional<FileStatus> status(const std::string& path) override {
        return fault_.looking_fails && fails() ? std::nullopt : own_.status(path);
    }
    std::optional<FileStatus> link_status(const std::string& path) override {
        return fault_.looking_fails && fails() ? std::nullopt : own_.link_status(path);
    }
    std::optional<std::string> link_target(const std::string& path) override {
        return fault_.looking_fails && fails() ? std::nullopt : own_.link_target(path);
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
        return fault_.looking_fails && fails() ? std::nullopt : own_.names_in(folder);
    }

private:
    bool fails() {
        if (left_-- != 0) {
            return false;
        }
        has_failed_ = true;
        if (fault_.told != nullptr) {
            fault_.told();
        }
        errno = fault_.error;
        return true;
    }
    template <class Bytes>
    [[nodiscard]] Bytes few(Bytes bytes) const {
        return fault_.most == 0 ? bytes : bytes.first(std::min(bytes.size(), fault_.most));
    }

    FileSystem& own_ = systems_own_files();
    Fault fault_;
    std::atomic<long> left_;
    std::atomic<bool> has_failed_{false};
};

}  // namespace drumgen
