// Portable C: the oracle that every other kernel must equal, and the fallback for machines without a kernel of their
// own.
#include "convolution_row.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

static void sums_of_pixel(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t x, int group,
                          int32_t sums[DIGIT_CHANNEL_GROUP]) {
  const int8_t *restrict weights = digit_group_weights(layer, group);
  int32_t own[DIGIT_CHANNEL_GROUP] = {0};  // a local array stays in registers, because bytes may alias anything
  for (int r = 0; r < layer->rows; r++) {
    const uint8_t *restrict input = inputs[r] + x * layer->step;
    for (int q = 0; q < layer->quads; q++, weights += DIGIT_CHANNEL_GROUP * 4, input += 4)
      for (int c = 0; c < DIGIT_CHANNEL_GROUP; c++)
        own[c] += input[0] * weights[c * 4] + input[1] * weights[c * 4 + 1] + input[2] * weights[c * 4 + 2] +
                  input[3] * weights[c * 4 + 3];
  }
  memcpy(sums, own, sizeof own);
}

// Adding and subtracting 1.5 * 2^23 rounds to nearest, ties to even, without libm; compilers must not simplify it.
static inline int32_t requantised(int32_t sum, int32_t bias, float multiplier, float low, float high) {
  const float magic = 12582912.0f;
  float value = (float)(sum + bias) * multiplier;
  value = value < low ? low : value > high ? high : value;
  return (int32_t)((value + magic) - magic);
}

void digit_bytes_portable(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                          uint8_t *output) {
  for (ptrdiff_t x = 0; x < width; x++)
    for (int g = 0; g < layer->groups; g++) {
      int32_t sums[DIGIT_CHANNEL_GROUP];
      sums_of_pixel(layer, inputs, x, g, sums);
      for (int c = 0, k = g * DIGIT_CHANNEL_GROUP; c < DIGIT_CHANNEL_GROUP; c++, k++)
        *output++ = (uint8_t)requantised(sums[c], layer->bias[k], layer->multiplier[k], 0.0f, 127.0f);
    }
}

void digit_words_portable(const digit_convolution *layer, const uint8_t *const *inputs, ptrdiff_t width,
                          int16_t *output) {
  for (ptrdiff_t x = 0; x < width; x++)
    for (int g = 0; g < layer->groups; g++) {
      int32_t sums[DIGIT_CHANNEL_GROUP];
      sums_of_pixel(layer, inputs, x, g, sums);
      for (int c = 0, k = g * DIGIT_CHANNEL_GROUP; c < DIGIT_CHANNEL_GROUP; c++, k++)
        *output++ = (int16_t)requantised(sums[c], layer->bias[k], layer->multiplier[k], -32768.0f, 32767.0f);
    }
}
