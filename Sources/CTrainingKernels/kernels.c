// The one place that chooses the product for this processor; and the loops that need no choice.
#include "products.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef struct {
  const char *name;
  training_multiply_function *multiply;
} candidate;

static candidate best(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma"))
    return (candidate){"avx512", training_multiply_avx512};
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return (candidate){"avx2", training_multiply_avx2};
#endif
  return (candidate){"portable", training_multiply_portable};
}

const char *training_kernel_name(void) { return best().name; }

void training_multiply(const training_product *product, const float *a, const float *b, float *c) {
  best().multiply(product, a, b, c);
}

void training_pack(const float *matrix, ptrdiff_t height, ptrdiff_t width, float *packed) {
  for (ptrdiff_t n = 0; n < width; n += TRAINING_PANEL) {
    const ptrdiff_t columns = width - n < TRAINING_PANEL ? width - n : TRAINING_PANEL;
    for (ptrdiff_t k = 0; k < height; k++, packed += TRAINING_PANEL) {
      const float *from = matrix + k * width + n;
      for (ptrdiff_t j = 0; j < columns; j++) packed[j] = from[j];
      for (ptrdiff_t j = columns; j < TRAINING_PANEL; j++) packed[j] = 0;
    }
  }
}

void training_descend(float *weights, const float *gradient, ptrdiff_t count, float rate, float decay) {
  for (ptrdiff_t i = 0; i < count; i++) weights[i] -= rate * (gradient[i] + decay * weights[i]);
}

void training_roll(float *weights, float *velocity, const float *gradient, ptrdiff_t count, float rate, float decay,
                   float momentum) {
  for (ptrdiff_t i = 0; i < count; i++) {
    velocity[i] = momentum * velocity[i] - rate * (gradient[i] + decay * weights[i]);
    weights[i] += velocity[i];
  }
}

void training_add_rows(const float *matrix, ptrdiff_t rows, ptrdiff_t columns, float *sums) {
  for (ptrdiff_t m = 0; m < rows; m++)
    for (ptrdiff_t n = 0; n < columns; n++) sums[n] += matrix[m * columns + n];
}

void training_add_scaled(const float *values, ptrdiff_t count, float factor, float *sums) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += factor * values[i];
}
