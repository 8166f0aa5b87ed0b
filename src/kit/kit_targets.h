#pragma once

#include <string>
#include <vector>

#include "cli/kit_arguments.h"
#include "kit/write_kit.h"

namespace drumgen {

/// Where the user wants kits, and how.
struct ExportOptions {
    std::string output;  ///< file, folder, template or "-"
    std::vector<std::string> formats;
    std::string depfile;  ///< empty when none is wanted
    SampleFormat format = SampleFormat::int24;
    bool list = false;  ///< kits are told and not written
    bool describe = false;
    bool no_clobber = false;
    bool json = false;
    bool quiet = false;
};

/// One kit on its way out.
struct Export {
    KitPlan plan;
    std::vector<KitTarget> targets;
};

/// Plans all kits. Throws Error (invalid) for a format that nobody knows, and when kits would share
/// a name.
[[nodiscard]] std::vector<Export> planned(const ExportOptions& options,
                                          const std::vector<Kit>& kits);

/// Refuses what would destroy an input or another output, before anything is rendered.
///   returns   every path that will be written
/// Throws Error with all problems.
[[nodiscard]] std::vector<std::string> check_outputs(const ExportOptions& options,
                                                     const GivenKits& given,
                                                     const std::vector<Export>& exports);

/// Writes what the outputs depend on, for make. Throws Error (failed).
void write_depfile(const ExportOptions& options, const GivenKits& given,
                   const std::vector<std::string>& outputs);

}  // namespace drumgen
