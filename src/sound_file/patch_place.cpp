#include "sound_file/patch_place.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/bytes.h"
#include "sound_file/memory_file.h"
#include "sound_file/riff.h"
#include "sound_file/wav.h"

namespace drumgen {
namespace {

using Bytes = std::span<const std::uint8_t>;

/// Does libsndfile write chunks of any name into it? It pads them with whatever lies behind them in
/// memory, so they are given a multiple of that.
bool has_chunks(int type) {
    const int container = type & SF_FORMAT_TYPEMASK;
    return container == SF_FORMAT_AIFF || container == SF_FORMAT_CAF;
}
constexpr std::size_t chunk_alignment = 4;

/// JSON may end with spaces.
std::string padded_to(std::string_view text, std::size_t alignment) {
    std::string padded(text);
    padded.resize((text.size() + alignment - 1) / alignment * alignment, ' ');
    return padded;
}

SF_CHUNK_INFO our_chunk() {
    SF_CHUNK_INFO chunk{};
    std::copy(patch_chunk_id.begin(), patch_chunk_id.end(), std::begin(chunk.id));
    chunk.id_size = static_cast<unsigned>(patch_chunk_id.size());
    return chunk;
}

/// The patch in a text of a file, without its padding; empty for any other text.
std::string patch_of_text(std::string_view text) {
    if (!text.starts_with('{') || text.size() > max_wav_patch_bytes) {
        return "";
    }
    return without_padding(text);
}

/// The patch in the description of a FLAC or Ogg, where ffmpeg puts the comment of a WAV and
/// libsndfile does not look. Each of these texts has its length before it.
/// Source: Vorbis I specification, section 5, Xiph.Org Foundation.
std::string patch_in_description(Bytes bytes) {
    constexpr std::string_view key = "DESCRIPTION=";
    constexpr std::size_t length_bytes = 4;
    const auto found = std::search(bytes.begin(), bytes.end(), key.begin(), key.end());
    const auto at = static_cast<std::size_t>(found - bytes.begin());
    if (found == bytes.end() || at < length_bytes) {
        return "";
    }
    const std::size_t length = number_at(bytes, at - length_bytes, length_bytes);
    if (length < key.size() || length > bytes.size() - at) {
        return "";
    }
    const Bytes text = bytes.subspan(at + key.size(), length - key.size());
    return patch_of_text(text_in(text));
}

std::string patch_in_chunk(SNDFILE* file) {
    const SndfileLibrary& library = sndfile_library();
    SF_CHUNK_INFO chunk = our_chunk();
    SF_CHUNK_ITERATOR* const iterator = library.get_chunk_iterator(file, &chunk);
    if (iterator == nullptr || library.get_chunk_size(iterator, &chunk) != SF_ERR_NO_ERROR ||
        chunk.datalen > max_wav_patch_bytes + chunk_alignment) {
        return "";
    }
    std::string text(chunk.datalen, '\0');
    chunk.data = text.data();
    return library.get_chunk_data(iterator, &chunk) == SF_ERR_NO_ERROR ? patch_of_text(text) : "";
}

// A Wave64 begins with the name "riff", its whole size and the name "wave". Then come chunks: a
// name, a size that counts both, a body, and zeros up to a multiple of 8. A name has 16 bytes,
// sizes have 8.
constexpr std::size_t name_bytes = 16;
constexpr std::size_t size_bytes = 8;
constexpr std::size_t wave64_header_bytes = 2 * name_bytes + size_bytes;

/// The chunk that has the patch: one that programs pass over. libsndfile stops at a name that it
/// does not know, and takes what stands behind the samples for more of them.
constexpr std::string_view wave64_place = "junk";

/// Names are a word and the rest of a GUID, which those of sound have in common.
using Name = std::array<std::uint8_t, name_bytes>;
Name wave64_name(std::string_view word) {
    Name name{0, 0, 0, 0, 0xF3, 0xAC, 0xD3, 0x11, 0x8C, 0xD1, 0x00, 0xC0, 0x4F, 0x8E, 0xDB, 0x8A};
    std::copy(word.begin(), word.end(), name.begin());
    return name;
}

bool begins_with_name(Bytes bytes, const Name& name) {
    return bytes.size() >= name.size() && std::equal(name.begin(), name.end(), bytes.begin());
}

std::uint64_t size_at(Bytes bytes, std::size_t at) {
    return std::uint64_t{number_at(bytes, at + 4, 4)} << 32 | number_at(bytes, at, 4);
}

/// Walks the chunks of a Wave64, each with its header. There are none in anything else.
class Wave64Walk {
public:
    explicit Wave64Walk(Bytes bytes) : bytes_(bytes), at_(wave64_header_bytes) {
        // Only the first name has the rest of another GUID.
        if (bytes.size() < wave64_header_bytes ||
            !begins_with_name(bytes.subspan(name_bytes + size_bytes), wave64_name("wave"))) {
            at_ = bytes.size();
        }
    }

