// The best projective tree with one root word: Eisner's algorithm (1996), first order, O(n^3), on integer scores.
//
// All three maxima over split points are written as updates of a row: when the span [s, t] is final, it is offered to every
// longer span [s, t'] at once, so the inner loops run along rows and need neither transposes nor reductions.
// The low byte of a candidate carries its split point: the maximum brings its own back pointer, ties go to the later split.
#pragma once
#include <cstdint>

namespace {

constexpr int EISNER_BLOCK = 16;

// Space for sentences of up to `limit` words, where `limit` is a multiple of EISNER_BLOCK.
constexpr int eisner_chart_size(int limit) { return 3 * limit * limit + 3 * limit; }  // int32_t
constexpr int eisner_splits_size(int limit) { return 3 * limit * limit; }             // uint8_t

inline int32_t plus(int32_t a, int32_t b) { return static_cast<int32_t>(static_cast<uint32_t>(a) + static_cast<uint32_t>(b)); }

inline void offer(int32_t* best, const int32_t* row, int32_t value) {
    for (int i = 0; i < EISNER_BLOCK; i++) {
        int32_t candidate = plus(row[i], value);
        best[i] = candidate > best[i] ? candidate : best[i];
    }
}

// scores[(h + 1) * stride + d]: the score of head h for dependent d, both 0 to n - 1, row 0 the root's; multiples of 256 between
// -2^31 / (n + 1) and 0. heads[d] becomes 0 for the root word, else 1 + its head. 1 <= n <= 256.
inline void eisner(const int32_t* scores, int stride, int n, int32_t* chart, uint8_t* splits, int16_t* heads) {
    const int width = (n + EISNER_BLOCK - 1) / EISNER_BLOCK * EISNER_BLOCK;
    const int area = width * width;
    int32_t* right = chart;                    // complete, head on the left: [s][t]
    int32_t* left = chart + area;              // complete, head on the right
    int32_t* left_open = chart + 2 * area;     // incomplete: an arc from t to s
    int32_t* best_open = chart + 3 * area;     // [t] for the current s: the best pair of complete spans
    int32_t* best_right = best_open + width;
    int32_t* best_left = best_right + width;
    uint8_t* split_open = splits;
    uint8_t* split_right = splits + area;
    uint8_t* split_left = splits + 2 * area;
    for (int s = n - 1; s >= 0; s--) {
        const int at = s * width;
        for (int t = s & -EISNER_BLOCK; t < width; t++) best_open[t] = best_right[t] = best_left[t] = INT32_MIN;
        right[at + s] = left[at + s] = 0;
        for (int b = (s + 1) & -EISNER_BLOCK; s + 1 < n && b < width; b += EISNER_BLOCK) offer(best_open + b, left + at + width + b, s);
        for (int t = s + 1; t < n; t++) {
            const int32_t open = best_open[t] & ~255;
            split_open[at + t] = static_cast<uint8_t>(best_open[t]);
            const int32_t to_right = plus(open, scores[(s + 1) * stride + t]);
            const int32_t to_left = plus(open, scores[(t + 1) * stride + s]);
            left_open[at + t] = to_left;
            int32_t complete_right = plus(to_right, t), complete_left = plus(to_left, s);
            complete_right = complete_right > best_right[t] ? complete_right : best_right[t];
            complete_left = complete_left > best_left[t] ? complete_left : best_left[t];
            split_right[at + t] = static_cast<uint8_t>(complete_right);
            split_left[at + t] = static_cast<uint8_t>(complete_left);
            complete_right &= ~255;
            complete_left &= ~255;
            right[at + t] = complete_right;
            left[at + t] = complete_left;
            const int next = t * width;
            for (int b = (t + 1) & -EISNER_BLOCK; t + 1 < n && b < width; b += EISNER_BLOCK) {
                offer(best_open + b, left + next + width + b, plus(complete_right, t));
                offer(best_right + b, right + next + b, plus(to_right, t));
                offer(best_left + b, left_open + next + b, plus(complete_left, t));
            }
        }
    }
    int root = 0;
    int32_t best = INT32_MIN;
    for (int r = 0; r < n; r++) {
        int32_t total = plus(plus(scores[r], left[r]), right[r * width + n - 1]);
        if (total > best) best = total, root = r;
    }
    // Spans still to be taken apart; those of a tree are disjoint but for their ends, so there are never more than n + 1.
    struct Span { int16_t s, t; uint8_t kind; } stack[260];
    enum { RIGHT, LEFT, OPEN_RIGHT, OPEN_LEFT };
    int depth = 0;
    auto push = [&](int s, int t, int kind) {
        if (s < t) stack[depth++] = {static_cast<int16_t>(s), static_cast<int16_t>(t), static_cast<uint8_t>(kind)};
    };
    heads[root] = 0;
    push(0, root, LEFT);
    push(root, n - 1, RIGHT);
    while (depth) {
        const Span span = stack[--depth];
        const int at = span.s * width + span.t;
        if (span.kind == RIGHT) {
            const int k = split_right[at];
            push(span.s, k, OPEN_RIGHT);
            push(k, span.t, RIGHT);
        } else if (span.kind == LEFT) {
            const int k = split_left[at];
            push(span.s, k, LEFT);
            push(k, span.t, OPEN_LEFT);
        } else {
            if (span.kind == OPEN_RIGHT) heads[span.t] = static_cast<int16_t>(span.s + 1);
            else heads[span.s] = static_cast<int16_t>(span.t + 1);
            const int k = split_open[at];
            push(span.s, k, RIGHT);
            push(k + 1, span.t, LEFT);
        }
    }
}

}  // namespace
