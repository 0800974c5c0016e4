// Loops of training on floats: the same bits on every machine and for any instruction set.
//
// Each sum has one order, which does not depend on the size of vectors: vectors lie across outputs, never along a sum. Products are
// added with one rounding (fused multiply-add) everywhere; a processor without the instruction computes it slowly.
#ifndef CTRAININGKERNELS_H
#define CTRAININGKERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Columns that are packed together.
enum { TRAINING_PANEL = 16 };

/// Sums of products, c += a * b, over blocks of matrices that lie anywhere in `a`: a convolution's windows need no copy.
///
/// For each image i, line l, row m and column n, with k = segment * depth + d:
///   c[i * c_image + l * c_line + m * c_row + n] +=
///     the sum over segments and d, in this order, of
///     a[i * a_image + l * a_line + m * a_row + segment * a_segment + d * a_step] * b[i * b_image + k][n]
typedef struct {
  ptrdiff_t images, lines, rows, columns, segments, depth;
  ptrdiff_t a_image, a_line, a_row, a_segment, a_step;
  ptrdiff_t b_image;   // rows of b between images
  ptrdiff_t b_height;  // rows of b in all, as packed
  ptrdiff_t c_image, c_line, c_row;
} training_product;

/// Computes a product. `b` is packed by training_pack.
void training_multiply(const training_product *product, const float *a, const float *b, float *c);

/// Packs a matrix of `height` rows of `width` columns in panels of TRAINING_PANEL columns, the last filled up with zeros.
void training_pack(const float *matrix, ptrdiff_t height, ptrdiff_t width, float *packed);

/// Gradient descent: weight -= rate * (gradient + decay * weight).
void training_descend(float *weights, const float *gradient, ptrdiff_t count, float rate, float decay);

/// The same with momentum: velocity = momentum * velocity - rate * (gradient + decay * weight), then weight += velocity.
void training_roll(float *weights, float *velocity, const float *gradient, ptrdiff_t count, float rate, float decay,
                   float momentum);

/// Adds each row of a matrix to `sums`, in order.
void training_add_rows(const float *matrix, ptrdiff_t rows, ptrdiff_t columns, float *sums);

/// sums[i] += factor * values[i].
void training_add_scaled(const float *values, ptrdiff_t count, float factor, float *sums);

/// The instruction set that training_multiply uses here.
const char *training_kernel_name(void);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
