// The product for each instruction set; training_multiply chooses.
#ifndef TRAINING_PRODUCTS_H
#define TRAINING_PRODUCTS_H

#include "CTrainingKernels.h"

typedef void training_multiply_function(const training_product *product, const float *a, const float *b, float *c);

training_multiply_function training_multiply_portable;
#if defined(__x86_64__)
training_multiply_function training_multiply_avx2, training_multiply_avx512;
#endif

#endif
