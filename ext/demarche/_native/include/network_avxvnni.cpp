// AVX-VNNI: the instruction of network_vnni.cpp on 256 bits, for processors without AVX-512.
#if defined(__x86_64__) && (defined(__clang__) ? __clang_major__ >= 12 : __GNUC__ >= 11)
#include <cstring>
#include <immintrin.h>
#include <type_traits>

#include "network.hpp"
#include "network_target.hpp"

TARGET_BEGIN("avx2,avxvnni")

namespace {

constexpr int VECTOR = 8, TILE_ROWS = 4, TILE_BLOCKS = 1, UNIT_GROUP = 1;

template <int ROWS, int BLOCKS, bool PAIRED>
inline void tile(const uint8_t* x, size_t stride, const int8_t* weights, int in, int32_t* sums) {
    __m256i total[ROWS][BLOCKS][2];
    for (auto& row : total)
        for (auto& block : row) block[0] = block[1] = _mm256_setzero_si256();
    for (int k = 0; k < in; k += 4)
        for (int r = 0; r < ROWS; r++) {
            int32_t four;
            std::memcpy(&four, x + r * stride + k, 4);
            const __m256i input = _mm256_set1_epi32(four);
            for (int b = 0; b < BLOCKS; b++)
                for (int half = 0; half < 2; half++) {
                    const int8_t* w = weights + (static_cast<size_t>(b) * in + k) * 16 + half * 32;
                    const __m256i block = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(w));
                    total[r][b][half] = _mm256_dpbusd_avx_epi32(total[r][b][half], input, block);
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
extern const Kernels avxvnni_kernels = {"avxvnni", parse};
}
#endif
