#pragma once

#include <string>
#include <vector>

#include "drumgen/kit.h"
#include "param/state.h"

namespace drumgen {

/// The part of a command line that says which kit is meant.
struct KitArguments {
    std::string word;  ///< a kit's file, ZIP, folder, inline JSON or "-"; may be empty
    std::vector<std::string> slots;   ///< "NAME=PATCH", put into the kit or in place of its own
    std::string name;                 ///< of the kit; empty: its own
    std::vector<Statement> settings;  ///< of every slot's rendering
    std::string velocities;           ///< "4"; empty: the kit's own
    std::string round_robins;
    bool clamp = false;
};

struct GivenKits {
    std::vector<Kit> kits;           ///< one at least
    std::string path;                ///< of an archive or folder that may be written again; or none
    std::vector<std::string> files;  ///< what was read, "-" for standard input
    std::vector<std::string> notes;  ///< for standard error
};

/// Reads and validates the kits. Throws Error with all problems.
[[nodiscard]] GivenKits take_kits(const KitArguments& arguments);

}  // namespace drumgen