    [[nodiscard]] std::optional<Bytes> next() {
        if (bytes_.size() - at_ < name_bytes + size_bytes) {
            return std::nullopt;
        }
        const std::uint64_t size = size_at(bytes_, at_ + name_bytes);
        if (size < name_bytes + size_bytes || size > bytes_.size() - at_) {
            return std::nullopt;
        }
        const Bytes chunk = bytes_.subspan(at_, size);
        at_ = std::min<std::size_t>((at_ + size + size_bytes - 1) / size_bytes * size_bytes,
                                    bytes_.size());
        return chunk;
    }

private:
    Bytes bytes_;
    std::size_t at_;
};

std::string patch_in_wave64(Bytes bytes) {
    Wave64Walk walk(bytes);
    while (const std::optional<Bytes> chunk = walk.next()) {
        if (begins_with_name(*chunk, wave64_name(wave64_place))) {
            const Bytes body = chunk->subspan(name_bytes + size_bytes);
            const std::string_view text = text_in(body);
            if (std::string patch = patch_of_text(text); !patch.empty()) {
                return patch;
            }
        }
    }
    return "";
}

}  // namespace

void put_patch(SNDFILE* file, int type, const std::string& title, const std::string& patch_json) {
    const SndfileLibrary& library = sndfile_library();
    if (!title.empty()) {
        library.set_string(file, SF_STR_TITLE, title.c_str());
    }
    if (patch_json.empty()) {
        return;
    }
    // A comment beside the chunk outlives programs that leave chunks out.
    if (!has_chunks(type) || patch_json.size() <= max_comment_bytes) {
        library.set_string(file, SF_STR_COMMENT, patch_json.c_str());
    }
    if (has_chunks(type)) {
        std::string text = padded_to(patch_json, chunk_alignment);
        SF_CHUNK_INFO chunk = our_chunk();
        chunk.data = text.data();
        chunk.datalen = static_cast<unsigned>(text.size());
        library.set_chunk(file, &chunk);
    }
}

void insert_wave64_patch(std::vector<std::uint8_t>& bytes, std::string_view patch_json) {
    const std::string text = padded_to(patch_json, size_bytes);
    const Name name = wave64_name(wave64_place);
    std::vector<std::uint8_t> chunk(name.begin(), name.end());
    chunk.resize(name_bytes + size_bytes);
    set_number_at(chunk, name_bytes, name_bytes + size_bytes + text.size(), size_bytes);
    chunk.insert(chunk.end(), text.begin(), text.end());
    Wave64Walk walk(bytes);
    while (const std::optional<Bytes> found = walk.next()) {
        if (begins_with_name(*found, wave64_name("data"))) {
            bytes.insert(bytes.begin() + (found->data() - bytes.data()), chunk.begin(),
                         chunk.end());
            set_number_at(bytes, name_bytes, bytes.size(), size_bytes);
            return;
        }
    }
}

std::string patch_in_sound(SNDFILE* file, Bytes bytes) {
    std::string patch = patch_in_chunk(file);
    if (patch.empty()) {
        const char* const comment = sndfile_library().get_string(file, SF_STR_COMMENT);
        patch = comment == nullptr ? "" : patch_of_text(comment);
    }
    if (patch.empty()) {
        patch = patch_in_wave64(bytes);
    }
    return patch.empty() ? patch_in_description(bytes) : patch;
}

std::string patch_in_sound(Bytes bytes) {
    MemoryFile memory{bytes};
    SF_INFO info{};
    const Sndfile file = open_memory(memory, info);
    return file ? patch_in_sound(file.get(), bytes) : "";
}

}  // namespace drumgen
