#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace drumgen {

/// Threads that there are processors for, 1 or more.
inline unsigned processor_count() {
    return std::max(1U, std::thread::hardware_concurrency());
}

/// Calls work(index, worker) for each index below `count`, shared out over threads; the order is
/// anybody's. Throws what the first of those that threw did.
///   threads   that work at most, 1 or more; workers are numbered from 0
inline void parallel_for(std::size_t count, unsigned threads,
                         const std::function<void(std::size_t index, unsigned worker)>& work) {
    std::atomic<std::size_t> next = 0;
    std::exception_ptr failure;
    std::size_t failed = count;  // what has a lower index was begun before, and ends
    std::mutex mutex;
    const auto serve = [&](unsigned worker) {
        std::size_t at = 0;
        try {
            for (at = next++; at < count; at = next++) {
                work(at, worker);
            }
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (at < failed) {
                failure = std::current_exception();
                failed = at;
            }
            next = count;
        }
    };
    std::vector<std::thread> others;
    try {
        for (unsigned worker = 1; worker < threads && worker < count; ++worker) {
            others.emplace_back(serve, worker);
        }
    } catch (...) {
        // The system has no thread more: those that there are do it all.
    }
    serve(0);
    for (std::thread& other : others) {
        other.join();
    }
    if (failure) {
        std::rethrow_exception(failure);
    }
}

}  // namespace drumgen
