// Which kernels this processor can run, and the memory that they work in.
#include <cstdlib>
#include <cstring>
#include <type_traits>

#if defined(__x86_64__)
#include <cpuid.h>
#endif

#include "eisner.hpp"
#include "network.hpp"

namespace demarche {

extern const Kernels portable_kernels;
#if defined(__x86_64__)
extern const Kernels sse2_kernels, avx2_kernels, vnni_kernels;
#if defined(__clang__) ? __clang_major__ >= 12 : __GNUC__ >= 11
#define HAVE_AVXVNNI
extern const Kernels avxvnni_kernels;
#endif

// __builtin_cpu_supports does not know AVX-VNNI in all compilers: leaf 7, subleaf 1, EAX bit 4.
static bool has_avxvnni() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    return __builtin_cpu_supports("avx2") && __get_cpuid_count(7, 1, &a, &b, &c, &d) && (a >> 4 & 1);
}
#endif

const Kernels* find_kernels(const char* name) {
    const bool any = *name == 0;
    auto asked = [&](const char* candidate) { return any || std::strcmp(name, candidate) == 0; };
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (asked("vnni") && __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512dq"))
        return &vnni_kernels;
#if defined(HAVE_AVXVNNI)
    if (asked("avxvnni") && has_avxvnni()) return &avxvnni_kernels;
#endif
    if (asked("avx2") && __builtin_cpu_supports("avx2")) return &avx2_kernels;
    if (asked("sse2")) return &sse2_kernels;
#endif
    return asked("portable") ? &portable_kernels : nullptr;
}

bool scratch_allocate(Scratch& s, const Network& network) {
    constexpr size_t N = MAX_WORDS;
    const size_t both = 2 * static_cast<size_t>(network.hidden), arc = network.arc, label = network.label;
    size_t total = 0;
    uintptr_t base = 0;
    auto lay_out = [&] {
        auto take = [&](auto& pointer, size_t count) {
            pointer = reinterpret_cast<std::remove_reference_t<decltype(pointer)>>(base + total);
            total += (count * sizeof(*pointer) + 63) / 64 * 64;
        };
        total = 0;
        take(s.x, N * network.embedding);
        take(s.encoded1, N * both);
        take(s.encoded2, N * both);
        take(s.tag_bytes, N * network.tag_hidden.out);
        take(s.dependents, N * arc);
        take(s.heads, (N + 1) * arc);
        take(s.label_bytes, N * label);
        take(s.packed, N * arc);
        take(s.gates, N * 3 * both);
        take(s.state, both);
        take(s.bilinear, N * arc);
        take(s.label_dependents, N * label);
        take(s.label_heads, N * label);
        take(s.row_scale, N);
        take(s.row_peak, N);
        take(s.arc_floats, (N + 1) * ROW);
        take(s.arcs, (N + 1) * ROW);
        take(s.chart, eisner_chart_size(MAX_WORDS));
        take(s.splits, eisner_splits_size(MAX_WORDS));
        take(s.tag_keys, N);
        take(s.label_keys, N);
    };
    lay_out();
    s.block = std::aligned_alloc(64, total);
    if (!s.block) return false;
    std::memset(s.block, 0, total);  // rows are padded to whole vectors: what stands in the padding is read, though never used
    base = reinterpret_cast<uintptr_t>(s.block);
    lay_out();
    return true;
}

void scratch_free(Scratch& s) {
    std::free(s.block);
    s.block = nullptr;
}

}  // namespace demarche
