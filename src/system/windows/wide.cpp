#include "system/windows/wide.h"

#include <windows.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace drumgen {

std::wstring wide(std::string_view text) {
    const int size = static_cast<int>(text.size());
    std::wstring found(static_cast<std::size_t>(std::max(
                           MultiByteToWideChar(CP_UTF8, 0, text.data(), size, nullptr, 0), 0)),
                       L'\0');
    MultiByteToWideChar(CP_UTF8, 0, text.data(), size, found.data(),
                        static_cast<int>(found.size()));
    return found;
}

std::string narrow(std::wstring_view text) {
    const int size = static_cast<int>(text.size());
    std::string found(
        static_cast<std::size_t>(std::max(
            WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr), 0)),
        '\0');
    WideCharToMultiByte(CP_UTF8, 0, text.data(), size, found.data(), static_cast<int>(found.size()),
                        nullptr, nullptr);
    return found;
}

std::wstring wide_path(std::string_view path) {
    // MAX_PATH less the name that a folder must leave room for.
    constexpr std::size_t most = 248;
    std::wstring name = wide(path);
    std::replace(name.begin(), name.end(), L'/', L'\\');
    if (name.size() < most || name.starts_with(L"\\\\")) {
        return name;
    }
    const DWORD size = GetFullPathNameW(name.c_str(), 0, nullptr, nullptr);
    std::wstring whole(size, L'\0');
    whole.resize(GetFullPathNameW(name.c_str(), size, whole.data(), nullptr));
    return whole.empty() ? name : L"\\\\?\\" + whole;
}

std::optional<std::vector<std::string>> names_like(std::string_view pattern) {
    WIN32_FIND_DATAW found{};
    HANDLE search = FindFirstFileW(wide_path(pattern).c_str(), &found);
    if (search == INVALID_HANDLE_VALUE) {
        return std::nullopt;
    }
    std::vector<std::string> names;
    do {
        std::string name = narrow(found.cFileName);
        if (name != "." && name != "..") {
            names.push_back(std::move(name));
        }
    } while (FindNextFileW(search, &found) != 0);
    FindClose(search);
    return names;
}

void set_errno() {
    switch (GetLastError()) {
        case ERROR_FILE_NOT_FOUND:
        case ERROR_PATH_NOT_FOUND:
        case ERROR_INVALID_NAME:
        case ERROR_BAD_PATHNAME:
        case ERROR_BAD_NETPATH:
        case ERROR_INVALID_DRIVE:
            errno = ENOENT;
            break;
        case ERROR_FILE_EXISTS:
        case ERROR_ALREADY_EXISTS:
            errno = EEXIST;
            break;
        case ERROR_ACCESS_DENIED:
        case ERROR_SHARING_VIOLATION:
        case ERROR_LOCK_VIOLATION:
            errno = EACCES;
            break;
        case ERROR_WRITE_PROTECT:
            errno = EROFS;
            break;
        case ERROR_DISK_FULL:
        case ERROR_HANDLE_DISK_FULL:
            errno = ENOSPC;
            break;
        case ERROR_BROKEN_PIPE:
        case ERROR_NO_DATA:
            errno = EPIPE;
            break;
        case ERROR_DIRECTORY:
            errno = ENOTDIR;
            break;
        case ERROR_DIR_NOT_EMPTY:
            errno = ENOTEMPTY;
            break;
        case ERROR_TOO_MANY_OPEN_FILES:
            errno = EMFILE;
            break;
        case ERROR_INVALID_HANDLE:
            errno = EBADF;
            break;
        case ERROR_NOT_ENOUGH_MEMORY:
            errno = ENOMEM;
            break;
        default:
            errno = EIO;
    }
}

}  // namespace drumgen
