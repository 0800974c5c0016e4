// AVX-512 VNNI: the sums of 16 outputs in one register, 12 tiles at a time.
#if defined(__x86_64__)
#include <immintrin.h>
#include <stdint.h>

#define TARGET __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vnni")))
#define INLINE static inline __attribute__((always_inline)) TARGET
#define TILES 12

typedef __m512i lanes;

INLINE lanes none(void) { return _mm512_setzero_si512(); }

INLINE lanes loaded(const int32_t *from) { return _mm512_loadu_si512(from); }

INLINE void stored(lanes a, int32_t *to) { _mm512_storeu_si512(to, a); }

INLINE lanes plus(lanes a, lanes b) { return _mm512_add_epi32(a, b); }

INLINE lanes minus(lanes a, lanes b) { return _mm512_sub_epi32(a, b); }

INLINE lanes times(lanes a, int32_t factor) { return _mm512_mullo_epi32(a, _mm512_set1_epi32(factor)); }

INLINE lanes shifted_left(lanes a, int bits) { return _mm512_slli_epi32(a, (unsigned)bits); }

INLINE lanes shifted_right(lanes a, int bits) { return _mm512_srai_epi32(a, (unsigned)bits); }

INLINE lanes with_products(lanes sum, int32_t inputs, lanes weights) {
  return _mm512_dpwssd_epi32(sum, _mm512_set1_epi32(inputs), weights);
}

INLINE __m128i requantised(lanes sum, const int32_t *bias, const float *multiplier) {
  __m512 value = _mm512_cvtepi32_ps(_mm512_add_epi32(sum, _mm512_loadu_si512(bias)));
  value = _mm512_mul_ps(value, _mm512_loadu_ps(multiplier));
  value = _mm512_min_ps(_mm512_max_ps(value, _mm512_setzero_ps()), _mm512_set1_ps(127));
  return _mm512_cvtepi32_epi8(_mm512_cvtps_epi32(value));
}

#include "winograd_rows_4x4.h"

TARGET void digit_winograd_avx512vnni(const digit_winograd *layer, const uint8_t *const *inputs, const digit_span *spans,
                                      int count, int rows, void *scratch, uint8_t *const *outputs) {
  winograd_rows(layer, inputs, spans, count, rows, scratch, outputs);
}
#else
typedef int digit_winograd_avx512vnni_is_for_x86;
#endif
