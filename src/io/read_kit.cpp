#include "io/read_kit.h"

#include <algorithm>
#include <filesystem>
#include <functional>
#include <system_error>

#include "base/text.h"
#include "drumgen/error.h"
#include "io/file.h"
#include "io/wav.h"

namespace drumgen {
namespace {

constexpr std::size_t max_wav_bytes = std::size_t{64} << 20;

std::string text_of(const std::vector<std::uint8_t>& bytes) {
    return {bytes.begin(), bytes.end()};
}

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
    const std::string& info, const std::string& place,
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
    const std::string info = text_of(archive.read(path, max_kit_bytes));
    reading.place += "/" + path;
    return kit_from_json(info, reading);
}

bool is_kit_folder(const std::string& path) {
    std::error_code error;
    return std::filesystem::is_regular_file(path_below(path, kit_info_path), error);
}

Kit kit_in_folder(const std::string& path, KitReading& reading, std::vector<std::string>& files) {
    if (is_kit_folder(path)) {
        const std::string info = path_below(path, kit_info_path);
        files.push_back(info);
        reading.place = info;
        return kit_from_json(text_of(read_file(info, max_kit_bytes)), reading);
    }
    std::vector<std::string> names;
    std::error_code error;
    for (std::filesystem::directory_iterator at(path, error), end; !error && at != end;
         at.increment(error)) {
        const std::string name = at->path().filename().string();
        if (name.ends_with(".wav") && !name.starts_with(".")) {
            names.push_back(name);
        }
    }
    if (error) {
        throw Error(Status::failed, formatted("cannot read {}: {}", path, error.message()));
    }
    std::sort(names.begin(), names.end());
    Kit kit;
    kit.name = std::filesystem::path(path).lexically_normal().filename().string();
    if (kit.name.empty()) {  // the path ends with a slash
        kit.name = std::filesystem::path(path).lexically_normal().parent_path().filename().string();
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
        text_of(archive.read(folder + kit_info_path, max_kit_bytes)), place,
        [&](const std::string& path) { return archive.read(folder + path, max_wav_bytes); });
}

std::vector<KitWav> wavs_of_folder(const std::string& path) {
    const std::string info = path_below(path, kit_info_path);
    return listed_wavs(text_of(read_file(info, max_kit_bytes)), info,
                       [&path](const std::string& name) {
                           return read_file(path_below(path, name), max_wav_bytes);
                       });
}

}  // namespace drumgen
