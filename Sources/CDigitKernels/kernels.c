// The choice of kernels: which are built in, which this machine can run, and which of these is the fastest.
#include "convolution_row.h"
#include "picture_rows.h"
#include "winograd_4x4.h"

#include <string.h>

#if defined(__aarch64__)
#include <sys/auxv.h>  // for HWCAP_ASIMDDP, the dot product of Armv8.2
#endif

typedef struct {
  digit_kernels kernels;
  int (*runnable)(void);
} candidate;

static int always(void) { return 1; }

#if defined(__x86_64__)
// __builtin_cpu_supports checks CPUID, and XCR0 for the vector registers that the system saves.
static int has_avx2(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2");
}

static int has_avxvnni(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avxvnni");
}

static int has_avx512vnni(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni");
}
#elif defined(__aarch64__)
static int has_neon(void) { return (getauxval(AT_HWCAP) & HWCAP_ASIMDDP) != 0; }
#endif

static const candidate candidates[] = {
#if defined(__x86_64__)
    {{"avx512vnni", digit_bytes_avx512vnni, digit_words_avx512vnni, digit_winograd_avx512vnni, digit_picture_row_avx2,
      digit_halve_row_avx2},
     has_avx512vnni},
    {{"avxvnni", digit_bytes_avxvnni, digit_words_avxvnni, 0, digit_picture_row_avx2, digit_halve_row_avx2},
     has_avxvnni},
    {{"avx2", digit_bytes_avx2, digit_words_avx2, digit_winograd_avx2, digit_picture_row_avx2, digit_halve_row_avx2},
     has_avx2},
#elif defined(__aarch64__)
    {{"neon", digit_bytes_neon, digit_words_neon, 0, digit_picture_row_neon, digit_halve_row_neon},
     has_neon},
#endif
    {{"portable", digit_bytes_portable, digit_words_portable, 0, digit_picture_row_portable, digit_halve_row_portable},
     always},
};

enum { CANDIDATES = sizeof candidates / sizeof candidates[0] };

const digit_kernels *digit_kernels_best(void) {
  int i = 0;
  while (!candidates[i].runnable()) i++;
  return &candidates[i].kernels;
}

const digit_kernels *digit_kernels_named(const char *name) {
  for (int i = 0; i < CANDIDATES; i++)
    if (strcmp(name, candidates[i].kernels.name) == 0) return candidates[i].runnable() ? &candidates[i].kernels : 0;
  return 0;
}

const char *digit_kernels_name(int index) {
  return index >= 0 && index < CANDIDATES ? candidates[index].kernels.name : 0;
}
