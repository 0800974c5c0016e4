// Runs the row kernels of this machine on rows whose shapes and bytes the input gives, in memory of exactly their size, and
// compares each with the portable one.
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "CDigitKernels.h"

// What is left of the input; past its end come zeros.
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
  int32_t *bias = exactly(outputs * sizeof *bias);
  float *multiplier = exactly(outputs * sizeof *multiplier);
  for (int i = 0; i < outputs; i++) {
    bias[i] = 1024 * (next(input) - 128);
    multiplier[i] = (float)in_range(input, 1, 250) * 1e-5f;
  }
  // Few bytes are left; they are dealt out again and again.
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  for (int i = 0; digit_kernels_name(i); i++) {
    const digit_kernels *kernels = digit_kernels_named(digit_kernels_name(i));
    if (!kernels) continue;
    stream input = {bytes, count};
    compare_pictures(kernels, digit_kernels_named("portable"), &input);
    compare_convolutions(kernels, digit_kernels_named("portable"), &input);
  }
  return 0;
}
