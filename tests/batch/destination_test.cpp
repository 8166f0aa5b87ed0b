#include "batch/destination.h"

#include <doctest/doctest.h>

#include "drumgen/error.h"

namespace drumgen {
namespace {

/// How a manifest would call it; what is wrong, if it is refused.
std::string found(std::string_view output, std::string_view to = "") {
    try {
        const Destination destination = destination_of(output, to);
        return std::string(word_of(destination.container, *destination.format));
    } catch (const Error& error) {
        CHECK(error.status() == Status::invalid);
        return error.what();
    }
}

TEST_SUITE("batch/destination") {
    TEST_CASE("the name's ending says the format") {
        CHECK(found("x.wav") == "wav");
        CHECK(found("a.b/{name}-{index:03}.flac") == "flac");
        CHECK(found("x.AIF") == "aiff");
        CHECK(found("x.tar") == "tar");
        CHECK(found("x-{shard}.raw") == "raw");
    }

    TEST_CASE("a name without an ending is a WAV") {
        for (const char* const name : {"-", "", "x", "a.d/x", ".hidden", "kick-0.5", "x.{index}",
                                       "/dev/stdout", "x.{name}.{seed}"}) {
            CAPTURE(name);
            CHECK(found(name) == "wav");
        }
    }

    TEST_CASE("an ending of something else is refused with what is possible") {
        CHECK(
            found("x.json").find("\".json\" is no sound file that can be written; known are .wav, "
                                 ".flac") != std::string::npos);
        CHECK(found("x.tar.gz").find("nothing is compressed here") != std::string::npos);
        CHECK(found("x.tgz", "tar").find("nothing is compressed here") != std::string::npos);
    }

    TEST_CASE("what is said must agree with what the name says") {
        CHECK(found("x.flac", "flac") == "flac");
        CHECK(found("x.tmp", "flac") == "flac");
        CHECK(found("frames.bin", "raw") == "raw");
        CHECK(found("-", "ogg") == "ogg");
        CHECK(found("x.flac", "wav").find("is the name of a FLAC file, and --to says \"wav\"") !=
              std::string::npos);
        CHECK(found("x.wav", "tar").find("is the name of a WAV file") != std::string::npos);
        CHECK(found("x.tar", "raw").find("is the name of a TAR") != std::string::npos);
        CHECK(found("x", "flc").find("did you mean \"flac\"?") != std::string::npos);
    }

    TEST_CASE("every word is taken, and called so again") {
        for (const std::string_view word : destination_words()) {
            CHECK(found("", word) == word);
        }
    }
}

}  // namespace
}  // namespace drumgen
