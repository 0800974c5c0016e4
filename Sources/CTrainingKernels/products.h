// The loops of each instruction set; kernels.c chooses.
#ifndef TRAINING_PRODUCTS_H
#define TRAINING_PRODUCTS_H

#include "CTrainingKernels.h"

typedef void training_multiply_function(const training_product *product, const float *a, const float *b, float *c);
typedef void training_descend_along_function(const training_product *product, const float *a, const float *b, float *c, float rate,
                                             float decay);
typedef void training_sigmoid_function(float *values, ptrdiff_t count);
typedef void training_from_bytes_function(const uint8_t *bytes, ptrdiff_t count, float *values);

#define TRAINING_LOOPS(kernel)                                          \
  training_multiply_function training_multiply_##kernel;                \
  training_descend_along_function training_descend_along_##kernel;      \
  training_sigmoid_function training_sigmoid_##kernel;                  \
  training_from_bytes_function training_from_bytes_##kernel

TRAINING_LOOPS(portable);
#if defined(__x86_64__)
TRAINING_LOOPS(avx2);
TRAINING_LOOPS(avx512);
#endif

#endif
