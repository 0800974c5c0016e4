// NEON: rows of pictures with three bytes per pixel, sixteen pixels at a time.
#include "picture_rows.h"

#if defined(__aarch64__)
#include <arm_neon.h>

void digit_picture_row_neon(const uint8_t *pixels, ptrdiff_t width, uint8_t *output) {
  ptrdiff_t x = 0;
  for (; x + 16 <= width; x += 16) {
    const uint8x16x3_t in = vld3q_u8(pixels + 3 * x);
    const uint8x16x4_t out = {
        {vshrq_n_u8(in.val[0], 1), vshrq_n_u8(in.val[1], 1), vshrq_n_u8(in.val[2], 1), vdupq_n_u8(0)}};
    vst4q_u8(output + 4 * x, out);
  }
  digit_picture_row_rest(pixels, x, width, output);
}

void digit_halve_row_neon(const uint8_t *upper, const uint8_t *lower, ptrdiff_t width, uint8_t *output) {
  ptrdiff_t x = 0;
  for (; x + 8 <= width; x += 8) {
    const uint8x16x3_t a = vld3q_u8(upper + 6 * x), b = vld3q_u8(lower + 6 * x);
    uint8x8x3_t out;
    for (int c = 0; c < 3; c++) out.val[c] = vrshrn_n_u16(vpadalq_u8(vpaddlq_u8(a.val[c]), b.val[c]), 2);
    vst3_u8(output + 3 * x, out);
  }
  digit_halve_row_rest(upper, lower, x, width, output);
}
#else
typedef int digit_picture_rows_neon_is_for_aarch64;
#endif
