// AVX-512 with VNNI: four products of bytes added to a 32-bit sum in one instruction.
#if defined(__x86_64__)
#include <cstring>
#include <immintrin.h>
#include <type_traits>

#include "network.hpp"
#include "network_target.hpp"

TARGET_BEGIN("avx512f,avx512bw,avx512dq,avx512vl,avx512vnni")

namespace {

constexpr int VECTOR = 16, TILE_ROWS = 4, TILE_BLOCKS = 2, UNIT_GROUP = 4;

template <int ROWS, int BLOCKS, bool PAIRED>
inline void tile(const uint8_t* x, size_t stride, const int8_t* weights, int in, int32_t* sums) {
    __m512i total[ROWS][BLOCKS];
    for (auto& row : total)
        for (auto& block : row) block = _mm512_setzero_si512();
    for (int k = 0; k < in; k += 4) {
        __m512i w[BLOCKS];
        for (int b = 0; b < BLOCKS; b++) w[b] = _mm512_loadu_si512(weights + (static_cast<size_t>(b) * in + k) * 16);
        for (int r = 0; r < ROWS; r++) {
            int32_t four;
            std::memcpy(&four, x + r * stride + k, 4);
            const __m512i input = _mm512_set1_epi32(four);
            for (int b = 0; b < BLOCKS; b++) total[r][b] = _mm512_dpbusd_epi32(total[r][b], input, w[b]);
        }
    }
    for (int r = 0; r < ROWS; r++)
        for (int b = 0; b < BLOCKS; b++) _mm512_store_si512(sums + (r * BLOCKS + b) * 16, total[r][b]);
}

}  // namespace

#include "network_forward.hpp"

TARGET_END

namespace demarche {
extern const Kernels vnni_kernels = {"vnni", parse};
}
#endif
