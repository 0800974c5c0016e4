// Shared by the Winograd kernels: the shape of a tile, and their entry points.
#ifndef WINOGRAD_4X4_H
#define WINOGRAD_4X4_H

#include "CDigitKernels.h"

enum {
  WINOGRAD_SIDE = 6,     // inputs, and products, along a tile's side
  WINOGRAD_POINTS = 36,  // products per tile, input channel and output channel
  WINOGRAD_TILES = 24    // tiles at a time: more read the weights less often, but their intermediate values must fit the caches
};

#if defined(__x86_64__)
digit_winograd_rows digit_winograd_avx2, digit_winograd_avx512vnni;
#endif

#endif
