#include "CPeak.h"

#if defined(__x86_64__)
#include <immintrin.h>

// As many sums as hide the instruction's latency; more than that changes nothing.
enum { SUMS = 16, WIDE = 64, NARROW = 32 };

__attribute__((target("avx512f,avx512vnni"))) static int32_t run_avx512vnni(int64_t rounds) {
  __m512i sums[SUMS], a = _mm512_set1_epi8(3), b = _mm512_set1_epi8(-5);
#pragma clang loop unroll(full)
  for (int i = 0; i < SUMS; i++) sums[i] = _mm512_set1_epi32(i);
  for (int64_t r = 0; r < rounds; r++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < SUMS; i++) sums[i] = _mm512_dpbusd_epi32(sums[i], a, b);
    __asm__ volatile("" : "+v"(a), "+v"(b));
  }
  __m512i total = sums[0];
#pragma clang loop unroll(full)
  for (int i = 1; i < SUMS; i++) total = _mm512_add_epi32(total, sums[i]);
  return _mm512_reduce_add_epi32(total);
}

__attribute__((target("avx2"))) static int32_t run_avx2(int64_t rounds) {
  enum { FEWER = SUMS / 2 };
  __m256i sums[FEWER], a = _mm256_set1_epi8(3), b = _mm256_set1_epi8(-5), ones = _mm256_set1_epi16(1);
#pragma clang loop unroll(full)
  for (int i = 0; i < FEWER; i++) sums[i] = _mm256_set1_epi32(i);
  for (int64_t r = 0; r < 2 * rounds; r++) {
#pragma clang loop unroll(full)
    for (int i = 0; i < FEWER; i++) {
      sums[i] = _mm256_add_epi32(sums[i], _mm256_madd_epi16(_mm256_maddubs_epi16(a, b), ones));
      __asm__ volatile("" : "+x"(a), "+x"(b));
    }
  }
  __m256i total = sums[0];
#pragma clang loop unroll(full)
  for (int i = 1; i < FEWER; i++) total = _mm256_add_epi32(total, sums[i]);
  return _mm256_extract_epi32(total, 0) + _mm256_extract_epi32(total, 7);
}

static int has_vnni(void) {
  __builtin_cpu_init();
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vnni");
}

int64_t peak_operations(int64_t rounds) { return 2 * SUMS * (has_vnni() ? WIDE : NARROW) * rounds; }

int32_t peak_run(int64_t rounds) { return has_vnni() ? run_avx512vnni(rounds) : run_avx2(rounds); }
#else
int64_t peak_operations(int64_t rounds) { return rounds * 0; }

int32_t peak_run(int64_t rounds) { return (int32_t)rounds; }
#endif
