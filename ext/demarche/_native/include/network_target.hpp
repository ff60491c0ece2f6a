// TARGET_BEGIN("avx2") ... TARGET_END: functions between them may use that instruction set. The caller checks the processor.
#pragma once
#define TARGET_TEXT(x) _Pragma(#x)
#if defined(__clang__)
#define TARGET_BEGIN(isa) TARGET_TEXT(clang attribute push(__attribute__((target(isa))), apply_to = function))
#define TARGET_END TARGET_TEXT(clang attribute pop)
#else
#define TARGET_BEGIN(isa) TARGET_TEXT(GCC push_options) TARGET_TEXT(GCC target(isa))
#define TARGET_END TARGET_TEXT(GCC pop_options)
#endif
