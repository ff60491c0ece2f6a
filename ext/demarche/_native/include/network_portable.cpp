// The network in plain C++, for processors without kernels of their own; the reference that the others must match bit for bit.
#include <cstring>
#include <type_traits>

#include "network.hpp"

namespace {

constexpr int VECTOR = 4, TILE_ROWS = 1, TILE_BLOCKS = 1, UNIT_GROUP = 1;

template <int ROWS, int BLOCKS, bool PAIRED>
inline void tile(const uint8_t* x, size_t stride, const int8_t* weights, int in, int32_t* sums) {
    for (int r = 0; r < ROWS; r++)
        for (int b = 0; b < BLOCKS; b++) {
            int32_t total[16] = {};
            const uint8_t* bytes = x + r * stride;
            const int8_t* w = weights + static_cast<size_t>(b) * in * 16;
            for (int k = 0; k < in; k += 4, bytes += 4, w += 64)
                for (int j = 0; j < 16; j++)
                    total[j] += bytes[0] * w[4 * j] + bytes[1] * w[4 * j + 1] + bytes[2] * w[4 * j + 2] + bytes[3] * w[4 * j + 3];
            std::memcpy(sums + (r * BLOCKS + b) * 16, total, sizeof total);
        }
}

}  // namespace

#include "network_forward.hpp"

namespace demarche {
extern const Kernels portable_kernels = {"portable", parse};
}
