#include "batch/read_line.h"

#include <doctest/doctest.h>

#include <string>

using namespace drumgen;

namespace {

RenderJob read(const std::string& line) {
    PatchArguments arguments;
    arguments.statements.push_back({Statement::Target::seed, "seed", "9"});
    RenderJob job;
    job.line = line;
    job.place = "list:3";
    read_line(job, instruments().front(), arguments);
    return job;
}

}  // namespace

TEST_SUITE("batch/read_line") {
    TEST_CASE("the command line has the last word on a line's patch") {
        const RenderJob job = read(R"({"seed": 4})");
        REQUIRE(job.patch);
        CHECK(job.patch->instrument == instruments().front());
        CHECK(job.patch->seed == 9);
    }

    TEST_CASE("what is wrong with a line is kept, with its place") {
        const RenderJob job = read(R"({"seed": -4})");
        CHECK_FALSE(job.patch);
        REQUIRE(job.refusal);
        CHECK(job.refusal->status() == Status::invalid);
        CHECK(std::string(job.refusal->what()).find("list:3") == 0);
    }

    TEST_CASE("a job that has its patch keeps it") {
        RenderJob job;
        job.patch = empty_patch(*instruments().back());
        job.line = "no JSON";
        read_line(job, nullptr, {});
        CHECK_FALSE(job.refusal);
        CHECK(job.patch->instrument == instruments().back());
    }
}
