#include "batch/resume.h"

#include <doctest/doctest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "batch/listing.h"
#include "sound_file/patch_wav.h"
#include "test_folder.h"

using namespace drumgen;

namespace {

constexpr std::size_t listed_bytes = 100;

/// A run of five sounds that was broken off.
struct BrokenRun {
    explicit BrokenRun(const std::string& output, Container container) {
        request.manifest = folder.at("set.jsonl");
        request.output = folder.at(output);
        request.container = container;
        request.shard_size = 2;
        templates.output.emplace("-o", request.output,
                                 container == Container::files ? OutputTemplate::Of::sounds
                                                               : OutputTemplate::Of::containers);
        for (std::uint64_t position = 0; position < 5; ++position) {
            RenderJob& job = jobs.emplace_back();
            job.position = position;
            job.place = "patch " + std::to_string(position + 1);
            job.patch = empty_patch(*instruments().front());
            job.patch->seed = position;
        }
    }

    [[nodiscard]] std::string path_of(const RenderJob& job) const {
        return templates.output->path(
            output_name(*job.patch, job.position, request.shard_size, ""));
    }

    /// Lists the first sounds and makes files that hold them.
    void make(std::size_t count) {
        std::ofstream manifest(request.manifest);
        for (std::size_t k = 0; k < count; ++k) {
            const RenderJob& job = jobs[k];
            ManifestEntry entry = listing_of(
                output_name(*job.patch, job.position, request.shard_size, ""), path_of(job),
                tags_of(*job.patch, resolve(*job.patch)).patch_json, request);
            if (request.container != Container::files) {
                entry.offset = 0;
            }
            entry.bytes = listed_bytes;
            manifest << manifest_line(entry);
            std::ofstream(path_of(job)) << std::string(listed_bytes, 'x');
        }
    }

    /// Which of the jobs are kept, a letter each.
    [[nodiscard]] std::string kept() {
        Manifest manifest(request.manifest, true, Overwrite::yes);
        Resume resume(manifest, nullptr, templates, request);
        std::deque<RenderJob> decided;
        for (const RenderJob& job : jobs) {
            resume.look_at(job, decided);
        }
        resume.finish(decided);
        std::string text;
        for (std::size_t k = 0; k < decided.size(); ++k) {
            CHECK(decided[k].position == k);
            text += decided[k].refusal ? 'r' : decided[k].kept ? 'k' : '-';
        }
        return text;
    }

    Folder folder;
    BatchRequest request;
    OutputTemplates templates;
    std::vector<RenderJob> jobs;
};

}  // namespace

TEST_SUITE("batch/resume") {
    TEST_CASE("files are kept up to the first that is not listed or not whole") {
        BrokenRun run("{index}.wav", Container::files);
        run.make(3);
        CHECK(run.kept() == "kkk--");
        std::filesystem::resize_file(run.path_of(run.jobs[1]), listed_bytes - 1);
        CHECK(run.kept() == "k----");
        std::filesystem::remove(run.path_of(run.jobs[0]));
        CHECK(run.kept() == "-----");
    }

    TEST_CASE("a shard is kept whole or not at all") {
        BrokenRun run("{shard}.tar", Container::tar);
        run.make(4);
        CHECK(run.kept() == "kkkk-");
        run.make(3);
        CHECK(run.kept() == "kk---");
        run.make(5);
        CHECK(run.kept() == "kkkkk");
        std::filesystem::remove(run.path_of(run.jobs[0]));
        CHECK(run.kept() == "-----");
    }

    TEST_CASE("a list of other sounds is refused where it differs") {
        BrokenRun run("{index}.wav", Container::files);
        run.make(3);
        run.jobs[1].patch->seed = 77;
        CHECK(run.kept() == "kr---");
    }
}
