#include "input/read_kit.h"

#include <functional>
#include <utility>

#include "base/bytes.h"
#include "base/text.h"
#include "document/kit_info_files.h"
#include "drumgen/error.h"
#include "sound_file/wav.h"
#include "system/file.h"
#include "system/path.h"

namespace drumgen {
namespace {

constexpr std::size_t max_wav_bytes = std::size_t{64} << 20;

/// The folder that a kit lies in inside an archive, with its slash: none as it was written, one
/// when somebody has packed the unpacked folder. Throws Error (invalid) when there is more than
/// one.
std::string folder_in(const ZipReader& archive) {
    const std::string ending = std::string("/") + kit_info_path;
    std::vector<std::string> folders;
    for (const std::string& path : archive.paths()) {
        if (path == kit_info_path) {
            return "";
        }
        if (path.ends_with(ending) && !path.starts_with("__MACOSX/")) {
            folders.push_back(path.substr(0, path.size() - ending.size() + 1));
        }
    }
    if (folders.size() > 1) {
        throw Error(Status::invalid,
                    formatted("{}: holds {} kits; unpack it and name one of its folders",
                              archive.place(), folders.size()));
    }
    return folders.empty() ? "" : folders.front();  // read() tells that it holds none
}

std::vector<KitWav> listed_wavs(
    std::string_view info, const std::string& place,
    const std::function<std::vector<std::uint8_t>(const std::string&)>& read) {
    std::vector<KitWav> wavs;
    std::vector<std::string> problems;
    for (ListedFile& file : files_in_kit_info(info, place)) {
        try {
            std::vector<std::uint8_t> bytes = read(file.path);
            wavs.push_back({std::move(file.path), std::move(file.sha256), std::move(bytes)});
        } catch (const Error& error) {
            problems.insert(problems.end(), error.problems().begin(), error.problems().end());
        }
    }
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return wavs;
}

}  // namespace

bool is_archive_name(std::string_view path) {
    return path.ends_with(".zip") || path.ends_with(".dslibrary");
}

Kit kit_in(const ZipReader& archive, KitReading& reading) {
    const std::string path = folder_in(archive) + kit_info_path;
    const std::vector<std::uint8_t> info = archive.read(path, max_kit_bytes);
    reading.place += "/" + path;
    return kit_from_json(text_in(info), reading);
}

bool is_kit_folder(const std::string& path) {
    return is_regular_file(path_below(path, kit_info_path));
}

Kit kit_in_folder(const std::string& path, KitReading& reading, std::vector<std::string>& files) {
    if (is_kit_folder(path)) {
        const std::string info = path_below(path, kit_info_path);
        files.push_back(info);
        reading.place = info;
        return kit_from_json(text_in(read_file(info, max_kit_bytes)), reading);
    }
    std::vector<std::string> names;
    for (std::string& name : names_in(path)) {
        if (name.ends_with(".wav") && !name.starts_with(".")) {
            names.push_back(std::move(name));
        }
    }
    if (const std::string problem = slot_count_problem(names.size()); !problem.empty()) {
        throw Error(Status::invalid, message(path, "", problem));
    }
    Kit kit;
    kit.name = file_name_of(normal_path(path));
    if (kit.name.empty()) {  // the path ends with a slash
        kit.name = file_name_of(parent_of(normal_path(path)));
    }
    std::vector<std::string> problems;
    for (const std::string& name : names) {
        files.push_back(path_below(path, name));
        Slot slot;
        slot.name = name.substr(0, name.rfind('.'));
        try {
            slot.patch = reading.patch_of(files.back());
        } catch (const Error& wrong) {
            problems.insert(problems.end(), wrong.problems().begin(), wrong.problems().end());
        }
        kit.slots.push_back(std::move(slot));
    }
    if (names.empty()) {
        problems.push_back(path + ": holds no kit_info.json and no .wav files to make a kit of");
    }
    check_kit(kit, path, problems);
    if (!problems.empty()) {
        throw Error(Status::invalid, problems);
    }
    return kit;
}

std::vector<KitWav> wavs_of(const ZipReader& archive, const std::string& place) {
    const std::string folder = folder_in(archive);
    return listed_wavs(
        text_in(archive.read(folder + kit_info_path, max_kit_bytes)), place,
        [&](const std::string& path) { return archive.read(folder + path, max_wav_bytes); });
}

std::vector<KitWav> wavs_of_folder(const std::string& path) {
    const std::string info = path_below(path, kit_info_path);
    return listed_wavs(text_in(read_file(info, max_kit_bytes)), info,
                       [&path](const std::string& name) {
                           return read_file(path_below(path, name), max_wav_bytes);
                       });
}

}  // namespace drumgen
