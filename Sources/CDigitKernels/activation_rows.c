// Operations on rows of activations other than convolutions. They are bound by memory, not by arithmetic.
#include "CDigitKernels.h"

void digit_add_row(const uint8_t *a, const uint8_t *b, ptrdiff_t count, uint8_t *output) {
  for (ptrdiff_t i = 0; i < count; i++) {
    const unsigned sum = (unsigned)a[i] + b[i];
    output[i] = (uint8_t)(sum > 127 ? 127 : sum);
  }
}
