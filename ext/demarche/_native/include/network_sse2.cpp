// SSE2, which every x86-64 processor has: bytes widened to 16 bits, multiplied and added in pairs.
#if defined(__x86_64__)
#include <cstring>
#include <emmintrin.h>
#include <type_traits>

#include "network.hpp"

namespace {

constexpr int VECTOR = 4, TILE_ROWS = 1, TILE_BLOCKS = 1, UNIT_GROUP = 1;

template <int ROWS, int BLOCKS, bool PAIRED>
inline void tile(const uint8_t* x, size_t stride, const int8_t* weights, int in, int32_t* sums) {
    const __m128i zero = _mm_setzero_si128();
    for (int r = 0; r < ROWS; r++)
        for (int b = 0; b < BLOCKS; b++) {
            __m128i total[8];  // two halves of two outputs each
            for (auto& t : total) t = zero;
            const uint8_t* bytes = x + r * stride;
            const int8_t* w = weights + static_cast<size_t>(b) * in * 16;
            for (int k = 0; k < in; k += 4, w += 64) {
                int32_t four;
                std::memcpy(&four, bytes + k, 4);
                const __m128i input = _mm_unpacklo_epi8(_mm_set1_epi32(four), zero);
                for (int q = 0; q < 4; q++) {
                    const __m128i packed = _mm_loadu_si128(reinterpret_cast<const __m128i*>(w + 16 * q));
                    const __m128i sign = _mm_cmpgt_epi8(zero, packed);
                    total[2 * q] = _mm_add_epi32(total[2 * q], _mm_madd_epi16(_mm_unpacklo_epi8(packed, sign), input));
                    total[2 * q + 1] = _mm_add_epi32(total[2 * q + 1], _mm_madd_epi16(_mm_unpackhi_epi8(packed, sign), input));
                }
            }
            for (int q = 0; q < 4; q++) {
                const __m128 low = _mm_castsi128_ps(total[2 * q]), high = _mm_castsi128_ps(total[2 * q + 1]);
                const __m128i even = _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(2, 0, 2, 0)));
                const __m128i odd = _mm_castps_si128(_mm_shuffle_ps(low, high, _MM_SHUFFLE(3, 1, 3, 1)));
                _mm_storeu_si128(reinterpret_cast<__m128i*>(sums + (r * BLOCKS + b) * 16 + 4 * q), _mm_add_epi32(even, odd));
            }
        }
}

}  // namespace

#include "network_forward.hpp"

namespace demarche {
extern const Kernels sse2_kernels = {"sse2", parse};
}
#endif
