// Shared by the kernels for picture rows: the last pixels of a row, which do not fill a vector.
#ifndef PICTURE_ROWS_H
#define PICTURE_ROWS_H

#include "CDigitKernels.h"

#define DIGIT_DECLARE_PICTURE(set)               \
  digit_picture_row digit_picture_row_##set;     \
  digit_halve_row digit_halve_row_##set;

DIGIT_DECLARE_PICTURE(portable)
#if defined(__x86_64__)
DIGIT_DECLARE_PICTURE(avx2)
#elif defined(__aarch64__)
DIGIT_DECLARE_PICTURE(neon)
#endif

static inline void digit_picture_row_rest(const uint8_t *pixels, ptrdiff_t x, ptrdiff_t width, uint8_t *output) {
  for (; x < width; x++) {
    for (int c = 0; c < 3; c++) output[4 * x + c] = pixels[3 * x + c] >> 1;
    output[4 * x + 3] = 0;
  }
}

static inline void digit_halve_row_rest(const uint8_t *upper, const uint8_t *lower, ptrdiff_t x, ptrdiff_t width,
                                        uint8_t *output) {
  for (; x < width; x++)
    for (int c = 0; c < 3; c++) {
      const uint8_t *a = upper + 6 * x + c, *b = lower + 6 * x + c;
      output[3 * x + c] = (uint8_t)((a[0] + a[3] + b[0] + b[3] + 2) >> 2);
    }
}

#endif
