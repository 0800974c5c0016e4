// Row kernels of the digit network: integers in, the same bits out on every machine.
//
// Activations are bytes of 0...127, pixel after pixel, channels innermost, the channel count a multiple of 4. Weights
// are -127...127, so that even a kernel that adds pairs of products in 16 bits can't overflow (2 * 127 * 127 < 32768).
#ifndef CDIGITKERNELS_H
#define CDIGITKERNELS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__clang__)
#pragma clang assume_nonnull begin
#endif

/// Outputs that are computed side by side; output channels are padded to a multiple of it.
enum { DIGIT_CHANNEL_GROUP = 16 };

/// A convolution with its weights packed for the row kernels.
typedef struct {
  int32_t rows;             // kernel height
  int32_t quads;            // input bytes under one kernel row, divided by 4: kernel width * input channels / 4
  int32_t step;             // bytes between the inputs of neighbouring outputs: stride * input channels
  int32_t groups;           // output channels / DIGIT_CHANNEL_GROUP
  const int8_t *weights;    // [group][row][quad][DIGIT_CHANNEL_GROUP][4]
  const int32_t *bias;      // [output channel], added to the sum
  const float *multiplier;  // [output channel], requantises the sum
} digit_convolution;

/// Computes one output row. `inputs[r]` is the first byte under kernel row r for the first output.
/// The sum is turned to float, multiplied, clamped and rounded to nearest, ties to even.
typedef void digit_row_bytes(const digit_convolution *layer, const uint8_t *const _Nonnull *_Nonnull inputs,
                             ptrdiff_t width, uint8_t *output);
/// The same with outputs of 16 bits, clamped to what they hold.
typedef void digit_row_words(const digit_convolution *layer, const uint8_t *const _Nonnull *_Nonnull inputs,
                             ptrdiff_t width, int16_t *output);

enum {
  DIGIT_WINOGRAD_SIDE = 4,     // rows and columns of outputs that are computed as one tile
  DIGIT_WINOGRAD_INPUTS = 224  // input channels at most: more could give sums of which 32 bits don't hold 64 times as much
};

/// A convolution of 3 by 3 and stride 1, with weights for Winograd's minimal filtering (Lavin and Gray, 2016, arXiv:1509.09308):
/// 36 products of 16 bits in place of 144 of 8 bits for 4 by 4 outputs, and the same sums to the last bit.
typedef struct {
  int32_t inputs;           // input channels, a multiple of DIGIT_CHANNEL_GROUP
  int32_t groups;           // output channels / DIGIT_CHANNEL_GROUP
  const int16_t *weights;   // [group][36][inputs / 2][DIGIT_CHANNEL_GROUP][2]
  const int32_t *bias;      // as in digit_convolution
  const float *multiplier;
} digit_winograd;

/// Columns that are wanted, `width` from `first` on.
typedef struct {
  ptrdiff_t first, width;
} digit_span;

/// Computes spans of up to DIGIT_WINOGRAD_SIDE output rows. `inputs[r]` is where the window's first row lies for output row r and
/// column 0, `outputs[r]` where its column 0 goes; of inputs there are DIGIT_WINOGRAD_SIDE + 2. Beyond a span's own inputs, those of
/// DIGIT_WINOGRAD_SIDE - 1 more columns are read, too; what lies there changes nothing. `scratch` has the bytes that
/// digit_winograd_scratch counts.
typedef void digit_winograd_rows(const digit_winograd *layer, const uint8_t *const _Nonnull *_Nonnull inputs,
                                 const digit_span *spans, int count, int rows, void *scratch,
                                 uint8_t *const _Nonnull *_Nonnull outputs);

/// The count of a layer's transformed weights.
ptrdiff_t digit_winograd_weight_count(int groups, int padded_inputs);
/// Transforms weights [output][3][3][input]; those of channels that are padding stay as they are in `packed`.
void digit_winograd_weights(const int8_t *weights, int outputs, int inputs, int padded_inputs, int16_t *packed);
/// Bytes of memory that digit_winograd_rows works in.
ptrdiff_t digit_winograd_scratch(int padded_inputs);

/// Turns pixels of three bytes into what the networks see: 7 bits a channel, and a fourth channel of zeros.
typedef void digit_picture_row(const uint8_t *pixels, ptrdiff_t width, uint8_t *output);
/// Halves two rows of pixels of three bytes into one of `width` pixels: means of four, rounded half up.
typedef void digit_halve_row(const uint8_t *upper, const uint8_t *lower, ptrdiff_t width, uint8_t *output);

/// The kernels for one instruction set.
typedef struct {
  const char *name;  // as in STREETNUM_KERNEL
  digit_row_bytes *row_bytes;
  digit_row_words *row_words;
  digit_winograd_rows *_Nullable winograd_rows;  // NULL where row_bytes is as fast
  digit_picture_row *picture_row;
  digit_halve_row *halve_row;
} digit_kernels;

/// The fastest kernels that this processor and system can run.
const digit_kernels *digit_kernels_best(void);

/// The kernels of that name, or NULL where it is unknown or this machine can't run them.
const digit_kernels *_Nullable digit_kernels_named(const char *name);

/// The name of the kernels at `index`, best first, or NULL past the last: all that were built, runnable here or not.
const char *_Nullable digit_kernels_name(int index);

/// Adds two rows of activations, at most 127.
void digit_add_row(const uint8_t *a, const uint8_t *b, ptrdiff_t count, uint8_t *output);

#if defined(__clang__)
#pragma clang assume_nonnull end
#endif
#endif
