// NEON with the dot product of Armv8.2: 16 outputs by 6 pixels at a time, four products per lane and instruction.
#include "convolution_row.h"

#if defined(__aarch64__)
#include <arm_neon.h>
#include <string.h>

#pragma STDC FP_CONTRACT OFF

#define TARGET __attribute__((target("arch=armv8.2-a+dotprod")))
#define INLINE static inline __attribute__((always_inline)) TARGET

enum { PIXELS = 6, VECTORS = DIGIT_CHANNEL_GROUP / 4 };

// Four activations in each lane. They are 0...127, so they fit signed bytes.
INLINE int8x16_t broadcast(const uint8_t *bytes) {
  int32_t quad;
  memcpy(&quad, bytes, 4);
  return vreinterpretq_s8_s32(vdupq_n_s32(quad));
}

INLINE int32x4_t requantised(int32x4_t sum, const int32_t *bias, const float *multiplier, float low, float high) {
  float32x4_t value = vmulq_f32(vcvtq_f32_s32(vaddq_s32(sum, vld1q_s32(bias))), vld1q_f32(multiplier));
  value = vminq_f32(vmaxq_f32(value, vdupq_n_f32(low)), vdupq_n_f32(high));
  return vcvtnq_s32_f32(value);
}

// `pixels` is a constant at every call, so the array is kept in registers.
INLINE void tile(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t x, int group, int pixels,
                 uint8_t *bytes, int16_t *words) {
  const int8_t *weights = digit_group_weights(layer, group);
  int32x4_t sums[PIXELS][VECTORS];
#pragma clang loop unroll(full)
  for (int p = 0; p < pixels; p++)
#pragma clang loop unroll(full)
    for (int v = 0; v < VECTORS; v++) sums[p][v] = vdupq_n_s32(0);
  for (int r = 0; r < layer->rows; r++) {
    const uint8_t *input = inputs[r] + x * layer->step;
    for (int q = 0; q < layer->quads; q++, weights += 64, input += 4) {
      int8x16_t taps[VECTORS];
#pragma clang loop unroll(full)
      for (int v = 0; v < VECTORS; v++) taps[v] = vld1q_s8(weights + 16 * v);
#pragma clang loop unroll(full)
      for (int p = 0; p < pixels; p++) {
        const int8x16_t quad = broadcast(input + p * (ptrdiff_t)layer->step);
#pragma clang loop unroll(full)
        for (int v = 0; v < VECTORS; v++) sums[p][v] = vdotq_s32(sums[p][v], taps[v], quad);
      }
    }
  }
  const int32_t *bias = layer->bias + group * DIGIT_CHANNEL_GROUP;
  const float *multiplier = layer->multiplier + group * DIGIT_CHANNEL_GROUP;
  const float least = bytes ? 0.0f : -32768.0f, most = bytes ? 127.0f : 32767.0f;
#pragma clang loop unroll(full)
  for (int p = 0; p < pixels; p++) {
    int16x4_t narrow[VECTORS];
#pragma clang loop unroll(full)
    for (int v = 0; v < VECTORS; v++)
      narrow[v] = vmovn_s32(requantised(sums[p][v], bias + 4 * v, multiplier + 4 * v, least, most));
    const int16x8_t low = vcombine_s16(narrow[0], narrow[1]), high = vcombine_s16(narrow[2], narrow[3]);
    const ptrdiff_t at = ((x + p) * layer->groups + group) * DIGIT_CHANNEL_GROUP;
    if (bytes) {
      vst1q_u8(bytes + at, vreinterpretq_u8_s8(vcombine_s8(vmovn_s16(low), vmovn_s16(high))));
    } else {
      vst1q_s16(words + at, low);
      vst1q_s16(words + at + 8, high);
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

TARGET void digit_bytes_neon(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                             uint8_t *output) {
  row(layer, inputs, width, output, 0);
}

TARGET void digit_words_neon(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                             int16_t *output) {
  row(layer, inputs, width, 0, output);
}
#else
typedef int digit_neon_is_for_aarch64;
#endif
