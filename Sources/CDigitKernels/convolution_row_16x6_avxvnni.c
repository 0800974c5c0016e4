// AVX-VNNI, for processors with 256-bit vectors: 16 outputs by 6 pixels at a time, four products per lane and
// instruction.
#if defined(__x86_64__)
#include <immintrin.h>

#define TARGET __attribute__((target("avx2,avxvnni")))
#define INLINE static inline __attribute__((always_inline)) TARGET
#define PIXELS 6

INLINE __m256i dot(__m256i sum, __m256i activations, __m256i weights) {
  return _mm256_dpbusd_avx_epi32(sum, activations, weights);
}

#include "convolution_row_256.h"

TARGET void digit_bytes_avxvnni(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                                uint8_t *output) {
  row(layer, inputs, width, output, 0);
}

TARGET void digit_words_avxvnni(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                                int16_t *output) {
  row(layer, inputs, width, 0, output);
}
#else
typedef int digit_avxvnni_is_for_x86;
#endif
