// The parser network in eight-bit integers: the model's constants, one thread's scratch, and the entry points of each instruction set.
//
// Results must not depend on the processor. Every sum over inputs is an integer sum, so its order does not matter, and every
// floating-point operation is one IEEE operation on one element (no contraction, no reassociation, no library functions), so that
// the compiler may use vectors of any width. `network_<isa>.cpp` compiles `network_forward.hpp` once per instruction set.
#pragma once
#include <cstddef>
#include <cstdint>

namespace demarche {

constexpr int LANES = 16;            // outputs of one weight block
constexpr int MAX_WORDS = 192;       // MAX_SENTENCE of document.pxd
constexpr int ROW = MAX_WORDS + 16;  // stride of arc scores, a multiple of LANES
constexpr int MAX_LAYER = 512;       // outputs of a layer, one direction of a recurrent one
constexpr int TABLES = 5;

// A layer: bytes times signed bytes, then scale and bias of each output. `out` is a multiple of LANES, `in` of 8.
struct Dense {
    const int8_t* weights;           // [out / 16][in / 4][16][4]
    const float* scale;              // [out]
    const float* bias;               // [out]
    int in, out;
};

// `input` has the gates of both directions; its outputs and those of `forward` and `backward` are ordered by sixteen units:
// reset, update, new gate of units 0 to 15, then of units 16 to 31, and so on.
struct Recurrent {
    Dense input, forward, backward;
};

struct Network {
    const int8_t* table[TABLES];     // embeddings, [rows][embedding]
    int32_t multiplier[TABLES];      // 16.16 fixed point
    uint32_t rows[TABLES];
    int embedding, hidden, arc, label, tags, labels, root_label;
    int subject, passive_subject, passive_auxiliary;  // the labels nsubj, nsubj:pass, aux:pass; -1 where there is none
    uint8_t once[128];               // by label: the class of labels that a head has at most once (subjects, objects); 0: any number
    Recurrent layer1, layer2;
    Dense tag_hidden, tag_out, arc_dependent, arc_head, arc_bilinear, label_dependent, label_head, label_out;
    const uint8_t* arc_root;         // [arc], bytes as arc_head gives them
    const float* label_root;         // [label]
    const float* distance;           // bias by dependent - head + MAX_WORDS
};

// Buffers for one sentence, all 64-byte aligned; `network_forward.hpp` says what each holds.
struct Scratch {
    void* block;
    uint8_t *x, *encoded1, *encoded2, *tag_bytes, *dependents, *heads, *label_bytes;
    int8_t* packed;
    float *gates, *state, *bilinear, *label_dependents, *label_heads, *row_scale, *row_peak;
    float* arc_floats;
    int32_t* arcs;                   // [n + 1][ROW]: scores << 8, row 0 the root, then a row per head
    int32_t* chart;
    uint8_t* splits;
    int32_t* tag_keys;               // [n]: score << 7 | 127 - tag
    int32_t* label_keys;
};

struct Kernels {
    const char* name;
    // rows [n][TABLES] -> tags [n], heads [n] (0 is the root, else 1 + position), labels [n]; 1 <= n <= MAX_WORDS
    void (*parse)(const Network& network, Scratch& scratch, const uint32_t* rows, int n, uint8_t* tags, int16_t* heads, uint8_t* labels);
};

// The kernels of that name, or nullptr where the processor (or this build) has them not; an empty name asks for the fastest.
const Kernels* find_kernels(const char* name);

bool scratch_allocate(Scratch& scratch, const Network& network);  // false: no memory
void scratch_free(Scratch& scratch);

}  // namespace demarche
