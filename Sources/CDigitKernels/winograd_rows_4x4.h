// Four rows of a 3x3 convolution by Winograd's F(4x4, 3x3), in integers without rounding. A file that includes this defines
//   TARGET  the instruction set, which includes AVX2;
//   TILES   the tiles that are summed at a time, as many as there are registers for their sums, 12 at most;
//   lanes   sixteen 32-bit integers, with their operations: none, loaded, stored, plus, minus, times, shifted_left,
//           shifted_right, with_products (adds to each lane the products of two inputs with its two weights),
//           requantised (to 16 bytes).
//
// The transforms of inputs and weights are small integers, so the products are of 16 by 16 bits. With the fractions
// removed from all three transforms, the result for a sum S is 9 * 2^k * S, k up to 6, which is exact modulo 2^32 even
// if intermediate values overflow. Multiplied by the inverse of 9 it is 2^k * S, a signed 32-bit number if |S| < 2^25.
#include <immintrin.h>
#include <string.h>

#include "winograd_4x4.h"

#pragma STDC FP_CONTRACT OFF

enum {
  INVERSE_OF_9 = 954437177,  // 9 * 954437177 = 2 * 2^32 + 1
  WIDE_INPUTS = 64           // with more channels, a layer's weights do not fit a second-level cache anyway
};

// B' applied to six values: 4a - 5c + e, and so on (Lavin and Gray, equation 13).
INLINE void transform_inputs(const __m256i in[6], __m256i out[6]) {
  const __m256i c_to_e = _mm256_sub_epi16(in[4], in[2]), b_to_d = _mm256_sub_epi16(in[3], in[1]);
  const __m256i twice = _mm256_slli_epi16(b_to_d, 1);
  out[0] = _mm256_add_epi16(_mm256_slli_epi16(_mm256_sub_epi16(in[0], in[2]), 2), c_to_e);
  out[1] = _mm256_sub_epi16(_mm256_add_epi16(in[3], in[4]), _mm256_slli_epi16(_mm256_add_epi16(in[1], in[2]), 2));
  out[2] = _mm256_add_epi16(_mm256_sub_epi16(in[4], in[3]), _mm256_slli_epi16(_mm256_sub_epi16(in[1], in[2]), 2));
  out[3] = _mm256_add_epi16(c_to_e, twice);
  out[4] = _mm256_sub_epi16(c_to_e, twice);
  out[5] = _mm256_sub_epi16(_mm256_sub_epi16(in[5], in[3]), _mm256_slli_epi16(b_to_d, 2));
}

// Transforms the inputs of tiles, 16 channels at a time, to [point][tile][channel].
INLINE void transform_tiles(const uint8_t *const *inputs, const digit_span *tiles, int count, int channels,
                            int16_t *transformed) {
  const ptrdiff_t between = (ptrdiff_t)count * channels;
  for (int t = 0; t < count; t++) {
    for (int channel = 0; channel < channels; channel += 16) {
      const ptrdiff_t at = tiles[t].first * channels + channel;
      __m256i half[WINOGRAD_SIDE][WINOGRAD_SIDE];
      for (int c = 0; c < WINOGRAD_SIDE; c++) {
        __m256i column[WINOGRAD_SIDE], out[WINOGRAD_SIDE];
#pragma clang loop unroll(full)
        for (int r = 0; r < WINOGRAD_SIDE; r++)
          column[r] = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)(inputs[r] + at + c * channels)));
        transform_inputs(column, out);
#pragma clang loop unroll(full)
        for (int r = 0; r < WINOGRAD_SIDE; r++) half[r][c] = out[r];
      }
      int16_t *target = transformed + (ptrdiff_t)t * channels + channel;
      for (int r = 0; r < WINOGRAD_SIDE; r++) {
        __m256i out[WINOGRAD_SIDE];
        transform_inputs(half[r], out);
#pragma clang loop unroll(full)
        for (int c = 0; c < WINOGRAD_SIDE; c++)
          _mm256_storeu_si256((__m256i *)(target + (r * WINOGRAD_SIDE + c) * between), out[c]);
      }
    }
  }
}

// The sums over all input channels at one point, for `tiles` tiles, a constant at every call.
INLINE void sum_point(const int16_t *weights, const int16_t *transformed, int channels, int tiles, int32_t *sums) {
  lanes sum[TILES];
  const int16_t *tile[TILES];
#pragma clang loop unroll(full)
  for (int t = 0; t < tiles; t++) {
    sum[t] = none();
    tile[t] = transformed + (ptrdiff_t)t * channels;
    __asm__("" : "+r"(tile[t]));  // otherwise each address is computed from the previous one in every iteration
  }
  for (ptrdiff_t c = 0; c < channels; c += 2, weights += 2 * DIGIT_CHANNEL_GROUP) {
    const lanes taps = loaded((const int32_t *)weights);
#pragma clang loop unroll(full)
    for (int t = 0; t < tiles; t++) {
      int32_t pair;
      memcpy(&pair, tile[t] + c, sizeof pair);
      sum[t] = with_products(sum[t], pair, taps);
    }
  }
#pragma clang loop unroll(full)
  for (int t = 0; t < tiles; t++) stored(sum[t], sums + t * DIGIT_CHANNEL_GROUP);
}

// The first of as few nearly equal parts of `count` as there are with at most `most` each: a small last part would load
// all weights for little.
INLINE ptrdiff_t part_of(ptrdiff_t count, ptrdiff_t most) {
  const ptrdiff_t parts = (count + most - 1) / most;
  return parts == 0 ? 0 : (count + parts - 1) / parts;
}

// The sums of as many tiles as a constant says, so that they stay in registers.
#define SUM_POINT(COUNT) \
  case COUNT: sum_point(weights, transformed, channels, COUNT <= TILES ? COUNT : TILES, sums); break;

