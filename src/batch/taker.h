#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "batch/job.h"
#include "batch/names.h"
#include "batch/reporter.h"
#include "batch/sound_container.h"
#include "batch/source.h"

namespace drumgen {

/// Puts what was rendered where it belongs, in order.
class RenderTaker {
public:
    /// manifest   to list the sounds in, or null
    RenderTaker(const BatchRequest& request, const OutputTemplates& templates, RenderNames names,
                const RenderSource& source, Manifest* manifest, Reporter& reporter);

    /// False when a problem ends the batch.
    [[nodiscard]] bool take(RenderedChunk chunk);

    /// Completes what is open. Throws Error with all problems.
    [[nodiscard]] Status finish();

    /// The files that were made, for a depfile.
    [[nodiscard]] const std::vector<std::string>& outputs() const noexcept { return outputs_; }

private:
    bool take(RenderedSound& sound, std::span<const std::uint8_t> bytes);

    [[nodiscard]] bool has_shards() const noexcept;

    void use_names(const RenderedSound& sound);

    /// What a run that has met a problem leaves behind; empty when that goes without saying.
    [[nodiscard]] std::string what_is_written() const;

    /// There may be more problems than memory holds.
    [[nodiscard]] bool tells_at_once() const noexcept;

    bool put(RenderedSound& sound, std::span<const std::uint8_t> bytes);

    void write(RenderedSound& sound, std::span<const std::uint8_t> bytes);

    /// Frames one behind the other show no ends, so without a list all sounds are alike.
    void check_length(const RenderedSound& sound);

    /// Lists a sound once it is where it belongs.
    void list(RenderedSound& sound, std::uint64_t begin);

    void list_pending();

    void put_on_page(std::string_view text);

    void remember(const std::string& path);

    /// Removes what the run that is resumed left beside its sounds when it was killed.
    void sweep_beside(const std::string& path);

    /// Each once: many patches may share a note. Not more than anybody reads.
    void tell_notes(const std::vector<std::string>& notes);

    static constexpr std::size_t most_notes = 1000;

    const BatchRequest& request_;
    const OutputTemplates& templates_;
    RenderNames names_;
    const RenderSource& source_;
    Manifest* manifest_;
    SoundContainer container_;
    SoundContainer page_;
    Reporter& reporter_;
    Status status_ = Status::done;
    Status worst_ = Status::failed;
    std::vector<std::string> problems_;
    std::uint64_t seen_ = 0;
    std::uint64_t bad_ = 0;
    std::optional<std::size_t> raw_bytes_;  // of each sound so far
    std::size_t sounds_on_page_ = 0;
    std::uint64_t page_bytes_ = 0;
    std::vector<std::string> outputs_;  // for a depfile
    std::string pending_;               // lines of the shard that is being written
    std::string pending_path_;
    std::set<std::string> notes_;
    std::set<std::string> folders_;
    std::set<std::string> swept_;
    std::string last_folder_;
};

}  // namespace drumgen
