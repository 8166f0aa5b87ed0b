#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "input/patch_arguments.h"
#include "measure/text_picture.h"
#include "sound_file/sound_format.h"
#include "sound_file/wav.h"

namespace drumgen {

/// What sounds are put into.
enum class Container {
    files,  ///< a sound file each
    tar,    ///< WAVs and their patches, as WebDataset reads them
    raw,    ///< frames one behind the other
};

/// What is to be done with many sounds, or with one.
struct BatchRequest {
    PatchArguments patches;
    std::string output;    ///< file, template or "-"; empty when none is given
    std::string plot;      ///< file, template or "-" for a picture; empty when none is wanted
    std::string page;      ///< file or "-" for a page of all sounds; empty when none is wanted
    std::string depfile;   ///< empty when none is wanted
    std::string manifest;  ///< empty when none is wanted
    SampleFormat format = SampleFormat::int24;
    Container container = Container::files;
    const SoundFormat* file_format = &sound_formats().front();  ///< where each sound has a file
    bool bare = false;                                          ///< nothing but the sound in it
    std::uint64_t shard_size = 10000;  ///< sounds in each container of a template with {shard}
    unsigned jobs = 1;                 ///< threads
    std::optional<TextPicture> show;   ///< each waveform in characters
    bool no_clobber = false;
    bool allow_silence = false;
    bool dry_run = false;
    bool json = false;
    bool describe = false;
    bool verbose = false;  ///< a note on each file
    bool keep_going = false;
    bool resume = false;
};

}  // namespace drumgen
