#pragma once

#include <string>
#include <vector>

#include "cli/patch_arguments.h"
#include "io/wav.h"

namespace drumgen {

/// What the user asks of `drumgen render`.
struct RenderOptions {
    PatchArguments patches;
    std::string output;   ///< file, template or "-"; empty when none is given
    std::string plot;     ///< file, template or "-" for a picture; empty when none is wanted
    std::string depfile;  ///< empty when none is wanted
    SampleFormat format = SampleFormat::int24;
    bool no_clobber = false;
    bool dry_run = false;
    bool force = false;
    bool json = false;
    bool describe = false;
    bool show = false;
    bool quiet = false;
    bool verbose = false;
};

}  // namespace drumgen
