// Runs the kernels of this machine on rows whose shapes and bytes come from the input, in memory of exactly their size,
// and compares each with the portable one.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "CDigitKernels.h"

// The rest of the input; past its end it yields zeros.
typedef struct {
  const uint8_t *bytes;
  size_t count;
} stream;

static int next(stream *input) { return input->count ? input->count--, *input->bytes++ : 0; }

static int in_range(stream *input, int least, int most) { return least + next(input) % (most - least + 1); }

static void *exactly(size_t count) {
  void *memory = calloc(count ? count : 1, 1);
  if (!memory) abort();
  return memory;
}

static uint8_t *bytes_of(stream *input, size_t count, int most) {
  uint8_t *bytes = exactly(count);
  for (size_t i = 0; i < count; i++) bytes[i] = (uint8_t)in_range(input, 0, most);
  return bytes;
}

static int32_t *biases_of(stream *input, int outputs) {
  int32_t *bias = exactly(outputs * sizeof *bias);
  for (int i = 0; i < outputs; i++) bias[i] = 1024 * (next(input) - 128);
  return bias;
}

static float *multipliers_of(stream *input, int outputs) {
  float *multiplier = exactly(outputs * sizeof *multiplier);
  for (int i = 0; i < outputs; i++) multiplier[i] = (float)in_range(input, 1, 250) * 1e-5f;
  return multiplier;
}

static void require_same(void *one, void *other, size_t count) {
  if (memcmp(one, other, count) != 0) abort();
  free(one);
  free(other);
}

static void compare_pictures(const digit_kernels *kernels, const digit_kernels *portable, stream *input) {
  const int width = in_range(input, 0, 80);
  uint8_t *upper = bytes_of(input, 6 * (size_t)width, 255), *lower = bytes_of(input, 6 * (size_t)width, 255);
  uint8_t *one = exactly(3 * (size_t)width), *other = exactly(3 * (size_t)width);
  kernels->halve_row(upper, lower, width, one);
  portable->halve_row(upper, lower, width, other);
  require_same(one, other, 3 * (size_t)width);
  one = exactly(8 * (size_t)width);
  other = exactly(8 * (size_t)width);
  kernels->picture_row(upper, 2 * width, one);
  portable->picture_row(upper, 2 * width, other);
  require_same(one, other, 8 * (size_t)width);
  free(upper);
  free(lower);
}

enum { MAX_ROWS = 3 };

static void compare_convolutions(const digit_kernels *kernels, const digit_kernels *portable, stream *input) {
  const int rows = in_range(input, 1, MAX_ROWS), columns = in_range(input, 1, 3), channels = 4 * in_range(input, 1, 2);
  const int width = in_range(input, 0, 20), stride = in_range(input, 1, 2), groups = in_range(input, 1, 5);
  const int outputs = groups * DIGIT_CHANNEL_GROUP;
  const size_t row_bytes = width ? (size_t)((width - 1) * stride + columns) * channels : 0;
  uint8_t *inputs[MAX_ROWS];
  for (int r = 0; r < rows; r++) inputs[r] = bytes_of(input, row_bytes, 127);
  const size_t weight_count = (size_t)outputs * rows * columns * channels;
  int8_t *weights = exactly(weight_count);
  int32_t *bias = biases_of(input, outputs);
  float *multiplier = multipliers_of(input, outputs);
  // Few bytes remain, so they are used repeatedly.
  const stream rest = *input;
  for (size_t i = 0; i < weight_count; i++) {
    if (input->count == 0) *input = rest;
    weights[i] = (int8_t)(in_range(input, 0, 254) - 127);
  }
  const digit_convolution layer = {
    .rows = rows, .quads = columns * channels / 4, .step = stride * channels, .groups = groups, .weights = weights,
    .bias = bias, .multiplier = multiplier};
  const size_t count = (size_t)width * outputs;
  uint8_t *one = exactly(count), *other = exactly(count);
  kernels->row_bytes(&layer, (const uint8_t *const *)inputs, width, one);
  portable->row_bytes(&layer, (const uint8_t *const *)inputs, width, other);
  require_same(one, other, count);
  int16_t *words = exactly(2 * count), *other_words = exactly(2 * count);
  kernels->row_words(&layer, (const uint8_t *const *)inputs, width, words);
  portable->row_words(&layer, (const uint8_t *const *)inputs, width, other_words);
  require_same(words, other_words, 2 * count);
  for (int r = 0; r < rows; r++) free(inputs[r]);
  free(weights);
  free(bias);
  free(multiplier);
}

