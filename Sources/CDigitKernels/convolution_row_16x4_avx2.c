// AVX2: 16 outputs by 4 pixels at a time, with pairs of products added in 16 bits.
#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline)) TARGET
#define PIXELS 4

INLINE __m256i dot(__m256i sum, __m256i activations, __m256i weights) {
  const __m256i pairs = _mm256_maddubs_epi16(activations, weights);  // 2 * 127 * 127 stays below 32768
  return _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
}

#include "convolution_row_256.h"

TARGET void digit_bytes_avx2(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                             uint8_t *output) {
  row(layer, inputs, width, output, 0);
}

TARGET void digit_words_avx2(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                             int16_t *output) {
  row(layer, inputs, width, 0, output);
}
#else
typedef int digit_avx2_is_for_x86;
#endif
