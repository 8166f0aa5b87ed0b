#pragma once

namespace drumgen {

/// What a process of ours needs before anything else, once: memory that is kept, standard streams
/// that are open, floating point as IEEE 754 has it, and signal handlers that remove temporary
/// files.
void prepare_process();

}  // namespace drumgen
