#include "cli/version.h"

#include <CLI/Version.hpp>
#include <string>
#include <vector>

#include "archive/zip_archive.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "document/json_text.h"
#include "document/report_json.h"
#include "drumgen/patch.h"
#include "kit/xml_version.h"
#include "render/render_with.h"
#include "sound_file/sndfile_library.h"

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

struct Library {
    std::string name;
    std::string version;
};

std::vector<Library> libraries() {
    return {{"libsndfile", sndfile_version()},
            {"nlohmann/json", json_version()},
            {"libzip", zip_version()},
            {"pugixml", xml_version()},
            {"CLI11", CLI11_VERSION}};
}

}  // namespace

std::string program_version() {
    return DRUMGEN_VERSION;
}

std::string version_text() {
    std::string text = formatted("drumgen {}\nsound version {}\ninstruction set {}\ncompiler {}\n",
                                 DRUMGEN_VERSION, sound_version, kernels().isa, compiler);
    for (const Library& library : libraries()) {
        text += formatted("{} {}\n", library.name, library.version);
    }
    return text;
}

std::string version_json() {
    JsonWriter writer;
    writer.begin_object()
        .member("version", DRUMGEN_VERSION)
        .member("sound_version", sound_version)
        .member("instruction_set", kernels().isa)
        .member("compiler", compiler)
        .key("libraries")
        .begin_object();
    for (const Library& library : libraries()) {
        writer.member(library.name, library.version);
    }
    return writer.end().end().line();
}

}  // namespace drumgen
