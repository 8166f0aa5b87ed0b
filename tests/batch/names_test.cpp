#include "batch/names.h"

#include <doctest/doctest.h>

#include <fstream>
#include <string>
#include <vector>

#include "drumgen/error.h"
#include "test_folder.h"

using namespace drumgen;

namespace {

/// A run that writes sounds of seeds 0, 1 and 2 under a name.
struct Run {
    Folder folder;
    BatchRequest request;
    OutputTemplates templates;
    std::vector<RenderJob> jobs;

    explicit Run(const std::string& output) {
        request.output = folder.at(output);
        templates.output.emplace("-o", request.output);
        for (std::uint64_t position = 0; position < 3; ++position) {
            RenderJob& job = jobs.emplace_back();
            job.position = position;
            job.place = "patch " + std::to_string(position + 1);
            job.patch = empty_patch(*instruments().front());
            job.patch->seed = position;
        }
    }

    /// What is wrong with the names; empty when nothing is.
    [[nodiscard]] std::string problem(const std::vector<std::string>& inputs = {}) const {
        try {
            RenderNames(request, templates, inputs, true).check(jobs);
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
};

}  // namespace

TEST_SUITE("batch/names") {
    TEST_CASE("names that differ are taken") {
        CHECK(Run("{index}.wav").problem().empty());
        CHECK(Run("{seed}.wav").problem().empty());
    }

    TEST_CASE("a name that two sounds share is refused before anything is rendered") {
        Run run("{instrument}.wav");
        CHECK(run.problem().find("as one before it; add {index}") != std::string::npos);
        run.jobs.resize(1);
        CHECK(run.problem().empty());
    }

    TEST_CASE("no output is an input, however its name is written") {
        const Run run("{seed}.wav");
        const std::string input = run.folder.at("1.wav");
        std::ofstream(input) << "x";
        CHECK(run.problem({input}).find("would be lost") != std::string::npos);
        CHECK(run.problem({run.folder.at("./1.wav")}).find("would be lost") != std::string::npos);
        CHECK(run.problem({run.folder.at("9.wav")}).empty());
    }

    TEST_CASE("a sound may take the place of the file that its patch was read from") {
        Run run("{seed}.wav");
        const std::string input = run.folder.at("1.wav");
        std::ofstream(input) << "x";
        run.jobs[1].wav = input;
        CHECK(run.problem({input}).empty());
    }

    TEST_CASE("with no-clobber a file that is there is in the way") {
        Run run("{seed}.wav");
        std::ofstream(run.folder.at("2.wav")) << "x";
        CHECK(run.problem().empty());
        run.request.no_clobber = true;
        CHECK_FALSE(run.problem().empty());
    }
}
