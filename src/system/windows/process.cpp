#include "system/process.h"

#include <fcntl.h>
#include <io.h>
#include <windows.h>

#include <shellapi.h>

#include <cfenv>
#include <memory>
#include <utility>

#include "base/text.h"
#include "drumgen/error.h"
#include "system/environment.h"
#include "system/file.h"
#include "system/last_words.h"
#include "system/path.h"
#include "system/signals.h"
#include "system/temporary_file.h"
#include "system/windows/wide.h"

namespace drumgen {
namespace {

/// Takes the place of a standard stream that is closed, so that no file gets its number.
void fill_closed_streams() {
    for (const int stream : {standard_input, standard_output, standard_error}) {
        if (_get_osfhandle(stream) < 0) {
            (void)_open("NUL", _O_RDONLY);
        }
    }
}

/// The files that a word with * or ? means, as a shell of other systems would have put them; the word
/// itself where there are none.
std::vector<std::string> meant_by(const std::string& word) {
    if (word.find_first_of("*?") == word.npos) {
        return {word};
    }
    const std::optional<std::vector<std::string>> names = names_like(word);
    if (!names) {
        return {word};
    }
    std::vector<std::string> files;
    for (const std::string& name : *names) {
        files.push_back(path_below(parent_of(word), name));
    }
    return files;
}

/// A word as CommandLineToArgvW reads it.
std::wstring quoted(const std::wstring& word) {
    std::wstring text = L"\"";
    std::size_t backslashes = 0;
    for (const wchar_t letter : word) {
        if (letter == L'"') {
            text.append(backslashes + 1, L'\\');
        }
        backslashes = letter == L'\\' ? backslashes + 1 : 0;
        text += letter;
    }
    return text + std::wstring(backslashes, L'\\') + L'"';
}

}  // namespace

void prepare_process() {
    fill_closed_streams();
    for (const int stream : {standard_input, standard_output, standard_error}) {
        _setmode(stream, _O_BINARY);
    }
    SetConsoleOutputCP(CP_UTF8);
    install_signal_handlers();
    install_last_words();
    std::fesetenv(FE_DFL_ENV);
}

std::vector<std::string> words_of_command_line(int, char**) {
    int count = 0;
    const std::unique_ptr<wchar_t*, decltype(&LocalFree)> all(
        CommandLineToArgvW(GetCommandLineW(), &count), LocalFree);
    std::vector<std::string> words;
    for (int i = 1; i < count; ++i) {
        for (std::string& word : meant_by(narrow(all.get()[i]))) {
            words.push_back(std::move(word));
        }
    }
    return words;
}

std::uint64_t process_number() {
    return GetCurrentProcessId();
}

ChildProcess::ChildProcess(std::vector<std::string> words, std::span<const std::uint8_t> bytes) {
    // A player goes by the ending of a name.
    static std::uint64_t count = 0;
    const std::string folder =
        environment_variable("TEMP").value_or(environment_variable("TMP").value_or("."));
    file_ = path_below(folder, formatted("drumgen-{}-{}.wav", process_number(), count++));
    {
        const File file(file_system().open(file_, Access::create));
        if (!file.is_open()) {
            fail_with_errno("write", file_);
        }
        write_to(file.number(), bytes, file_);
    }
    words.push_back(file_);
    std::wstring line;
    for (const std::string& word : words) {
        line += (line.empty() ? L"" : L" ") + quoted(wide(word));
    }
    STARTUPINFOW start{};
    start.cb = sizeof start;
    PROCESS_INFORMATION process{};
    if (CreateProcessW(nullptr, line.data(), nullptr, nullptr, FALSE, CREATE_NO_WINDOW, nullptr,
                       nullptr, &start, &process) == 0) {
        file_system().remove(file_.c_str());
        throw Error(Status::failed, formatted("cannot play with {}: Windows finds or starts it not",
                                              in_quotes(words.front())));
    }
    CloseHandle(process.hThread);
    process_ = reinterpret_cast<std::intptr_t>(process.hProcess);
}

ChildProcess::~ChildProcess() {
    if (process_ != -1) {
        HANDLE process = reinterpret_cast<HANDLE>(process_);
        TerminateProcess(process, 1);
        WaitForSingleObject(process, INFINITE);
        CloseHandle(process);
    }
    file_system().remove(file_.c_str());
}

std::optional<int> ChildProcess::status() {
    HANDLE process = reinterpret_cast<HANDLE>(process_);
    DWORD status = 0;
    if (process_ == -1 || WaitForSingleObject(process, 0) != WAIT_OBJECT_0 ||
        GetExitCodeProcess(process, &status) == 0) {
        return std::nullopt;
    }
    CloseHandle(process);
    process_ = -1;
    return static_cast<int>(status);
}

}  // namespace drumgen
