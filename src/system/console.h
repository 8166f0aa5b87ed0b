#pragma once

#include <memory>
#include <optional>

namespace drumgen {

/// Is a stream a terminal?
[[nodiscard]] bool is_terminal(int stream);

/// Columns of the terminal behind a stream; none when it is none.
[[nodiscard]] std::optional<int> terminal_columns(int stream);

/// Can what standard error leads to move its cursor?
[[nodiscard]] bool can_redraw();

/// Does the terminal show letters beyond ASCII?
[[nodiscard]] bool shows_utf8();

/// Gives each key of standard input at once, unseen, while it lives; the keys of an interrupt come
/// as keys too. Nothing of a pipe.
class KeyByKey {
public:
    KeyByKey();
    ~KeyByKey();
    KeyByKey(const KeyByKey&) = delete;
    KeyByKey& operator=(const KeyByKey&) = delete;

private:
    struct Before;
    std::unique_ptr<Before> before_;
};

}  // namespace drumgen
