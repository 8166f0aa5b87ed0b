#pragma once

#include <cstddef>

namespace drumgen {

/// A count on standard error while many files are made; nothing unless that is a terminal that can
/// show it.
class Progress {
public:
    /// Shows nothing for a total below 2.
    explicit Progress(std::size_t total);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void step();

private:
    std::size_t total_ = 0;
    std::size_t done_ = 0;
    bool shown_ = false;
};

}  // namespace drumgen
