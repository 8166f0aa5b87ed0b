#include "input/preset.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "document/builtin_presets.h"
#include "drumgen/error.h"

using namespace drumgen;

namespace {

namespace fs = std::filesystem;

/// A folder that DRUMGEN_PRESET_PATH names, and no other preset of the user's in sight.
class UserPresets {
public:
    UserPresets() {
        std::string name = (fs::temp_directory_path() / "drumgen-test-XXXXXX").string();
        folder_ = mkdtemp(name.data());
        fs::create_directories(folder_ / "presets" / "kick");
        setenv("DRUMGEN_PRESET_PATH", (":/nowhere:" + (folder_ / "presets").string()).c_str(), 1);
        setenv("XDG_DATA_HOME", (folder_ / "data").c_str(), 1);
    }
    ~UserPresets() {
        unsetenv("DRUMGEN_PRESET_PATH");
        unsetenv("XDG_DATA_HOME");
        fs::remove_all(folder_);
    }
    UserPresets(const UserPresets&) = delete;
    UserPresets& operator=(const UserPresets&) = delete;

    void write(const std::string& path, const std::string& text) const {
        fs::create_directories((folder_ / path).parent_path());
        std::ofstream(folder_ / path) << text;
    }

private:
    fs::path folder_;
};

}  // namespace

TEST_SUITE_BEGIN("input/preset");

TEST_CASE("every built-in preset is a patch of its instrument, named and described") {
    REQUIRE_FALSE(builtin_presets().empty());
    for (const Preset& preset : builtin_presets()) {
        CAPTURE(preset.name);
        CHECK_FALSE(preset.description.empty());
        CHECK(preset.description.find('\n') == preset.description.npos);
        const auto patch = find_preset(preset.name);
        REQUIRE(patch);
        CHECK(preset.name.starts_with(std::string(patch->instrument->name) + "/"));
        CHECK(patch->name == preset.name);
    }
}

TEST_CASE("a built-in preset states only what differs from the defaults") {
    for (const Preset& preset : builtin_presets()) {
        CAPTURE(preset.name);
        const auto patch = find_preset(preset.name);
        REQUIRE(patch);
        for (std::size_t i = 0; i < patch->params.size(); ++i) {
            const Parameter& row = patch->instrument->parameters[i];
            if (patch->params[i]) {
                CAPTURE(row.id.view());
                CHECK(patch->params[i]->origin == Origin::preset);
                CHECK((row.optional || patch->params[i]->value != row.standard));
            }
        }
    }
}

TEST_CASE("built-in presets are sorted by name and without twins") {
    const auto& presets = builtin_presets();
    for (std::size_t i = 1; i < presets.size(); ++i) {
        CHECK(presets[i - 1].name < presets[i].name);
    }
}

TEST_CASE("the user's presets are found and listed, the built-in ones first") {
    const UserPresets user;
    user.write("presets/kick/mine.json", R"({"params": {"tune": 33}, "seed": 9})");
    user.write("data/drumgen/presets/kick/other.json", R"({"description": "x", "tune": 34})");
    user.write("presets/kick/notes.txt", "no preset");
    user.write("presets/" + builtin_presets()[0].name + ".json", "broken");
    const auto mine = find_preset("kick/mine");
    REQUIRE(mine);
    CHECK(mine->seed == 9);
    CHECK(mine->name == "kick/mine");
    CHECK(find_preset("kick/other"));
    CHECK_FALSE(find_preset("kick/notes"));
    CHECK(find_preset(builtin_presets()[0].name));
    const auto names = preset_names();
    CHECK(names.size() == builtin_presets().size() + 2);
    CHECK(std::is_sorted(names.begin(), names.end()));
    CHECK(std::count(names.begin(), names.end(), "kick/mine") == 1);
}

TEST_CASE("a broken preset names its file") {
    const UserPresets user;
    user.write("presets/kick/bad.json", R"({"params": {"tune": 330}})");
    try {
        (void)find_preset("kick/bad");
        FAIL("taken");
    } catch (const Error& error) {
        CHECK(error.problems().size() == 1);
        CHECK(std::string(error.what()).find("kick/bad.json: kick: tune = 330") !=
              std::string::npos);
    }
}

TEST_CASE("a name can't leave the folder of presets") {
    const UserPresets user;
    user.write("out.json", R"({"instrument": "kick"})");
    user.write("presets/.hidden.json", R"({"instrument": "kick"})");
    for (const std::string& name :
         {std::string("../out"), std::string("kick/../../out"), std::string("/etc/passwd"),
          std::string(".hidden"), std::string("kick/"), std::string("kick//mine"),
          std::string("kick/./mine"), std::string(), std::string("kick\nmine"),
          std::string("kick\0mine", 9), std::string(5000, 'x'), std::string("..")}) {
        CAPTURE(name);
        CHECK_FALSE(find_preset(name));
    }
    CHECK(preset_names().size() == builtin_presets().size());
}

TEST_SUITE_END();
