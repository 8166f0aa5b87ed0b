#pragma once

#include <cstddef>
#include <new>
#include <utility>
#include <vector>

namespace drumgen {

/// Allocates on a cache line's boundary, which is also the widest vector's, and leaves new samples
/// as they are: most are written right after. Signal(n, 0.0F) is a silent one.
template <class T>
struct CacheLineAllocator {
    using value_type = T;
    static constexpr std::align_val_t alignment{64};

    CacheLineAllocator() = default;
    template <class U>
    CacheLineAllocator(const CacheLineAllocator<U>&) noexcept {
    }  // NOLINT(google-explicit-constructor)

    [[nodiscard]] T* allocate(std::size_t count) {
        return static_cast<T*>(::operator new(count * sizeof(T), alignment));
    }
    template <class U>
    void construct(U* place) noexcept {
        ::new (static_cast<void*>(place)) U;
    }
    template <class U, class... Args>
    void construct(U* place, Args&&... args) {
        ::new (static_cast<void*>(place)) U(std::forward<Args>(args)...);
    }
    void deallocate(T* memory, std::size_t) noexcept { ::operator delete(memory, alignment); }

    template <class U>
    bool operator==(const CacheLineAllocator<U>&) const noexcept {
        return true;
    }
};

/// Samples of one channel.
using Signal = std::vector<float, CacheLineAllocator<float>>;

}  // namespace drumgen