// Compares rows that are computed together with the same rows computed one by one, in spans with a gap between them.
static void compare_winograd(const digit_kernels *kernels, const digit_kernels *portable, stream *input) {
  enum { SIDE = DIGIT_WINOGRAD_SIDE, WINDOW = 3 };
  if (!kernels->winograd_rows) return;
  const int channels = DIGIT_CHANNEL_GROUP * in_range(input, 1, 2), groups = in_range(input, 1, 3);
  const int outputs = groups * DIGIT_CHANNEL_GROUP, rows = in_range(input, 1, SIDE);
  const digit_span spans[] = {{0, in_range(input, 0, 17)}, {20, in_range(input, 1, 9)}};
  const int width = (int)(spans[1].first + spans[1].width), readable = width + SIDE - 1 + WINDOW - 1;
  uint8_t *inputs[SIDE + WINDOW - 1], *one[SIDE], *other[SIDE];
  for (int r = 0; r < SIDE + WINDOW - 1; r++) inputs[r] = bytes_of(input, (size_t)readable * channels, 127);
  const size_t weight_count = (size_t)outputs * WINDOW * WINDOW * channels;
  int8_t *weights = exactly(weight_count), *packed = exactly(weight_count);
  int32_t *bias = biases_of(input, outputs);
  float *multiplier = multipliers_of(input, outputs);
  const stream rest = *input;
  const int quads = WINDOW * channels / 4;
  for (int output = 0; output < outputs; output++)
    for (int at = 0; at < WINDOW * WINDOW * channels; at++) {
      if (input->count == 0) *input = rest;
      const int8_t weight = (int8_t)(in_range(input, 0, 254) - 127);
      const int row = at / (4 * quads), byte = at % (4 * quads), group = output / DIGIT_CHANNEL_GROUP;
      weights[(size_t)output * WINDOW * WINDOW * channels + at] = weight;
      packed[((((size_t)group * WINDOW + row) * quads + byte / 4) * DIGIT_CHANNEL_GROUP + output % DIGIT_CHANNEL_GROUP) * 4 +
             byte % 4] = weight;
    }
  int16_t *transformed = exactly(digit_winograd_weight_count(groups, channels) * sizeof *transformed);
  digit_winograd_weights(weights, outputs, channels, channels, transformed);
  const digit_convolution layer = {
    .rows = WINDOW, .quads = quads, .step = channels, .groups = groups, .weights = packed, .bias = bias,
    .multiplier = multiplier};
  const digit_winograd minimal = {
    .inputs = channels, .groups = groups, .weights = transformed, .bias = bias, .multiplier = multiplier};
  const size_t count = (size_t)width * outputs;
  for (int r = 0; r < SIDE; r++) {
    one[r] = exactly(count);
    other[r] = exactly(count);
    for (int i = 0; i < 2 && r < rows; i++) {
      const uint8_t *window[WINDOW];
      for (int w = 0; w < WINDOW; w++) window[w] = inputs[r + w] + spans[i].first * channels;
      portable->row_bytes(&layer, window, spans[i].width, other[r] + spans[i].first * outputs);
    }
  }
  void *scratch = exactly(digit_winograd_scratch(channels));
  kernels->winograd_rows(&minimal, (const uint8_t *const *)inputs, spans, 2, rows, scratch, one);
  for (int r = 0; r < SIDE; r++) require_same(one[r], other[r], count);
  for (int r = 0; r < SIDE + WINDOW - 1; r++) free(inputs[r]);
  free(scratch);
  free(transformed);
  free(weights);
  free(packed);
  free(bias);
  free(multiplier);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  for (int i = 0; digit_kernels_name(i); i++) {
    const digit_kernels *kernels = digit_kernels_named(digit_kernels_name(i));
    if (!kernels) continue;
    stream input = {bytes, count};
    compare_pictures(kernels, digit_kernels_named("portable"), &input);
    compare_convolutions(kernels, digit_kernels_named("portable"), &input);
    compare_winograd(kernels, digit_kernels_named("portable"), &input);
  }
  return 0;
}
