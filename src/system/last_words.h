#pragma once

namespace drumgen {

/// From now on a process that has to end where it stands, since memory is out where no exception can
/// pass, removes its temporary files, tells why, and ends with status 1.
void install_last_words() noexcept;

}  // namespace drumgen
