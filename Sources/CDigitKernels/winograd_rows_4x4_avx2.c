// AVX2: the sums of 16 outputs in two registers, 6 tiles at a time.
#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline)) TARGET
#define TILES 6

#pragma STDC FP_CONTRACT OFF

#include "requantise_256.h"

typedef struct {
  __m256i low, high;
} lanes;

INLINE lanes none(void) { return (lanes){_mm256_setzero_si256(), _mm256_setzero_si256()}; }

INLINE lanes loaded(const int32_t *from) {
  return (lanes){_mm256_loadu_si256((const __m256i *)from), _mm256_loadu_si256((const __m256i *)(from + 8))};
}

INLINE void stored(lanes a, int32_t *to) {
  _mm256_storeu_si256((__m256i *)to, a.low);
  _mm256_storeu_si256((__m256i *)(to + 8), a.high);
}

INLINE lanes plus(lanes a, lanes b) {
  return (lanes){_mm256_add_epi32(a.low, b.low), _mm256_add_epi32(a.high, b.high)};
}

INLINE lanes minus(lanes a, lanes b) {
  return (lanes){_mm256_sub_epi32(a.low, b.low), _mm256_sub_epi32(a.high, b.high)};
}

INLINE lanes times(lanes a, int32_t factor) {
  const __m256i factors = _mm256_set1_epi32(factor);
  return (lanes){_mm256_mullo_epi32(a.low, factors), _mm256_mullo_epi32(a.high, factors)};
}

INLINE lanes shifted_left(lanes a, int bits) {
  return (lanes){_mm256_slli_epi32(a.low, bits), _mm256_slli_epi32(a.high, bits)};
}

INLINE lanes shifted_right(lanes a, int bits) {
  return (lanes){_mm256_srai_epi32(a.low, bits), _mm256_srai_epi32(a.high, bits)};
}

INLINE lanes with_products(lanes sum, int32_t inputs, lanes weights) {
  const __m256i pair = _mm256_set1_epi32(inputs);
  return (lanes){_mm256_add_epi32(sum.low, _mm256_madd_epi16(pair, weights.low)),
                 _mm256_add_epi32(sum.high, _mm256_madd_epi16(pair, weights.high))};
}

INLINE __m128i requantised(lanes sum, const int32_t *bias, const float *multiplier) {
  const __m256i low = rounded(sum.low, bias, multiplier, 0, 127);
  const __m256i high = rounded(sum.high, bias + 8, multiplier + 8, 0, 127);
  const __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xD8);
  return _mm_packus_epi16(_mm256_castsi256_si128(packed), _mm256_extracti128_si256(packed, 1));
}

#include "winograd_rows_4x4.h"

TARGET void digit_winograd_avx2(const digit_winograd *layer, const uint8_t *const *inputs, const digit_span *spans,
                                int count, int rows, void *scratch, uint8_t *const *outputs) {
  winograd_rows(layer, inputs, spans, count, rows, scratch, outputs);
}
#else
typedef int digit_winograd_avx2_is_for_x86;
#endif
