#pragma once

#include <condition_variable>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace drumgen {

/// What a source has: an item, none yet, or none any more.
enum class Supply { item, later, end };

/// A line of work: items come in, results go out in the order of the items.
template <class Item, class Result>
struct Batch {
    /// Gives the next item. With `may_wait` false it says later instead of waiting for one.
    std::function<Supply(Item& item, bool may_wait)> next;
    /// Makes a result of an item. Called by several threads at once.
    std::function<Result(Item)> work;
    /// Takes the results in order; false ends the batch early.
    std::function<bool(Result)> take;
};

namespace batch_detail {

/// The items that are under way, in a ring. Workers claim them in order and finish them in any.
template <class Item, class Result>
class Ring {
public:
    explicit Ring(std::size_t size) : slots_(size) {}

    [[nodiscard]] bool empty() const noexcept { return head_ == tail_; }
    [[nodiscard]] bool full() const noexcept { return tail_ - head_ == slots_.size(); }

    void put(Item item) {
        {
            const std::lock_guard lock(mutex_);
            slot(tail_++) = {std::move(item), std::nullopt, nullptr, false};
        }
        work_.notify_one();
    }

    /// Waits for the oldest item's result. Throws what its work threw.
    [[nodiscard]] Result get() {
        std::unique_lock lock(mutex_);
        Slot& oldest = slot(head_);
        done_.wait(lock, [&oldest] { return oldest.done; });
        ++head_;
        if (oldest.error) {
            std::rethrow_exception(std::exchange(oldest.error, nullptr));
        }
        return std::move(*oldest.result);
    }

    /// Lets the workers go home.
    void close() {
        {
            const std::lock_guard lock(mutex_);
            closed_ = true;
        }
        work_.notify_all();
    }

    template <class Work>
    void serve(const Work& work) {
        while (true) {
            std::unique_lock lock(mutex_);
            work_.wait(lock, [this] { return closed_ || claimed_ < tail_; });
            if (closed_) {
                return;
            }
            Slot& mine = slot(claimed_++);
            lock.unlock();
            try {
                mine.result.emplace(work(std::move(mine.item)));
            } catch (...) {
                mine.error = std::current_exception();
            }
            lock.lock();
            mine.done = true;
            done_.notify_one();
        }
    }

private:
    struct Slot {
        Item item{};
        std::optional<Result> result{};
        std::exception_ptr error{};
        bool done = false;
    };

    [[nodiscard]] Slot& slot(std::size_t number) { return slots_[number % slots_.size()]; }

    std::vector<Slot> slots_;
    std::size_t head_ = 0;     // the oldest that is not taken
    std::size_t claimed_ = 0;  // the oldest that nobody works on
    std::size_t tail_ = 0;
    bool closed_ = false;
    std::mutex mutex_;
    std::condition_variable work_;
    std::condition_variable done_;
};

/// Threads that serve a ring, and go home with this.
template <class Item, class Result>
class Crew {
public:
    Crew(unsigned threads, Ring<Item, Result>& ring, const Batch<Item, Result>& batch)
        : ring_(ring) {
        for (unsigned i = 0; i < threads; ++i) {
            try {
                threads_.emplace_back([&ring, &batch] { ring.serve(batch.work); });
            } catch (...) {
                // The system has no thread more: one is enough.
                if (threads_.empty()) {
                    throw;
                }
                break;
            }
        }
    }
    ~Crew() {
        ring_.close();
        for (std::thread& thread : threads_) {
            thread.join();
        }
    }
    Crew(const Crew&) = delete;
    Crew& operator=(const Crew&) = delete;

private:
    Ring<Item, Result>& ring_;
    std::vector<std::thread> threads_;
};

}  // namespace batch_detail

/// Runs a batch. What `threads` is changes no result and no order. While results are on their way
/// the source is not waited for, so that a slow one delays nothing.
///   threads   that work, 1 or more; with 1 the calling thread does it all
///   Throws what `next`, `work` or `take` throw, after everything before it was taken.
template <class Item, class Result>
void run_batch(const Batch<Item, Result>& batch, unsigned threads) {
    if (threads <= 1) {
        Item item{};
        while (batch.next(item, true) == Supply::item && batch.take(batch.work(std::move(item)))) {
            item = {};
        }
        return;
    }
    batch_detail::Ring<Item, Result> ring(std::size_t{4} * threads);
    const batch_detail::Crew<Item, Result> crew(threads, ring, batch);
    bool ended = false;
    while (true) {
        Supply supply = ended ? Supply::end : Supply::later;
        std::exception_ptr failure;
        if (!ended && !ring.full()) {
            Item item{};
            try {
                supply = batch.next(item, ring.empty());
            } catch (...) {
                // What came before it is taken first.
                failure = std::current_exception();
                supply = Supply::end;
            }
            ended = supply == Supply::end;
            if (supply == Supply::item) {
                ring.put(std::move(item));
                continue;
            }
        }
        if (failure) {
            while (!ring.empty() && batch.take(ring.get())) {}
            std::rethrow_exception(failure);
        }
        if (ring.empty() || !batch.take(ring.get())) {
            return;
        }
    }
}

}  // namespace drumgen
