// Shared by the kernel files: their entry points, and the address of an output group's weights.
#ifndef CONVOLUTION_ROW_H
#define CONVOLUTION_ROW_H

#include "CDigitKernels.h"

#define DIGIT_DECLARE(set)           \
  digit_row_bytes digit_bytes_##set; \
  digit_row_words digit_words_##set;

DIGIT_DECLARE(portable)
#if defined(__x86_64__)
DIGIT_DECLARE(avx2)
DIGIT_DECLARE(avxvnni)
DIGIT_DECLARE(avx512vnni)
#elif defined(__aarch64__)
DIGIT_DECLARE(neon)
#endif

static inline const int8_t *digit_group_weights(const digit_convolution *layer, int group) {
  return layer->weights + (ptrdiff_t)group * layer->rows * layer->quads * DIGIT_CHANNEL_GROUP * 4;
}

#endif
