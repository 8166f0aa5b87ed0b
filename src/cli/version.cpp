#include "cli/version.h"

#include <CLI/Version.hpp>
#include <string>
#include <vector>

#include "drumgen/patch.h"
#include "io/libraries.h"
#include "io/report_json.h"
#include "kit/xml_version.h"
#include "kit/zip_archive.h"
#include "render/render_with.h"

#ifndef DRUMGEN_VERSION
#define DRUMGEN_VERSION "unknown"
#endif

namespace drumgen {
namespace {

#if defined(__clang__)
constexpr const char* compiler = "clang " __clang_version__;
#else
constexpr const char* compiler = "gcc " __VERSION__;
#endif

std::vector<Library> libraries() {
    std::vector<Library> all = io_libraries();
    all.push_back({"libzip", zip_version()});
    all.push_back({"pugixml", xml_version()});
    all.push_back({"CLI11", CLI11_VERSION});
    return all;
}

}  // namespace

std::string program_version() {
    return DRUMGEN_VERSION;
}

std::string version_text() {
    std::string text = "drumgen " DRUMGEN_VERSION "\nsound version " +
                       std::to_string(sound_version) + "\ninstruction set " + kernels().isa +
                       "\ncompiler " + compiler + "\n";
    for (const Library& library : libraries()) {
        text += library.name + " " + library.version + "\n";
    }
    return text;
}

std::string version_json() {
    std::string text = "{\"version\": " + json_quoted(DRUMGEN_VERSION) +
                       ", \"sound_version\": " + std::to_string(sound_version) +
                       ", \"instruction_set\": " + json_quoted(kernels().isa) +
                       ", \"compiler\": " + json_quoted(compiler) + ", \"libraries\": {";
    const char* separator = "";
    for (const Library& library : libraries()) {
        text += separator + json_quoted(library.name) + ": " + json_quoted(library.version);
        separator = ", ";
    }
    return text + "}}\n";
}

}  // namespace drumgen
