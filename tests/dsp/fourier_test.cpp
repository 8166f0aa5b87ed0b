#include "dsp/fourier.h"

#include <doctest/doctest.h>

#include <cmath>
#include <complex>
#include <cstring>

#include "base/random.h"

namespace drumgen {
namespace {

Signal noise(int size, const char* name) {
    Signal block;
    for (int k = 0; k < size; ++k) {
        block.push_back(static_cast<float>(
            2 * random_uniform(random_stream(1, name), static_cast<std::uint32_t>(k)) - 1));
    }
    return block;
}

TEST_SUITE("dsp/fourier") {
    TEST_CASE("each point is the sum over all samples, turned") {
        for (const int size : {256, 512, 1024}) {
            CAPTURE(size);
            const Signal re = noise(size, "re");
            const Signal im = noise(size, "im");
            Signal out_re = re;
            Signal out_im = im;
            Fourier(size).forward(out_re, out_im, kernels());
            for (int bin = 0; bin < size; ++bin) {
                std::complex<double> sum = 0;
                for (int n = 0; n < size; ++n) {
                    const auto at = static_cast<std::size_t>(n);
                    sum += std::complex<double>(re[at], im[at]) *
                           std::polar(1.0, -2 * M_PI * ((bin * n) % size) / size);
                }
                const auto at = static_cast<std::size_t>(bin);
                const std::complex<double> told(out_re[at], out_im[at]);
                CHECK(std::abs(told - sum) < 1e-6 * size);
            }
        }
    }

    TEST_CASE("there and back is the same, times the size") {
        for (const int size : {2048, 4096, 8192, 32768}) {
            CAPTURE(size);
            const Signal re = noise(size, "re");
            const Signal im = noise(size, "im");
            Signal back_re = re;
            Signal back_im = im;
            Fourier transform(size);
            transform.forward(back_re, back_im, kernels());
            transform.backward(back_re, back_im, kernels());
            float worst = 0;
            for (std::size_t k = 0; k < re.size(); ++k) {
                worst = std::max(worst, std::abs(back_re[k] / static_cast<float>(size) - re[k]));
                worst = std::max(worst, std::abs(back_im[k] / static_cast<float>(size) - im[k]));
            }
            CHECK(worst < 2e-6F);
        }
    }

    TEST_CASE("all kernels give the same bits") {
        for (const char* isa : {"v2", "v3", "v4"}) {
            const Kernels* const other = find_kernels(isa);
            if (other == nullptr) {
                continue;
            }
            for (const int size : {256, 2048, 8192}) {
                Signal re = noise(size, "re");
                Signal im = noise(size, "im");
                Signal other_re = re;
                Signal other_im = im;
                Fourier transform(size);
                transform.forward(re, im, *find_kernels("portable"));
                transform.forward(other_re, other_im, *other);
                CHECK(std::memcmp(re.data(), other_re.data(), re.size() * sizeof(float)) == 0);
                CHECK(std::memcmp(im.data(), other_im.data(), im.size() * sizeof(float)) == 0);
            }
        }
    }
}

}  // namespace
}  // namespace drumgen