// The sums of one group of output channels, as [point][tile][output].
INLINE void sum_points(const digit_winograd *layer, int group, const int16_t *transformed, int tiles, int32_t *sums) {
  const int channels = layer->inputs;
  const int16_t *weights = layer->weights + (ptrdiff_t)group * WINOGRAD_POINTS * channels * DIGIT_CHANNEL_GROUP;
  for (int point = 0; point < WINOGRAD_POINTS; point++, weights += channels * DIGIT_CHANNEL_GROUP) {
    for (int t = 0, some; t < tiles; t += some, sums += some * DIGIT_CHANNEL_GROUP, transformed += some * channels) {
      some = (int)part_of(tiles - t, TILES);
      switch (some) {
        SUM_POINT(1)
        SUM_POINT(2)
        SUM_POINT(3)
        SUM_POINT(4)
        SUM_POINT(5)
        SUM_POINT(6)
        SUM_POINT(7)
        SUM_POINT(8)
        SUM_POINT(9)
        SUM_POINT(10)
        SUM_POINT(11)
        SUM_POINT(12)
      }
    }
  }
}

// A' applied to six sums; the four values are divided by 3 and then shifted right by these bits.
static const int denominators[DIGIT_WINOGRAD_SIDE] = {3, 2, 1, 1};

INLINE void transform_sums(const lanes in[6], lanes out[4]) {
  const lanes p = plus(in[1], in[2]), m = minus(in[1], in[2]), q = plus(in[3], in[4]), n = minus(in[3], in[4]);
  out[0] = plus(plus(shifted_left(p, 2), q), plus(shifted_left(in[0], 2), shifted_left(in[0], 1)));
  out[1] = plus(shifted_left(m, 1), n);
  out[2] = plus(p, q);
  out[3] = plus(plus(m, shifted_left(n, 1)), plus(shifted_left(in[5], 2), shifted_left(in[5], 1)));
}

// The outputs of one group of channels: the requested rows and columns of each tile.
INLINE void finish_tiles(const digit_winograd *layer, int group, const int32_t *sums, const digit_span *tiles, int count,
                         int rows, uint8_t *const *outputs) {
  const ptrdiff_t between = (ptrdiff_t)count * DIGIT_CHANNEL_GROUP;
  const int32_t *bias = layer->bias + group * DIGIT_CHANNEL_GROUP;
  const float *multiplier = layer->multiplier + group * DIGIT_CHANNEL_GROUP;
  for (int t = 0; t < count; t++) {
    lanes half[DIGIT_WINOGRAD_SIDE][WINOGRAD_SIDE];
    for (int c = 0; c < WINOGRAD_SIDE; c++) {
      lanes column[WINOGRAD_SIDE], out[DIGIT_WINOGRAD_SIDE];
#pragma clang loop unroll(full)
      for (int r = 0; r < WINOGRAD_SIDE; r++)
        column[r] = loaded(sums + (r * WINOGRAD_SIDE + c) * between + t * DIGIT_CHANNEL_GROUP);
      transform_sums(column, out);
#pragma clang loop unroll(full)
      for (int r = 0; r < DIGIT_WINOGRAD_SIDE; r++) half[r][c] = out[r];
    }
    for (int r = 0; r < rows; r++) {
      lanes out[DIGIT_WINOGRAD_SIDE];
      transform_sums(half[r], out);
      for (int c = 0; c < tiles[t].width; c++) {
        const lanes sum = shifted_right(times(out[c], INVERSE_OF_9), denominators[r] + denominators[c]);
        const ptrdiff_t at = ((tiles[t].first + c) * layer->groups + group) * DIGIT_CHANNEL_GROUP;
        _mm_storeu_si128((__m128i *)(outputs[r] + at), requantised(sum, bias, multiplier));
      }
    }
  }
}

INLINE void compute_tiles(const digit_winograd *layer, const uint8_t *const *inputs, const digit_span *tiles, int count,
                          int rows, void *scratch, uint8_t *const *outputs) {
  int16_t *transformed = scratch;
  int32_t *sums = (int32_t *)(transformed + (ptrdiff_t)WINOGRAD_POINTS * WINOGRAD_TILES * layer->inputs);
  transform_tiles(inputs, tiles, count, layer->inputs, transformed);
  for (int group = 0; group < layer->groups; group++) {
    sum_points(layer, group, transformed, count, sums);
    finish_tiles(layer, group, sums, tiles, count, rows, outputs);
  }
}

INLINE void winograd_rows(const digit_winograd *layer, const uint8_t *const *inputs, const digit_span *spans, int count,
                          int rows, void *scratch, uint8_t *const *outputs) {
  ptrdiff_t left = 0;
  for (int i = 0; i < count; i++) left += (spans[i].width + DIGIT_WINOGRAD_SIDE - 1) / DIGIT_WINOGRAD_SIDE;
  const ptrdiff_t most = layer->inputs > WIDE_INPUTS ? WINOGRAD_TILES : WINOGRAD_TILES / 2;
  digit_span tiles[WINOGRAD_TILES];
  int waiting = 0, batch = (int)part_of(left, most);
  for (int i = 0; i < count; i++) {
    const ptrdiff_t end = spans[i].first + spans[i].width;
    for (ptrdiff_t x = spans[i].first; x < end; x += DIGIT_WINOGRAD_SIDE) {
      tiles[waiting++] = (digit_span){x, end - x < DIGIT_WINOGRAD_SIDE ? end - x : DIGIT_WINOGRAD_SIDE};
      if (waiting < batch) continue;
      compute_tiles(layer, inputs, tiles, waiting, rows, scratch, outputs);
      left -= waiting;
      waiting = 0;
      batch = (int)part_of(left, most);
    }
  }
}
