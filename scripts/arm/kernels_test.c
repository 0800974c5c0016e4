// Runs the row kernels that this machine supports, for pictures and for all layer shapes, and compares each with the
// portable one. Prints the first cell that differs. The arguments are the names of kernels that must be among them.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CDigitKernels.h"

static uint32_t state = 1;

static uint32_t next_random(void) {
  state = state * 1664525u + 1013904223u;
  return state >> 8;
}

typedef struct {
  int rows, columns, input_channels, stride, groups, width, extreme;
} shape;

static int differs(const digit_kernels *kernels, const shape *s) {
  const digit_kernels *portable = digit_kernels_named("portable");
  const int quads = s->columns * s->input_channels / 4, channels = s->groups * DIGIT_CHANNEL_GROUP;
  const size_t weight_count = (size_t)s->groups * s->rows * quads * DIGIT_CHANNEL_GROUP * 4;
  const size_t row_bytes = ((size_t)(s->width - 1) * s->stride + s->columns) * s->input_channels;
  int8_t *weights = malloc(weight_count);
  int32_t *bias = malloc(channels * sizeof *bias);
  float *multiplier = malloc(channels * sizeof *multiplier);
  uint8_t *input = malloc(row_bytes * s->rows);
  const uint8_t **inputs = malloc(s->rows * sizeof *inputs);
  uint8_t *bytes[2];
  int16_t *words[2];
  for (size_t i = 0; i < weight_count; i++)
    weights[i] = s->extreme ? (i / 64 % 2 ? 127 : -127) : (int8_t)((int)(next_random() % 255) - 127);
  for (int i = 0; i < channels; i++) {
    bias[i] = (int32_t)(next_random() % 20001) - 10000;
    multiplier[i] = (float)(1 + next_random() % 1000) * (s->extreme ? 1e-2f : 3e-6f);
  }
  for (size_t i = 0; i < row_bytes * s->rows; i++) input[i] = s->extreme ? 127 : next_random() % 128;
  for (int r = 0; r < s->rows; r++) inputs[r] = input + r * row_bytes;
  const digit_convolution layer = {s->rows, quads, s->stride * s->input_channels, s->groups, weights, bias, multiplier};
  const size_t count = (size_t)s->width * channels;
  for (int k = 0; k < 2; k++) {
    bytes[k] = calloc(count, 1);
    words[k] = calloc(count, 2);
    (k ? kernels : portable)->row_bytes(&layer, inputs, s->width, bytes[k]);
    (k ? kernels : portable)->row_words(&layer, inputs, s->width, words[k]);
  }
  int found = 0;
  for (size_t i = 0; i < count && !found; i++) {
    if (bytes[0][i] == bytes[1][i] && words[0][i] == words[1][i]) continue;
    printf("%s differs: rows %d, columns %d, input channels %d, stride %d, outputs %d, width %d%s; cell %zu, channel %zu: "
           "bytes %d and %d, words %d and %d\n",
           kernels->name, s->rows, s->columns, s->input_channels, s->stride, channels, s->width,
           s->extreme ? ", largest values" : "", i / channels, i % channels, bytes[0][i], bytes[1][i], words[0][i],
           words[1][i]);
    found = 1;
  }
  for (int k = 0; k < 2; k++) {
    free(bytes[k]);
    free(words[k]);
  }
  free(weights);
  free(bias);
  free(multiplier);
  free(input);
  free(inputs);
  return found;
}

// The same for the conversion of pictures to the networks' input.
static int picture_rows_differ(const digit_kernels *kernels) {
  enum { MOST = 70 };
  const digit_kernels *portable = digit_kernels_named("portable");
  uint8_t upper[6 * MOST], lower[6 * MOST], outputs[2][8 * MOST];
  for (int i = 0; i < 6 * MOST; i++) {
    upper[i] = (uint8_t)next_random();
    lower[i] = (uint8_t)next_random();
  }
  for (int width = 1; width <= MOST; width++) {
    for (int k = 0; k < 2; k++) {
      const digit_kernels *some = k ? kernels : portable;
      memset(outputs[k], 0, sizeof outputs[k]);
      some->picture_row(upper, width, outputs[k]);
      some->halve_row(upper, lower, width, outputs[k] + 4 * MOST);
    }
    if (memcmp(outputs[0], outputs[1], sizeof outputs[0]) == 0) continue;
    printf("%s differs: picture or halved row, width %d\n", kernels->name, width);
    return 1;
  }
  return 0;
}

int main(int count, char **names) {
  const int windows[][2] = {{1, 1}, {3, 3}, {5, 5}, {1, 3}, {12, 1}};
  const int channels[][2] = {{4, 2}, {16, 1}, {32, 2}, {64, 4}, {96, 6}, {192, 12}};
  int compared = 0, ran = 0;
  for (int i = 1; i < count; i++)
    if (!digit_kernels_named(names[i])) return printf("this machine can't run the %s kernels\n", names[i]), 1;
  for (int k = 0; digit_kernels_name(k); k++) {
    const digit_kernels *kernels = digit_kernels_named(digit_kernels_name(k));
    if (!kernels || strcmp(kernels->name, "portable") == 0) continue;
    ran++;
    if (picture_rows_differ(kernels)) return 1;
    for (int w = 0; w < 5; w++)
      for (int c = 0; c < 6; c++)
        for (int stride = 1; stride <= 2; stride++)
          for (int width = 1; width <= 19; width += 1 + (channels[c][0] > 64) * 2)
            for (int extreme = 0; extreme < 2; extreme++, compared++) {
              const shape s = {windows[w][0], windows[w][1], channels[c][0], stride, channels[c][1], width, extreme};
              if (differs(kernels, &s)) return 1;
            }
  }
  printf("%d kernels beside the portable one, %d shapes, the same bits\n", ran, compared);
  return ran ? 0 : 1;
}
