#pragma once

#include <optional>
#include <string>
#include <vector>

#include "batch/job.h"
#include "batch/output_template.h"
#include "system/output_registry.h"

namespace drumgen {

/// The names of everything that a run writes, so that no output destroys another one or an input.
class RenderNames {
public:
    /// inputs    files that are read, "-" for standard input
    /// is_many   there may be more sounds than one, so that messages must tell which
    RenderNames(const BatchRequest& request, const OutputTemplates& templates,
                const std::vector<std::string>& inputs, bool is_many);

    /// Refuses early, for all jobs that are known from the start, what would be refused when
    /// minutes had been spent on rendering. Throws Error with all problems.
    void check(const std::vector<RenderJob>& jobs) const;

    /// Takes the names of one sound, in the order that sounds are taken. Throws Error (invalid)
    /// when one is not its own.
    ///   returns   a note for the user; empty when there is nothing to say
    [[nodiscard]] std::string use(const RenderedSound& sound);

private:
    using Output = OutputRegistry::Output;

    [[nodiscard]] std::vector<Output> outputs_of(const RenderJob& job, const std::string& path,
                                                 const std::string& plot);
    void check_indexes(const OutputName& name, const std::string& path, const std::string& plot,
                       const std::string& place);
    void check_fixed() const;

    const BatchRequest* request_;
    const OutputTemplates* templates_;
    OutputRegistry registry_;
    std::vector<std::string> fixed_;  // paths with no field
    std::string container_;           // the shard that is being written
    bool is_many_;
    RisingIndexes output_indexes_;
    RisingIndexes plot_indexes_;
};

}  // namespace drumgen
