#pragma once

#include <string>

#include "system/file.h"

namespace drumgen {

/// A new, empty file `.drumgen-*.tmp` that is removed unless it is renamed: by the destructor, or by
/// a signal that ends the process.
class TemporaryFile {
public:
    /// Creates it in `folder` with the permissions that any new file gets. When it can't, file() is
    /// not open and errno says why.
    explicit TemporaryFile(const std::string& folder);
    ~TemporaryFile();
    TemporaryFile(const TemporaryFile&) = delete;
    TemporaryFile& operator=(const TemporaryFile&) = delete;

    [[nodiscard]] const File& file() const { return file_; }

    /// Closes, after flushing to the disk if `durable`. False when either fails; errno says why.
    [[nodiscard]] bool finish(bool durable = true);

    /// Gives the finished file its name. False when that fails; errno is EEXIST when the target
    /// exists and `replace` is false.
    [[nodiscard]] bool rename_to(const std::string& target, bool replace);

private:
    void forget();

    std::string path_;
    int slot_ = -1;
    File file_;
};

/// From now on the names of this process's temporary files tell what they are for, so that a later
/// one can sweep them. Before any thread makes one.
///   purpose   letters and digits
void name_temporary_files(const std::string& purpose);

/// Removes the temporary files that other processes left in a folder, killed while they worked for
/// the same purpose; nothing without one.
void sweep_temporary_files(const std::string& folder);

/// Removes every temporary file of this process, which is about to end: no thread can make one any
/// more. Safe in a signal handler.
void remove_temporary_files() noexcept;

}  // namespace drumgen
