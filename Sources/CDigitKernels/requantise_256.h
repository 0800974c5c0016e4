// Requantises eight sums: bias, one multiplication, clamp, rounding to nearest with ties to even. A file that includes
// this defines INLINE with its instruction set, which includes AVX2.
#include <immintrin.h>
#include <stdint.h>

INLINE __m256i rounded(__m256i sum, const int32_t *bias, const float *multiplier, float low, float high) {
  __m256 value = _mm256_cvtepi32_ps(_mm256_add_epi32(sum, _mm256_loadu_si256((const __m256i *)bias)));
  value = _mm256_mul_ps(value, _mm256_loadu_ps(multiplier));
  value = _mm256_min_ps(_mm256_max_ps(value, _mm256_set1_ps(low)), _mm256_set1_ps(high));
  return _mm256_cvtps_epi32(value);
}
