#pragma once

#include <string>
#include <string_view>

#include "batch/batch_request.h"
#include "batch/output_template.h"
#include "document/manifest_entry.h"

namespace drumgen {

/// The number of a sound as WebDataset counts: six digits or more.
[[nodiscard]] std::string member_of(const OutputName& name);

/// What the manifest says of a sound before it is rendered.
///   path         of its file or container, or "-"
///   patch_json   as its file carries it
[[nodiscard]] ManifestEntry listing_of(const OutputName& name, const std::string& path,
                                       std::string_view patch_json, const BatchRequest& request);

/// Does that line of an earlier run list the sound, and is what it tells of there, whole? Throws
/// Error (invalid) when it lists another sound.
///   line    without its line feed
///   entry   of the sound, before it is rendered
///   place   of the sound, for the message
[[nodiscard]] bool is_whole(const std::string& line, ManifestEntry entry, const std::string& place,
                            const BatchRequest& request);

}  // namespace drumgen
