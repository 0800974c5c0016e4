// Row kernels of the digit networks: integer arithmetic with the same bits on every machine.
//
// Activations are bytes of 0...127, pixel by pixel, channels innermost; the number of channels is a multiple of 4.
// Weights are -127...127, so that a kernel may add pairs of products in 16 bits without overflow (2 * 127 * 127 <
// 32768).
#ifndef CDIGITKERNELS_H
#define CDIGITKERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// The number of outputs computed together; output channels are padded to a multiple of it.
enum { DIGIT_CHANNEL_GROUP = 16 };

/// A convolution with its weights packed for the row kernels.
typedef struct {
  int32_t rows;             // kernel height
  int32_t quads;            // input bytes per kernel row, divided by 4: kernel width * input channels / 4
  int32_t step;             // bytes between the inputs of neighbouring outputs: stride * input channels
  int32_t groups;           // output channels / DIGIT_CHANNEL_GROUP
  const int8_t *weights;    // [group][row][quad][DIGIT_CHANNEL_GROUP][4]
  const int32_t *bias;      // [output channel], added to the sum
  const float *multiplier;  // [output channel], requantises the sum
} digit_convolution;

/// Computes one output row. `inputs[r]` is the first byte under kernel row r for the first output. Each sum is
/// converted to float, multiplied, clamped and rounded to nearest, ties to even.
typedef void digit_row_bytes(const digit_convolution *layer, const uint8_t *const _Nonnull *_Nonnull inputs,
                             ptrdiff_t width, uint8_t *output);
/// The same with 16-bit outputs, clamped to their range.
typedef void digit_row_words(const digit_convolution *layer, const uint8_t *const _Nonnull *_Nonnull inputs,
                             ptrdiff_t width, int16_t *output);

enum {
  DIGIT_WINOGRAD_SIDE = 4,     // rows and columns of outputs per tile
  DIGIT_WINOGRAD_INPUTS = 224  // maximum input channels: with more, 64 times a sum could exceed 32 bits
};

/// A 3x3 convolution of stride 1 with weights for Winograd's minimal filtering (Lavin and Gray, 2016,
/// arXiv:1509.09308): 36 products of 16 bits instead of 144 of 8 bits for 4x4 outputs, with exactly the same sums.
typedef struct {
  int32_t inputs;           // input channels, a multiple of DIGIT_CHANNEL_GROUP
  int32_t groups;           // output channels / DIGIT_CHANNEL_GROUP
  const int16_t *weights;   // [group][36][inputs / 2][DIGIT_CHANNEL_GROUP][2]
  const int32_t *bias;      // as in digit_convolution
  const float *multiplier;
} digit_winograd;

/// The columns to compute: `width` from `first` on.
typedef struct {
  ptrdiff_t first, width;
} digit_span;

/// Computes spans of up to DIGIT_WINOGRAD_SIDE output rows. `inputs[r]` is the address of the window's first row for
/// output row r and column 0, `outputs[r]` that of output column 0; there are DIGIT_WINOGRAD_SIDE + 2 inputs. Past a
/// span's own inputs, those of DIGIT_WINOGRAD_SIDE - 1 more columns are read, which do not affect the result. `scratch`
/// must have digit_winograd_scratch bytes.
typedef void digit_winograd_rows(const digit_winograd *layer, const uint8_t *const _Nonnull *_Nonnull inputs,
                                 const digit_span *spans, int count, int rows, void *scratch,
                                 uint8_t *const _Nonnull *_Nonnull outputs);

/// The number of a layer's transformed weights.
ptrdiff_t digit_winograd_weight_count(int groups, int padded_inputs);
/// Transforms weights [output][3][3][input]; the weights of padding channels are not written to `packed`.
void digit_winograd_weights(const int8_t *weights, int outputs, int inputs, int padded_inputs, int16_t *packed);
/// The size of the scratch memory for digit_winograd_rows in bytes.
ptrdiff_t digit_winograd_scratch(int padded_inputs);

/// Converts pixels of three bytes to the networks' input: 7 bits per channel, and a fourth channel of zeros.
typedef void digit_picture_row(const uint8_t *pixels, ptrdiff_t width, uint8_t *output);
/// Halves two rows of pixels of three bytes to one row of `width` pixels: means of four, rounded half up.
typedef void digit_halve_row(const uint8_t *upper, const uint8_t *lower, ptrdiff_t width, uint8_t *output);

/// The kernels for one instruction set.
typedef struct {
  const char *name;  // as in STREETNUM_KERNEL
  digit_row_bytes *row_bytes;
  digit_row_words *row_words;
  digit_winograd_rows *_Nullable winograd_rows;  // NULL if row_bytes is as fast
  digit_picture_row *picture_row;
  digit_halve_row *halve_row;
} digit_kernels;

/// The fastest kernels that this processor and operating system can run.
const digit_kernels *digit_kernels_best(void);

/// The kernels with a name; NULL if it is unknown or this machine can't run them.
const digit_kernels *_Nullable digit_kernels_named(const char *name);

/// The name of the kernels at `index`, fastest first; NULL past the last. Includes kernels that this machine can't run.
const char *_Nullable digit_kernels_name(int index);

/// Adds two rows of activations, at most 127.
void digit_add_row(const uint8_t *a, const uint8_t *b, ptrdiff_t count, uint8_t *output);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
