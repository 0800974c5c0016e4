// AVX-512 VNNI: up to 64 outputs by 6 pixels at a time, four products per lane and instruction.
#include "convolution_row.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vnni")))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum { PIXELS = 6, GROUPS = 4 };

INLINE __m512i broadcast(const uint8_t *bytes) {
  int32_t quad;
  memcpy(&quad, bytes, 4);
  return _mm512_set1_epi32(quad);
}

// `groups` and `pixels` are constants at every call, so the sums are kept in registers.
INLINE void tile(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t x, int group, int groups,
                 int pixels, uint8_t *bytes, int16_t *words) {
  const ptrdiff_t between = (ptrdiff_t)layer->rows * layer->quads * DIGIT_CHANNEL_GROUP * 4;
  const int8_t *weights = digit_group_weights(layer, group);
  const ptrdiff_t step = layer->step;
  __m512i sums[GROUPS][PIXELS];
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++)
#pragma clang loop unroll(full)
    for (int p = 0; p < pixels; p++) sums[g][p] = _mm512_setzero_si512();
  for (int r = 0; r < layer->rows; r++) {
    const uint8_t *input = inputs[r] + x * step;
    for (int q = 0; q < layer->quads; q++, weights += 64, input += 4) {
      __m512i taps[GROUPS];
#pragma clang loop unroll(full)
      for (int g = 0; g < groups; g++) taps[g] = _mm512_loadu_si512(weights + g * between);
#pragma clang loop unroll(full)
      for (int p = 0; p < pixels; p++) {
        const __m512i quad = broadcast(input + p * step);
#pragma clang loop unroll(full)
        for (int g = 0; g < groups; g++) sums[g][p] = _mm512_dpbusd_epi32(sums[g][p], quad, taps[g]);
      }
    }
  }
  const __m512 least = _mm512_set1_ps(bytes ? 0.0f : -32768.0f), most = _mm512_set1_ps(bytes ? 127.0f : 32767.0f);
#pragma clang loop unroll(full)
  for (int g = 0; g < groups; g++) {
    const int channel = (group + g) * DIGIT_CHANNEL_GROUP;
    const __m512i bias = _mm512_loadu_si512(layer->bias + channel);
    const __m512 multiplier = _mm512_loadu_ps(layer->multiplier + channel);
#pragma clang loop unroll(full)
    for (int p = 0; p < pixels; p++) {
      __m512 value = _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_add_epi32(sums[g][p], bias)), multiplier);
      const __m512i whole = _mm512_cvtps_epi32(_mm512_min_ps(_mm512_max_ps(value, least), most));
      const ptrdiff_t at = (x + p) * layer->groups * DIGIT_CHANNEL_GROUP + channel;
      if (bytes)
        _mm_storeu_si128((__m128i *)(bytes + at), _mm512_cvtepi32_epi8(whole));
      else
        _mm256_storeu_si256((__m256i *)(words + at), _mm512_cvtepi32_epi16(whole));
    }
  }
}

INLINE void strip(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width, int group, int groups,
                  uint8_t *bytes, int16_t *words) {
  ptrdiff_t x = 0;
  for (; x + PIXELS <= width; x += PIXELS) tile(layer, inputs, x, group, groups, PIXELS, bytes, words);
  switch (width - x) {
    case 5: return tile(layer, inputs, x, group, groups, 5, bytes, words);
    case 4: return tile(layer, inputs, x, group, groups, 4, bytes, words);
    case 3: return tile(layer, inputs, x, group, groups, 3, bytes, words);
    case 2: return tile(layer, inputs, x, group, groups, 2, bytes, words);
    case 1: return tile(layer, inputs, x, group, groups, 1, bytes, words);
  }
}

INLINE void row(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width, uint8_t *bytes,
                int16_t *words) {
  int group = 0;
  for (; group + 4 <= layer->groups; group += 4) strip(layer, inputs, width, group, 4, bytes, words);
  for (; group + 2 <= layer->groups; group += 2) strip(layer, inputs, width, group, 2, bytes, words);
  for (; group < layer->groups; group++) strip(layer, inputs, width, group, 1, bytes, words);
}

TARGET void digit_bytes_avx512vnni(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                                   uint8_t *output) {
  row(layer, inputs, width, output, 0);
}

TARGET void digit_words_avx512vnni(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                                   int16_t *output) {
  row(layer, inputs, width, 0, output);
}
#else
typedef int digit_avx512vnni_is_for_x86;
#endif
