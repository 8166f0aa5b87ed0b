#include "batch/read_line.h"

namespace drumgen {

void read_line(RenderJob& job, const Instrument* instrument, const PatchArguments& arguments) {
    if (job.patch || job.sound != nullptr || job.refusal) {
        return;
    }
    try {
        job.patch = patch_of_line(job.line, job.place, instrument, arguments, job.notes);
    } catch (const Error& error) {
        job.refusal = error;
    }
}

}  // namespace drumgen
