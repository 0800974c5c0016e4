// The row kernels for 256-bit vectors: 16 outputs by PIXELS pixels at a time. A file that includes this defines
//   TARGET  the instruction set;
//   PIXELS  the pixels of a tile, as many as there are registers for their sums;
//   dot     an operation that adds four products per lane to a sum.
#include <immintrin.h>
#include <string.h>

#include "convolution_row.h"

#pragma STDC FP_CONTRACT OFF

#include "requantise_256.h"

INLINE __m256i broadcast(const uint8_t *bytes) {
  int32_t quad;
  memcpy(&quad, bytes, 4);
  return _mm256_set1_epi32(quad);
}

// `pixels` is a constant at every call, so the arrays are kept in registers.
INLINE void tile(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t x, int group, int pixels,
                 uint8_t *bytes, int16_t *words) {
  const int8_t *weights = digit_group_weights(layer, group);
  __m256i low[PIXELS], high[PIXELS];
#pragma clang loop unroll(full)
  for (int p = 0; p < pixels; p++) low[p] = high[p] = _mm256_setzero_si256();
  for (int r = 0; r < layer->rows; r++) {
    const uint8_t *input = inputs[r] + x * layer->step;
    for (int q = 0; q < layer->quads; q++, weights += 64, input += 4) {
      const __m256i first = _mm256_loadu_si256((const __m256i *)weights);
      const __m256i second = _mm256_loadu_si256((const __m256i *)(weights + 32));
#pragma clang loop unroll(full)
      for (int p = 0; p < pixels; p++) {
        const __m256i quad = broadcast(input + p * (ptrdiff_t)layer->step);
        low[p] = dot(low[p], quad, first);
        high[p] = dot(high[p], quad, second);
      }
    }
  }
  const int32_t *bias = layer->bias + group * DIGIT_CHANNEL_GROUP;
  const float *multiplier = layer->multiplier + group * DIGIT_CHANNEL_GROUP;
  const float least = bytes ? 0.0f : -32768.0f, most = bytes ? 127.0f : 32767.0f;
#pragma clang loop unroll(full)
  for (int p = 0; p < pixels; p++) {
    const __m256i a = rounded(low[p], bias, multiplier, least, most);
    const __m256i b = rounded(high[p], bias + 8, multiplier + 8, least, most);
    const __m256i packed = _mm256_permute4x64_epi64(_mm256_packs_epi32(a, b), 0xD8);
    const ptrdiff_t at = ((x + p) * layer->groups + group) * DIGIT_CHANNEL_GROUP;
    if (bytes) {
      const __m128i narrow = _mm_packus_epi16(_mm256_castsi256_si128(packed), _mm256_extracti128_si256(packed, 1));
      _mm_storeu_si128((__m128i *)(bytes + at), narrow);
    } else {
      _mm256_storeu_si256((__m256i *)(words + at), packed);
    }
  }
}

INLINE void row(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width, uint8_t *bytes,
                int16_t *words) {
  for (int g = 0; g < layer->groups; g++) {
    ptrdiff_t x = 0;
    for (; x + PIXELS <= width; x += PIXELS) tile(layer, inputs, x, g, PIXELS, bytes, words);
    for (; x + 2 <= width; x += 2) tile(layer, inputs, x, g, 2, bytes, words);
    if (x < width) tile(layer, inputs, x, g, 1, bytes, words);
  }
}
