// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "base/exponential.h"
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

void gaussians(double* __restrict out, const double* __restrict place,
               const double* __restrict coordinates, int stride, int dimensions, double spread,
               int count) {
    constexpr int block = 64;
    for (int begin = 0; begin < count; begin += block) {
        const int size = count - begin < block ? count - begin : block;
        double squares[block] = {};
        for (int d = 0; d < dimensions; ++d) {
            const double* const from = coordinates + static_cast<std::int64_t>(d) * stride + begin;
            for (int j = 0; j < size; ++j) {
                const double difference = place[d] - from[j];
                squares[j] += difference * difference;
            }
        }
        for (int j = 0; j < size; ++j) {
            out[begin + j] = math::exponential(-squares[j] / spread);
        }
    }
}

void eliminate(double* const* rows, const double* __restrict from, const double* __restrict x,
               const double* __restrict y, int count) {
    double* __restrict const row_0 = rows[0];
    double* __restrict const row_1 = rows[1];
    double* __restrict const row_2 = rows[2];
    double* __restrict const row_3 = rows[3];
    for (int j = 0; j < count; ++j) {
        row_0[j] = (row_0[j] - from[0] * x[j]) - from[1] * y[j];
        row_1[j] = (row_1[j] - from[2] * x[j]) - from[3] * y[j];
        row_2[j] = (row_2[j] - from[4] * x[j]) - from[5] * y[j];
        row_3[j] = (row_3[j] - from[6] * x[j]) - from[7] * y[j];
    }
}

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE
