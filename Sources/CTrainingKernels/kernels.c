// The choice of loops for this processor, and the loops that need no choice.
#include "products.h"

#include <string.h>

#pragma STDC FP_CONTRACT OFF

typedef struct {
  const char *name;
  training_multiply_function *multiply;
  training_descend_along_function *descend_along;
  training_sigmoid_function *sigmoid;
  training_from_bytes_function *from_bytes;
} candidate;

#define CANDIDATE(kernel)                                                                              \
  (candidate) {                                                                                        \
    #kernel, training_multiply_##kernel, training_descend_along_##kernel, training_sigmoid_##kernel, \
        training_from_bytes_##kernel                                                                   \
  }

static candidate best(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("fma"))
    return CANDIDATE(avx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return CANDIDATE(avx2);
#endif
  return CANDIDATE(portable);
}

const char *training_kernel_name(void) { return best().name; }

void training_multiply(const training_product *product, const float *a, const float *b, float *c) {
  best().multiply(product, a + product->a_first, b, c);
}

void training_descend_along(const training_product *product, const float *a, const float *b, float *weights, float rate,
                            float decay) {
  best().descend_along(product, a + product->a_first, b, weights, rate, decay);
}

void training_scatter(const training_product *p, const float *windows, float *a) {
  for (ptrdiff_t l = 0; l < p->lines; l++)
    for (ptrdiff_t m = 0; m < p->rows; m++)
      for (ptrdiff_t segment = 0; segment < p->segments; segment++, windows += p->depth) {
        float *to = a + p->a_first + l * p->a_line + m * p->a_row + segment * p->a_segment;
        for (ptrdiff_t d = 0; d < p->depth; d++) to[d] += windows[d];
      }
}

void training_transpose(const float *matrix, ptrdiff_t rows, ptrdiff_t columns, float *transposed) {
  enum { BLOCK = 16 };  // rows that are read together, so that writes are contiguous
  for (ptrdiff_t first = 0; first < rows; first += BLOCK) {
    const ptrdiff_t end = first + BLOCK < rows ? first + BLOCK : rows;
    for (ptrdiff_t column = 0; column < columns; column++)
      for (ptrdiff_t row = first; row < end; row++) transposed[column * rows + row] = matrix[row * columns + column];
  }
}

// The cells of a window that are inside the input, along one side.
typedef struct {
  ptrdiff_t first, end;
} span;

static span inside(ptrdiff_t place, ptrdiff_t size, ptrdiff_t length, const training_windows *w) {
  const ptrdiff_t first = place * w->stride - w->padding;
  return (span){first < 0 ? 0 : first, first + size > length ? length : first + size};
}

void training_maximum(const training_windows *w, const float *input, float *output) {
  for (ptrdiff_t image = 0; image < w->images; image++, input += w->in_rows * w->in_columns * w->channels)
    for (ptrdiff_t y = 0; y < w->out_rows; y++)
      for (ptrdiff_t x = 0; x < w->out_columns; x++, output += w->channels) {
        const span rows = inside(y, w->rows, w->in_rows, w), columns = inside(x, w->columns, w->in_columns, w);
        for (ptrdiff_t c = 0; c < w->channels; c++) output[c] = -__builtin_inff();
        for (ptrdiff_t row = rows.first; row < rows.end; row++)
          for (ptrdiff_t column = columns.first; column < columns.end; column++) {
            const float *cell = input + (row * w->in_columns + column) * w->channels;
            // If every cell is NaN, so is the result, so that divergence is visible at the end.
            for (ptrdiff_t c = 0; c < w->channels; c++) output[c] = cell[c] <= output[c] ? output[c] : cell[c];
          }
      }
}

void training_maximum_back(const training_windows *w, const float *input, const float *output, float *gradient,
                           float *input_gradient) {
  const ptrdiff_t size = w->in_rows * w->in_columns * w->channels;
  for (ptrdiff_t image = 0; image < w->images; image++, input += size, input_gradient += size)
    for (ptrdiff_t y = 0; y < w->out_rows; y++)
      for (ptrdiff_t x = 0; x < w->out_columns; x++, output += w->channels, gradient += w->channels) {
        const span rows = inside(y, w->rows, w->in_rows, w), columns = inside(x, w->columns, w->in_columns, w);
        for (ptrdiff_t row = rows.first; row < rows.end; row++)
          for (ptrdiff_t column = columns.first; column < columns.end; column++) {
            const ptrdiff_t at = (row * w->in_columns + column) * w->channels;
            for (ptrdiff_t c = 0; c < w->channels; c++) {
              const float taken = input[at + c] == output[c] ? gradient[c] : 0;
              input_gradient[at + c] += taken;
              gradient[c] -= taken;
            }
          }
      }
}

void training_from_bytes(const uint8_t *bytes, ptrdiff_t first, ptrdiff_t count, float *values, ptrdiff_t to) {
  best().from_bytes(bytes + first, count, values + to);
}

void training_prefetch(const uint8_t *bytes, ptrdiff_t first, ptrdiff_t count) {
  enum { LINE = 64 };
  for (ptrdiff_t i = 0; i < count; i += LINE) __builtin_prefetch(bytes + first + i);
}

void training_read_floats(const uint8_t *bytes, ptrdiff_t count, float *values) {
  for (ptrdiff_t i = 0; i < count; i++, bytes += 4) {
    const uint32_t bits = bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
    memcpy(values + i, &bits, sizeof bits);
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

void training_sigmoid(float *values, ptrdiff_t count) { best().sigmoid(values, count); }

void training_add_rows(const float *matrix, ptrdiff_t rows, ptrdiff_t columns, float *sums) {
  for (ptrdiff_t m = 0; m < rows; m++)
    for (ptrdiff_t n = 0; n < columns; n++) sums[n] += matrix[m * columns + n];
}

void training_add_scaled(const float *values, ptrdiff_t count, float factor, float *sums) {
  for (ptrdiff_t i = 0; i < count; i++) sums[i] += factor * values[i];
}
