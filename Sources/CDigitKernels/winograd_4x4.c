// Weights for the Winograd kernels: G g G' of each 3x3 window g, with G's fractions taken out (Lavin and Gray, 2016,
// arXiv:1509.09308, equation 13). Its rows are multiplied with 4, 6, 6, 24, 24 and 1, so a weight becomes at most 49 * 127.
#include "winograd_4x4.h"

static const int transform[WINOGRAD_SIDE][3] = {{1, 0, 0}, {-1, -1, -1}, {-1, 1, -1}, {1, 2, 4}, {1, -2, 4}, {0, 0, 1}};

static int transformed(const int8_t *window, ptrdiff_t step, int row, int column) {
  int sum = 0;
  for (int r = 0; r < 3; r++)
    for (int c = 0; c < 3; c++) sum += transform[row][r] * transform[column][c] * window[(3 * r + c) * step];
  return sum;
}

void digit_winograd_weights(const int8_t *weights, int outputs, int inputs, int padded_inputs, int16_t *packed) {
  for (int output = 0; output < outputs; output++)
    for (int input = 0; input < inputs; input++) {
      const int8_t *window = weights + (ptrdiff_t)output * 9 * inputs + input;
      for (int point = 0; point < WINOGRAD_POINTS; point++) {
        const ptrdiff_t group = (ptrdiff_t)(output / DIGIT_CHANNEL_GROUP) * WINOGRAD_POINTS + point;
        const ptrdiff_t pair = group * (padded_inputs / 2) + input / 2;
        packed[(pair * DIGIT_CHANNEL_GROUP + output % DIGIT_CHANNEL_GROUP) * 2 + input % 2] =
            (int16_t)transformed(window, inputs, point / WINOGRAD_SIDE, point % WINOGRAD_SIDE);
      }
    }
}

ptrdiff_t digit_winograd_weight_count(int groups, int padded_inputs) {
  return (ptrdiff_t)groups * WINOGRAD_POINTS * padded_inputs * DIGIT_CHANNEL_GROUP;
}

ptrdiff_t digit_winograd_scratch(int padded_inputs) {
  return (ptrdiff_t)WINOGRAD_POINTS * WINOGRAD_TILES *
         (padded_inputs * sizeof(int16_t) + DIGIT_CHANNEL_GROUP * sizeof(int32_t));
}
