#pragma once

#include <string>
#include <vector>

#include "export/kit_arguments.h"
#include "kit/kit_plan.h"
#include "kit/layer_sounds.h"
#include "sound_file/wav.h"

namespace drumgen {

/// What is to be done with kits.
struct KitRequest {
    KitArguments kit;
    std::string output;                ///< file, folder, template or "-"
    std::vector<std::string> formats;  ///< empty: what the output's name tells
    std::string depfile;               ///< empty when none is wanted
    SampleFormat format = SampleFormat::int24;
    Levels levels = Levels::balanced;
    std::string date;      ///< of the kit in ISO 8601; empty: none
    std::string version;   ///< of the program
    unsigned threads = 1;  ///< any number gives the same bytes
    AnsweredKeys keys = AnsweredKeys::all_drums;
    std::string beat;     ///< file of a beat that the kit plays; empty: none
    std::string pattern;  ///< that it plays: a name, or a MIDI file
    std::string tempo;    ///< of the beat, quarters a minute; empty: the pattern's
    bool list = false;    ///< kits are told and not written
    bool describe = false;
    bool no_clobber = false;
    bool dry_run = false;
    bool json = false;
    bool verbose = false;
};

}  // namespace drumgen
