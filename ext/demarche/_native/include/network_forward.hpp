// The network's computation, compiled once per instruction set. The including file has included <cstring> and network.hpp, has set the
// target, and has defined in an anonymous namespace
//   VECTOR                               32-bit elements of a register
//   TILE_ROWS, TILE_BLOCKS, UNIT_GROUP   tile sizes that suit its registers
//   template <int ROWS, int BLOCKS, bool PAIRED> void tile(x, stride, weights, in, int32_t* sums)
//       sums[row][block][16] = products of ROWS rows of bytes with BLOCKS weight blocks; PAIRED: groups of four products fit 16 bits
#pragma once
#include "eisner.hpp"

namespace {

using namespace demarche;

constexpr float ROUND = 12582912.0f;       // 1.5 * 2^23: adding it rounds to the nearest integer, ties to even
constexpr float ARC_FLOOR = -80.0f * 512;  // of an arc against the best one of the same dependent
static_assert((80LL * 512 << 8) * (MAX_WORDS + 1) < 1LL << 31, "arc scores of a sentence must not overflow");

// Vectors of the compiler: every operation is that of each element, so their width changes no result.
typedef float Floats __attribute__((vector_size(VECTOR * 4)));
typedef int32_t Integers __attribute__((vector_size(VECTOR * 4)));

template <class V, class T>
inline V load(const T* from) {
    V value;
    std::memcpy(&value, from, sizeof value);
    return value;
}

template <class V, class T>
inline void store(T* to, V value) {
    std::memcpy(to, &value, sizeof value);
}

inline Integers bits_of(Floats value) {
    Integers bits;
    std::memcpy(&bits, &value, sizeof bits);
    return bits;
}

inline Floats to_float(Integers value) { return __builtin_convertvector(value, Floats); }
inline Integers rounded(Floats value) { return bits_of(value + ROUND) - 0x4B400000; }  // |value| < 2^22

inline Floats clamp(Floats value, float low, float high) {
    const Floats lows = low - Floats{}, highs = high - Floats{};
    value = value < lows ? lows : value;
    return value > highs ? highs : value;
}

// Lambert's continued fraction, cut where it reaches 1: within 1.2e-4 of tanh everywhere.
inline Floats tanh_of(Floats x) {
    x = clamp(x, -4.97f, 4.97f);
    const Floats q = x * x;
    const Floats above = x * (135135.0f + q * (17325.0f + q * (378.0f + q)));
    const Floats below = 135135.0f + q * (62370.0f + q * (3150.0f + q * 28.0f));
    return above / below;
}

// The value of outputs at + j ... of a layer from their sums.
inline Floats output_of(const Dense& layer, int at, const int32_t* sums) {
    return to_float(load<Integers>(sums)) * load<Floats>(layer.scale + at) + load<Floats>(layer.bias + at);
}

inline void to_sixteen_bytes(const int32_t* __restrict values, uint8_t* __restrict out) {
    for (int j = 0; j < LANES; j++) out[j] = static_cast<uint8_t>(values[j]);
}

// Calls done(row, first output, sums[16]) for every row and every block of outputs.
template <bool PAIRED, class Done>
inline void multiply(const Dense& layer, const uint8_t* x, int stride, int n, Done done) {
    alignas(64) int32_t sums[TILE_ROWS * TILE_BLOCKS * LANES];
    const int blocks = layer.out / LANES;
    const size_t block_size = static_cast<size_t>(layer.in) * LANES;
    auto finish = [&](int row, int rows, int block, int count) {
        for (int r = 0; r < rows; r++)
            for (int b = 0; b < count; b++) done(row + r, (block + b) * LANES, sums + (r * count + b) * LANES);
    };
    auto rest = [&](int row, int block, auto count) {
        const int8_t* weights = layer.weights + block * block_size;
        for (; row < n; row++) {
            tile<1, decltype(count)::value, PAIRED>(x + static_cast<size_t>(row) * stride, stride, weights, layer.in, sums);
            finish(row, 1, block, decltype(count)::value);
        }
    };
    auto all_rows = [&](int block, auto count) {
        const int8_t* weights = layer.weights + block * block_size;
        int row = 0;
        for (; row + TILE_ROWS <= n; row += TILE_ROWS) {
            tile<TILE_ROWS, decltype(count)::value, PAIRED>(x + static_cast<size_t>(row) * stride, stride, weights, layer.in, sums);
            finish(row, TILE_ROWS, block, decltype(count)::value);
        }
        if constexpr (TILE_ROWS > 2)
            if (row + 2 <= n) {
                tile<2, decltype(count)::value, PAIRED>(x + static_cast<size_t>(row) * stride, stride, weights, layer.in, sums);
                finish(row, 2, block, decltype(count)::value);
                row += 2;
            }
        rest(row, block, count);
    };
    int block = 0;
    for (; block + TILE_BLOCKS <= blocks; block += TILE_BLOCKS) all_rows(block, std::integral_constant<int, TILE_BLOCKS>());
    if constexpr (TILE_BLOCKS > 1)
        for (; block < blocks; block++) all_rows(block, std::integral_constant<int, 1>());
}

inline void to_floats(const Dense& layer, const uint8_t* x, int stride, int n, float* out, int out_stride) {
    multiply<true>(layer, x, stride, n, [&](int row, int at, const int32_t* sums) {
        float* y = out + static_cast<size_t>(row) * out_stride + at;
        for (int j = 0; j < LANES; j += VECTOR) store(y + j, output_of(layer, at + j, sums + j));
    });
}

inline void to_bytes(const Dense& layer, const uint8_t* x, int stride, int n, uint8_t* out, int out_stride) {
    multiply<true>(layer, x, stride, n, [&](int row, int at, const int32_t* sums) {
        alignas(64) int32_t values[LANES];
        for (int j = 0; j < LANES; j += VECTOR) store(values + j, rounded(clamp(output_of(layer, at + j, sums + j), 0.0f, 255.0f)));
        to_sixteen_bytes(values, out + static_cast<size_t>(row) * out_stride + at);
    });
}

// The best output of each row as score << 7 | 127 - index, ties to the lower index; output `without` never wins (-1: all may).
inline void to_keys(const Dense& layer, const uint8_t* x, int stride, int n, int outputs, int without, int32_t* keys) {
    for (int row = 0; row < n; row++) keys[row] = INT32_MIN;
    multiply<true>(layer, x, stride, n, [&](int row, int at, const int32_t* sums) {
        int32_t best = keys[row];
        alignas(64) int32_t block[LANES];
        for (int j = 0; j < LANES; j += VECTOR) {
            const Floats value = clamp(output_of(layer, at + j, sums + j), -1000.0f, 1000.0f) * 4096.0f;
            store(block + j, __builtin_convertvector(value, Integers) * 128);
        }
        for (int j = 0; j < LANES; j++) block[j] += 127 - at - j;
        const int valid = outputs - at < LANES ? outputs - at : LANES;
        for (int j = valid; j < LANES; j++) block[j] = INT32_MIN;
        if (without >= at && without < at + LANES) block[without - at] = INT32_MIN;
        for (int j = 0; j < LANES; j++) best = block[j] > best ? block[j] : best;
        keys[row] = best;
    });
}

inline void embed(const Network& network, const uint32_t* rows, int n, uint8_t* out) {
    const int size = network.embedding;
    for (int i = 0; i < n; i++, rows += TABLES, out += size) {
        const int8_t* entry[TABLES];
        for (int t = 0; t < TABLES; t++) entry[t] = network.table[t] + static_cast<size_t>(rows[t]) * size;
        for (int at = 0; at < size; at += LANES) {
            alignas(64) int32_t sums[LANES];
            alignas(LANES) uint8_t bytes[LANES];
            for (int j = 0; j < LANES; j++) sums[j] = 1 << 15;
            for (int t = 0; t < TABLES; t++)
                for (int j = 0; j < LANES; j++) sums[j] += entry[t][at + j] * network.multiplier[t];
            for (int j = 0; j < LANES; j++) {
                int32_t sum = sums[j] >> 16;
                sum = sum < -127 ? -127 : sum;
                bytes[j] = static_cast<uint8_t>((sum > 127 ? 127 : sum) + 128);
            }
            std::memcpy(out + at, bytes, LANES);
        }
    }
}

// Sixteen units: their sums (reset, update, new), the input's part of the gates, the state; writes state and its bytes.
inline void unit_gates(const int32_t* __restrict sums, const float* __restrict input, const float* __restrict scale,
                       const float* __restrict bias, float* __restrict state, uint8_t* __restrict bytes) {
    alignas(64) int32_t values[LANES];
    for (int j = 0; j < LANES; j += VECTOR) {
        auto product = [&](int gate) { return to_float(load<Integers>(sums + gate * LANES + j)) * load<Floats>(scale + gate * LANES + j); };
        auto given = [&](int gate) { return load<Floats>(input + gate * LANES + j); };
        const Floats reset = 0.5f + 0.5f * tanh_of(product(0) + given(0));
        const Floats update = 0.5f + 0.5f * tanh_of(product(1) + given(1));
        const Floats hidden = product(2) + load<Floats>(bias + 2 * LANES + j);
        const Floats fresh = tanh_of(given(2) + reset * hidden);
        const Floats now = fresh + update * (load<Floats>(state + j) - fresh);
        store(state + j, now);
        store(values + j, rounded(clamp(now * 127.0f + 128.0f, 1.0f, 255.0f)));
    }
    to_sixteen_bytes(values, bytes);
}

// One step of one direction: bytes of the state before it -> state and bytes after it.
inline void step(const Dense& layer, const uint8_t* before, const float* input, float* state, uint8_t* after) {
    alignas(64) int32_t sums[UNIT_GROUP * 3 * LANES];
    const size_t unit_size = static_cast<size_t>(layer.in) * 3 * LANES;
    const int units = layer.in / LANES;
    int unit = 0;
    auto group = [&](auto count) {
        constexpr int COUNT = decltype(count)::value;
        tile<1, 3 * COUNT, true>(before, 0, layer.weights + unit * unit_size, layer.in, sums);
        for (int u = 0; u < COUNT; u++, unit++)
            unit_gates(sums + u * 3 * LANES, input + unit * 3 * LANES, layer.scale + unit * 3 * LANES, layer.bias + unit * 3 * LANES,
                       state + unit * LANES, after + unit * LANES);
    };
    while (unit + UNIT_GROUP <= units) group(std::integral_constant<int, UNIT_GROUP>());
    if constexpr (UNIT_GROUP > 1)
        while (unit < units) group(std::integral_constant<int, 1>());
}

// x [n][stride] -> out [n][2 hidden]: the bytes of the forward and the backward state.
inline void recur(const Recurrent& layer, int hidden, const uint8_t* x, int stride, int n, Scratch& scratch, uint8_t* out) {
    const int gates = 6 * hidden;
    to_floats(layer.input, x, stride, n, scratch.gates, gates);
    alignas(64) uint8_t zero[MAX_LAYER];
    std::memset(zero, 128, sizeof zero);
    std::memset(scratch.state, 0, sizeof(float) * 2 * hidden);
    const uint8_t *forward = zero, *backward = zero;
    // The directions take turns: while the last gates of one are computed, the products of the other begin.
    for (int i = 0, j = n - 1; i < n; i++, j--) {
        uint8_t* next = out + static_cast<size_t>(i) * 2 * hidden;
        step(layer.forward, forward, scratch.gates + static_cast<size_t>(i) * gates, scratch.state, next);
        forward = next;
        next = out + static_cast<size_t>(j) * 2 * hidden + hidden;
        step(layer.backward, backward, scratch.gates + static_cast<size_t>(j) * gates + 3 * hidden, scratch.state + hidden, next);
        backward = next;
    }
}

// The dependents' bilinear vectors as weights, each with a scale of its own, and their products with every head: scratch.arcs.
inline void score_arcs(const Network& network, Scratch& scratch, int n) {
    const int size = network.arc, padded = (n + LANES - 1) / LANES * LANES;
    to_floats(network.arc_bilinear, scratch.dependents, size, n, scratch.bilinear, size);
    for (int i = 0; i < n; i++) {
        const float* vector = scratch.bilinear + static_cast<size_t>(i) * size;
        int32_t peak_bits = 0x1E3CE508;  // 1e-20
        for (int j = 0; j < size; j++) {
            int32_t bits;
            std::memcpy(&bits, vector + j, sizeof bits);
            bits &= 0x7FFFFFFF;
            peak_bits = bits > peak_bits ? bits : peak_bits;
        }
        float peak;
        std::memcpy(&peak, &peak_bits, sizeof peak);
        const float scale = 63.0f / peak;
        scratch.row_scale[i] = peak / 63.0f;
        alignas(64) uint8_t integers[MAX_LAYER];
        for (int j = 0; j < size; j += LANES) {
            alignas(64) int32_t values[LANES];
            for (int k = 0; k < LANES; k += VECTOR) store(values + k, rounded(load<Floats>(vector + j + k) * scale));
            to_sixteen_bytes(values, integers + j);
        }
        int8_t* out = scratch.packed + static_cast<size_t>(i / LANES) * size * LANES + (i % LANES) * 4;
        for (int j = 0; j < size; j += 4) std::memcpy(out + static_cast<size_t>(j) * LANES, integers + j, 4);
    }
    for (int i = 0; i < padded; i++) scratch.row_peak[i] = -1e30f;
    const Dense dependents{scratch.packed, nullptr, nullptr, size, padded};
    multiply<false>(dependents, scratch.heads, size, n + 1, [&](int row, int at, const int32_t* sums) {
        float* y = scratch.arc_floats + static_cast<size_t>(row) * ROW + at;
        const float* bias = network.distance + MAX_WORDS + at - (row - 1);
        float* peak = scratch.row_peak + at;
        for (int j = 0; j < LANES; j += VECTOR) {
            const Floats score = to_float(load<Integers>(sums + j)) * load<Floats>(scratch.row_scale + at + j);
            store(y + j, row ? score + load<Floats>(bias + j) : score);
        }
        if (row > at && row <= at + LANES) y[row - 1 - at] = -1e30f;  // no word is its own head
        for (int j = 0; j < LANES; j += VECTOR) {
            const Floats score = load<Floats>(y + j), best = load<Floats>(peak + j);
            store(peak + j, score > best ? score : best);
        }
    });
    // Each dependent's best head gets 0: that changes no decision and keeps the sums small.
    for (int row = 0; row <= n; row++) {
        const float* from = scratch.arc_floats + static_cast<size_t>(row) * ROW;
        int32_t* to = scratch.arcs + static_cast<size_t>(row) * ROW;
        for (int i = 0; i < padded; i += VECTOR) {
            const Floats value = clamp(load<Floats>(from + i) - load<Floats>(scratch.row_peak + i), ARC_FLOOR, 0.0f);
            store(to + i, __builtin_convertvector(value, Integers) * 256);
        }
    }
}

// A head has one subject and one object: of two, the less certain takes its next best label. Passives agree.
void keep_once(const Network& network, Scratch& scratch, int n, const int16_t* heads, uint8_t* labels) {
    uint8_t first[6][MAX_WORDS + 1] = {};                // [class][head]: 1 + the dependent that has the label
    const int size = network.label;
    for (int i = 0; i < n; i++) {
        const int group = heads[i] ? network.once[labels[i]] : 0;
        if (!group) continue;
        const int other = first[group][heads[i]] - 1;
        first[group][heads[i]] = static_cast<uint8_t>(i + 1);
        if (other < 0) continue;
        const int loser = scratch.label_keys[i] < scratch.label_keys[other] ? i : other;
        if (loser == i) first[group][heads[i]] = static_cast<uint8_t>(other + 1);
        const int was = labels[loser];
        int32_t key;
        to_keys(network.label_out, scratch.label_bytes + static_cast<size_t>(loser) * size, size, 1, network.labels, was, &key);
        const int next = 127 - (key & 127);
        if (next != network.root_label && network.once[next] != group) labels[loser] = static_cast<uint8_t>(next);
    }
    // Universal Dependencies: a subject is passive where its verb has a passive auxiliary, and only there.
    if (network.subject < 0 || network.passive_subject < 0 || network.passive_auxiliary < 0) return;
    bool passive[MAX_WORDS + 1] = {};
    for (int i = 0; i < n; i++) passive[heads[i]] = passive[heads[i]] || labels[i] == network.passive_auxiliary;
    for (int i = 0; i < n; i++)
        if (labels[i] == network.subject || labels[i] == network.passive_subject)
            labels[i] = static_cast<uint8_t>(passive[heads[i]] ? network.passive_subject : network.subject);
}

void parse(const Network& network, Scratch& scratch, const uint32_t* rows, int n, uint8_t* tags, int16_t* heads, uint8_t* labels) {
    const int both = 2 * network.hidden;
    embed(network, rows, n, scratch.x);
    recur(network.layer1, network.hidden, scratch.x, network.embedding, n, scratch, scratch.encoded1);
    recur(network.layer2, network.hidden, scratch.encoded1, both, n, scratch, scratch.encoded2);
    const uint8_t* x = scratch.encoded2;
    to_bytes(network.tag_hidden, x, both, n, scratch.tag_bytes, network.tag_hidden.out);
    to_keys(network.tag_out, scratch.tag_bytes, network.tag_hidden.out, n, network.tags, -1, scratch.tag_keys);
    to_bytes(network.arc_dependent, x, both, n, scratch.dependents, network.arc);
    std::memcpy(scratch.heads, network.arc_root, network.arc);
    to_bytes(network.arc_head, x, both, n, scratch.heads + network.arc, network.arc);
    score_arcs(network, scratch, n);
    eisner(scratch.arcs, ROW, n, scratch.chart, scratch.splits, heads);
    const int size = network.label;
    to_floats(network.label_dependent, x, both, n, scratch.label_dependents, size);
    to_floats(network.label_head, x, both, n, scratch.label_heads, size);
    for (int i = 0; i < n; i++) {
        const float* head = heads[i] ? scratch.label_heads + static_cast<size_t>(heads[i] - 1) * size : network.label_root;
        const float* dependent = scratch.label_dependents + static_cast<size_t>(i) * size;
        uint8_t* out = scratch.label_bytes + static_cast<size_t>(i) * size;
        for (int at = 0; at < size; at += LANES) {
            alignas(64) int32_t values[LANES];
            for (int j = 0; j < LANES; j += VECTOR)
                store(values + j, rounded(clamp(load<Floats>(dependent + at + j) + load<Floats>(head + at + j), 0.0f, 255.0f)));
            to_sixteen_bytes(values, out + at);
        }
    }
    to_keys(network.label_out, scratch.label_bytes, size, n, network.labels, network.root_label, scratch.label_keys);
    for (int i = 0; i < n; i++) {
        tags[i] = static_cast<uint8_t>(127 - (scratch.tag_keys[i] & 127));
        labels[i] = static_cast<uint8_t>(heads[i] ? 127 - (scratch.label_keys[i] & 127) : network.root_label);
    }
    keep_once(network, scratch, n, heads, labels);
}

}  // namespace
