#include "archive/sha256.h"
#include "base/bytes.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <vector>

namespace drumgen {
namespace {

std::string hash_of(std::string_view text) {
    return sha256_hex(bytes_of(text));
}

TEST_SUITE("archive/sha256") {
    // NIST, "SHA-256 example values" and the byte-oriented vectors of the CAVP.
    TEST_CASE("the vectors of NIST") {
        CHECK(hash_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        CHECK(hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        CHECK(hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
              "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        CHECK(hash_of("\xd3") ==
              "28969cdfa74a12c82f3bad960b0b000aca2ac329deea5c2328ebc6f2ba9802c1");
    }

    TEST_CASE("a million letters") {
        CHECK(hash_of(std::string(1'000'000, 'a')) ==
              "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    TEST_CASE("many at once have the hashes of each alone, whatever their lengths") {
        std::vector<std::vector<std::uint8_t>> messages;
        for (std::size_t k = 0; k < 41; ++k) {
            messages.emplace_back(k * k * 7 % 1500, static_cast<std::uint8_t>(k));
        }
        for (const std::size_t count : {0U, 1U, 2U, 3U, 41U}) {
            const std::vector<std::span<const std::uint8_t>> some(
                messages.begin(), messages.begin() + static_cast<std::ptrdiff_t>(count));
            const std::vector<std::string> hashes = sha256_hex_of_all(some);
            REQUIRE(hashes.size() == count);
            for (std::size_t k = 0; k < count; ++k) {
                CHECK(hashes[k] == sha256_hex(some[k]));
            }
        }
    }

    TEST_CASE("lengths around the end of a block") {
        // From Python's hashlib: sha256(b"a" * n).
        CHECK(hash_of(std::string(55, 'a')) ==
              "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
        CHECK(hash_of(std::string(56, 'a')) ==
              "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
        CHECK(hash_of(std::string(63, 'a')) ==
              "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34");
        CHECK(hash_of(std::string(64, 'a')) ==
              "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
    }
}

}  // namespace
}  // namespace drumgen
