// Compiled once for each instruction set, with DRUMGEN_ISA naming the namespace. Uses nothing of
// the standard library that could leave a function compiled for a newer CPU in a shared name.
#include "dsp/kernels/vectors.h"

namespace drumgen::DRUMGEN_ISA_NAMESPACE {

void butterflies(double* __restrict a_re, double* __restrict a_im, double* __restrict b_re,
                 double* __restrict b_im, const double* __restrict cos,
                 const double* __restrict sin, int count) {
    for (int k = 0; k < count; ++k) {
        const double re = b_re[k] * cos[k] + b_im[k] * sin[k];
        const double im = b_im[k] * cos[k] - b_re[k] * sin[k];
        b_re[k] = a_re[k] - re;
        b_im[k] = a_im[k] - im;
        a_re[k] += re;
        a_im[k] += im;
    }
}

namespace {

/// The points of one of four interleaved parts.
struct Complex {
    Float re;
    Float im;
};

inline Complex operator+(Complex a, Complex b) noexcept {
    return {a.re + b.re, a.im + b.im};
}

inline Complex operator-(Complex a, Complex b) noexcept {
    return {a.re - b.re, a.im - b.im};
}

/// Times -i.
inline Complex turned(Complex a) noexcept {
    return {a.im, -a.re};
}

/// Times cos - i sin.
inline Complex times(Complex a, Float cos, Float sin) noexcept {
    return {a.re * cos + a.im * sin, a.im * cos - a.re * sin};
}

/// Transform of four points.
inline void join_four(Complex& a, Complex& b, Complex& c, Complex& d) noexcept {
    const Complex even = a + c;
    const Complex odd = a - c;
    const Complex other_even = b + d;
    const Complex other_odd = turned(b - d);
    a = even + other_even;
    b = odd + other_odd;
    c = even - other_even;
    d = odd - other_odd;
}

/// The first stages: 16 points at a time that lie size / 16 apart, a lane for each place; what comes
/// of one place lies together.
void fourier_sixteens(float* __restrict out_re, float* __restrict out_im,
                      const float* __restrict re, const float* __restrict im,
                      const float* __restrict cos, const float* __restrict sin, int size) noexcept {
    constexpr int points = 16;
    const int apart = size / points;
    const float* const turn_cos = cos + size;
    const float* const turn_sin = sin + size;
    // cos and sin of k / 16 cycles.
    const float c1 = 0.923879533F;
    const float s1 = 0.382683432F;
    const float c2 = 0.707106781F;
    const float inner_cos[10] = {1, c1, c2, s1, 0, -s1, -c2, -c1, -1, -c1};
    const float inner_sin[10] = {0, s1, c2, c1, 1, c1, c2, s1, 0, -s1};
    for (int place = 0; place < apart; place += width) {
        Complex x[points];
        for (int j = 0; j < points; ++j) {
            x[j] = {load(re + place + j * apart), load(im + place + j * apart)};
        }
        for (int j = 0; j < 4; ++j) {
            join_four(x[j], x[j + 4], x[j + 8], x[j + 12]);
        }
        for (int j = 1; j < 4; ++j) {
            for (int k = 1; k < 4; ++k) {
                x[j + 4 * k] =
                    times(x[j + 4 * k], splat(inner_cos[j * k]), splat(inner_sin[j * k]));
            }
        }
        for (int k = 0; k < 4; ++k) {
            join_four(x[4 * k], x[4 * k + 1], x[4 * k + 2], x[4 * k + 3]);
        }
        float tile_re[points][width];
        float tile_im[points][width];
        for (int k = 0; k < 4; ++k) {
            for (int j = 0; j < 4; ++j) {
                const int at = k + 4 * j;  // in order
                const Complex y = times(x[4 * k + j], load(turn_cos + at * apart + place),
                                        load(turn_sin + at * apart + place));
                store(tile_re[at], y.re);
                store(tile_im[at], y.im);
            }
        }
        for (int lane = 0; lane < width; ++lane) {
            for (int at = 0; at < points; ++at) {
                out_re[(place + lane) * points + at] = tile_re[at][lane];
                out_im[(place + lane) * points + at] = tile_im[at][lane];
            }
        }
    }
}

/// One stage more: parts of `stride` points, of which four become one.
void fourier_fours(float* __restrict out_re, float* __restrict out_im, const float* __restrict re,
                   const float* __restrict im, const float* __restrict cos,
                   const float* __restrict sin, int size, int stride) noexcept {
    const int parts_left = size / stride / 4;
    const int apart = size / 4;
    for (int part = 0; part < parts_left; ++part) {
        const int turn = part * stride;
        const Float cos_1 = splat(cos[turn]);
        const Float sin_1 = splat(sin[turn]);
        const Float cos_2 = splat(cos[2 * turn]);
        const Float sin_2 = splat(sin[2 * turn]);
        const Float cos_3 = splat(cos[3 * turn]);
        const Float sin_3 = splat(sin[3 * turn]);
        for (int k = 0; k < stride; k += width) {
            const int from = part * stride + k;
            Complex x[4];
            for (int j = 0; j < 4; ++j) {
                x[j] = {load(re + from + j * apart), load(im + from + j * apart)};
            }
            join_four(x[0], x[1], x[2], x[3]);
            x[1] = times(x[1], cos_1, sin_1);
            x[2] = times(x[2], cos_2, sin_2);
            x[3] = times(x[3], cos_3, sin_3);
            const int to = 4 * part * stride + k;
            for (int j = 0; j < 4; ++j) {
                store(out_re + to + j * stride, x[j].re);
                store(out_im + to + j * stride, x[j].im);
            }
        }
    }
}

}  // namespace

// Stockham's transform, which needs no reordering. Source: P. N. Swarztrauber, "FFT algorithms for
// vector computers", 1984.
void fourier(float* re, float* im, float* work_re, float* work_im, const float* cos,
             const float* sin, int size) {
    float* from_re = work_re;
    float* from_im = work_im;
    float* to_re = re;
    float* to_im = im;
    fourier_sixteens(work_re, work_im, re, im, cos, sin, size);
    int stride = 16;
    for (; stride * 4 <= size; stride *= 4) {
        fourier_fours(to_re, to_im, from_re, from_im, cos, sin, size, stride);
        float* const old_re = from_re;
        float* const old_im = from_im;
        from_re = to_re;
        from_im = to_im;
        to_re = old_re;
        to_im = old_im;
    }
    if (stride < size) {
        // Two halves are left.
        for (int k = 0; k < stride; k += width) {
            const Complex a{load(from_re + k), load(from_im + k)};
            const Complex b{load(from_re + k + stride), load(from_im + k + stride)};
            const Complex sum = a + b;
            const Complex difference = a - b;
            store(re + k, sum.re);
            store(im + k, sum.im);
            store(re + k + stride, difference.re);
            store(im + k + stride, difference.im);
        }
    } else if (from_re != re) {
        for (int k = 0; k < size; k += width) {
            store(re + k, load(from_re + k));
            store(im + k, load(from_im + k));
        }
    }
}

}  // namespace drumgen::DRUMGEN_ISA_NAMESPACE
