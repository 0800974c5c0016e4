// The inner loops of training on floats: the same bits on every machine and with any instruction set.
//
// Each sum has a fixed order, which does not depend on the vector length: vectors extend across outputs, never along a
// sum. Products are always added with a single rounding (fused multiply-add); a processor without the instruction
// emulates it slowly.
#ifndef CTRAININGKERNELS_H
#define CTRAININGKERNELS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// The exponential, with a relative error of about 1e-7, by additions and multiplications only: the same bits on every
/// machine, unlike the C library's. Arguments are clamped to -87...87; NaN gives NaN.
static inline float training_exponential(float power) {
#pragma STDC FP_CONTRACT OFF
  const float x = power < -87 ? -87 : power > 87 ? 87 : power;
  // The argument is a whole multiple of ln 2, which is subtracted in two parts, plus a remainder of at most ln 2 / 2.
  // Above 2^23 floats are whole numbers, so adding and subtracting such a number rounds.
  const float multiple = (x * 1.44269504f + 0x1.8p23f) - 0x1.8p23f;
  const float rest = x - multiple * 0.693359375f + multiple * 2.1219444e-4f;
  float sum = 1.98756915e-4f;
  sum = sum * rest + 1.39819995e-3f;
  sum = sum * rest + 8.3334519e-3f;
  sum = sum * rest + 4.1665796e-2f;
  sum = sum * rest + 0.16666665f;
  sum = sum * rest + 0.5f;
  const float fraction = sum * rest * rest + rest + 1;
  const int32_t exponent = (int32_t)(multiple == multiple ? multiple : 0) + 127;
  const uint32_t bits = (uint32_t)exponent << 23;
  float scale;
  memcpy(&scale, &bits, sizeof scale);
  return fraction * scale;
}

/// Replaces each value by 1 / (1 + e^-value).
void training_sigmoid(float *values, ptrdiff_t count);

/// Sums of products, c += a * b, over blocks of matrices anywhere in `a`: the windows of a convolution need not be
/// copied.
///
/// For each image i, line l, row m and column n, with k = segment * depth + d:
///   c[i * c_image + l * c_line + m * c_row + n] +=
///     the sum over segments and d, in this order, of
///     a[a_first + i * a_image + l * a_line + m * a_row + segment * a_segment + d * a_step] * b[i * b_image + k * columns + n]
typedef struct {
  ptrdiff_t images, lines, rows, columns, segments, depth;
  ptrdiff_t a_first, a_image, a_line, a_row, a_segment, a_step;
  ptrdiff_t b_image;  // distance in b between images; a row of b has `columns` numbers
  ptrdiff_t c_image, c_line, c_row;
} training_product;

/// Computes a product.
void training_multiply(const training_product *product, const float *a, const float *b, float *c);

/// Gradient descent with a gradient that is a product and is never stored. With the sums that training_multiply would
/// add to zeros, c -= rate * (sum + decay * c). Gives the same bits as training_multiply followed by training_descend,
/// with less than half of the memory traffic.
void training_descend_along(const training_product *product, const float *a, const float *b, float *weights, float rate,
                            float decay);

/// Adds windows, each of segments * depth consecutive numbers, to the elements that a product reads, for image 0:
/// a[a_first + l * a_line + m * a_row + segment * a_segment + d] += the next number of the window.
void training_scatter(const training_product *product, const float *windows, float *a);

/// Transposes a matrix.
void training_transpose(const float *matrix, ptrdiff_t rows, ptrdiff_t columns, float *transposed);

/// Windows over cells of channels: the sizes of the input, of the output, and of a window.
typedef struct {
  ptrdiff_t images, channels, in_rows, in_columns, out_rows, out_columns;
  ptrdiff_t rows, columns, stride, padding;
} training_windows;

/// The maximum of each window's cells inside the input; -infinity if there are none.
void training_maximum(const training_windows *windows, const float *input, float *output);

/// Adds the gradient of each window to the first of its cells with the maximum value. `gradient` is modified.
void training_maximum_back(const training_windows *windows, const float *input, const float *output, float *gradient,
                           float *input_gradient);

/// Converts bytes from index `first` on to floats, 255 to 1, in `values` from index `to` on.
void training_from_bytes(const uint8_t *bytes, ptrdiff_t first, ptrdiff_t count, float *values, ptrdiff_t to);

/// Converts little-endian bytes to floats.
void training_read_floats(const uint8_t *bytes, ptrdiff_t count, float *values);

/// Prefetches bytes that will be read soon.
void training_prefetch(const uint8_t *bytes, ptrdiff_t first, ptrdiff_t count);

/// Gradient descent: weight -= rate * (gradient + decay * weight).
void training_descend(float *weights, const float *gradient, ptrdiff_t count, float rate, float decay);

/// Gradient descent with momentum: velocity = momentum * velocity - rate * (gradient + decay * weight), then weight +=
/// velocity.
void training_roll(float *weights, float *velocity, const float *gradient, ptrdiff_t count, float rate, float decay,
                   float momentum);

/// Adds each row of a matrix to `sums`, in order.
void training_add_rows(const float *matrix, ptrdiff_t rows, ptrdiff_t columns, float *sums);

/// sums[i] += factor * values[i].
void training_add_scaled(const float *values, ptrdiff_t count, float factor, float *sums);

/// The instruction set that training_multiply uses on this machine.
const char *training_kernel_name(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
