// Transforms weights for the Winograd kernels: G g G' of each 3x3 window g, with G's fractions removed (Lavin and Gray,
// 2016, arXiv:1509.09308, equation 13). Its rows are multiplied by 4, 6, 6, 24, 24 and 1, so a transformed weight is at
// most 49 * 127.
#include "winograd_4x4.h"

enum { WINDOW = 3 };

// G applied to three weights that are `step` apart.
static void transform(const int16_t *in, int step, int16_t *out, int out_step) {
  const int first = in[0], middle = in[step], last = in[2 * step];
  out[0] = (int16_t)first;
  out[out_step] = (int16_t)(-first - middle - last);
  out[2 * out_step] = (int16_t)(-first + middle - last);
  out[3 * out_step] = (int16_t)(first + 2 * middle + 4 * last);
  out[4 * out_step] = (int16_t)(first - 2 * middle + 4 * last);
  out[5 * out_step] = (int16_t)last;
}

// The transformed weights of a window whose weights are `step` apart, written `out_step` apart.
static void transform_window(const int8_t *window, ptrdiff_t step, int16_t *out, ptrdiff_t out_step) {
  int16_t weights[WINDOW * WINDOW], half[WINOGRAD_SIDE * WINDOW], points[WINOGRAD_POINTS];
  for (int i = 0; i < WINDOW * WINDOW; i++) weights[i] = window[i * step];
  for (int column = 0; column < WINDOW; column++) transform(weights + column, WINDOW, half + column, WINDOW);
  for (int row = 0; row < WINOGRAD_SIDE; row++) transform(half + row * WINDOW, 1, points + row * WINOGRAD_SIDE, 1);
  for (int i = 0; i < WINOGRAD_POINTS; i++) out[i * out_step] = points[i];
}

void digit_winograd_weights(const int8_t *weights, int outputs, int inputs, int padded_inputs, int16_t *packed) {
  const ptrdiff_t point = (ptrdiff_t)padded_inputs * DIGIT_CHANNEL_GROUP;
  for (int group = 0; group * DIGIT_CHANNEL_GROUP < outputs; group++)
    for (int input = 0; input < inputs; input++)
      for (int lane = 0; lane < DIGIT_CHANNEL_GROUP; lane++) {
        const int output = group * DIGIT_CHANNEL_GROUP + lane;
        if (output >= outputs) break;
        int16_t *pair = packed + group * WINOGRAD_POINTS * point + (ptrdiff_t)(input / 2) * 2 * DIGIT_CHANNEL_GROUP;
        transform_window(weights + (ptrdiff_t)output * WINDOW * WINDOW * inputs + input, inputs, pair + 2 * lane + input % 2,
                         point);
      }
}

ptrdiff_t digit_winograd_weight_count(int groups, int padded_inputs) {
  return (ptrdiff_t)groups * WINOGRAD_POINTS * padded_inputs * DIGIT_CHANNEL_GROUP;
}

ptrdiff_t digit_winograd_scratch(int padded_inputs) {
  return (ptrdiff_t)WINOGRAD_POINTS * WINOGRAD_TILES *
         (padded_inputs * sizeof(int16_t) + DIGIT_CHANNEL_GROUP * sizeof(int32_t));
}
