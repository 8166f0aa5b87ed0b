#pragma once

#include "batch/job.h"
#include "input/patch_arguments.h"

namespace drumgen {

/// Reads the patch of a job that has only a line of a stream so far. What is wrong with the line is
/// kept as the job's refusal. Threads may share this work.
///   instrument   that lines are for, when the command line names one; else null
void read_line(RenderJob& job, const Instrument* instrument, const PatchArguments& arguments);

}  // namespace drumgen
