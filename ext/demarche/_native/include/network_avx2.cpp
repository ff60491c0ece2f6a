// AVX2: products of bytes in 16-bit pairs (maddubs), two of which are added before they are widened where the weights allow it.
#if defined(__x86_64__)
#include <cstring>
#include <immintrin.h>
#include <type_traits>

#include "network.hpp"
#include "network_target.hpp"

TARGET_BEGIN("avx2")

namespace {

constexpr int VECTOR = 8, TILE_ROWS = 4, TILE_BLOCKS = 1, UNIT_GROUP = 1;

template <int ROWS, int BLOCKS, bool PAIRED>
inline void tile(const uint8_t* x, size_t stride, const int8_t* weights, int in, int32_t* sums) {
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i total[ROWS][BLOCKS][2];
    for (auto& row : total)
        for (auto& block : row) block[0] = block[1] = _mm256_setzero_si256();
    for (int k = 0; k < in; k += 8)
        for (int r = 0; r < ROWS; r++) {
            int32_t four[2];
            std::memcpy(four, x + r * stride + k, 8);
            const __m256i first = _mm256_set1_epi32(four[0]), second = _mm256_set1_epi32(four[1]);
            for (int b = 0; b < BLOCKS; b++)
                for (int half = 0; half < 2; half++) {
                    const int8_t* w = weights + (static_cast<size_t>(b) * in + k) * 16 + half * 32;
                    const __m256i one = _mm256_maddubs_epi16(first, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w)));
                    const __m256i two = _mm256_maddubs_epi16(second, _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w + 64)));
                    __m256i wide;
                    if constexpr (PAIRED) wide = _mm256_madd_epi16(_mm256_add_epi16(one, two), ones);
                    else wide = _mm256_add_epi32(_mm256_madd_epi16(one, ones), _mm256_madd_epi16(two, ones));
                    total[r][b][half] = _mm256_add_epi32(total[r][b][half], wide);
                }
        }
    for (int r = 0; r < ROWS; r++)
        for (int b = 0; b < BLOCKS; b++)
            for (int half = 0; half < 2; half++)
                _mm256_store_si256(reinterpret_cast<__m256i*>(sums + (r * BLOCKS + b) * 16 + half * 8), total[r][b][half]);
}

}  // namespace

#include "network_forward.hpp"

TARGET_END

namespace demarche {
extern const Kernels avx2_kernels = {"avx2", parse};
}
#endif
