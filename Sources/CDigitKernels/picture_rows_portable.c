// Portable C for rows of pictures with three bytes per pixel, which every other instruction set must equal.
#include "picture_rows.h"

void digit_picture_row_portable(const uint8_t *pixels, ptrdiff_t width, uint8_t *output) {
  digit_picture_row_rest(pixels, 0, width, output);
}

void digit_halve_row_portable(const uint8_t *upper, const uint8_t *lower, ptrdiff_t width, uint8_t *output) {
  digit_halve_row_rest(upper, lower, 0, width, output);
}
