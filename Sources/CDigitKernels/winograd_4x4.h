// What the Winograd kernels share: the shape of a tile, and their entry points.
#ifndef WINOGRAD_4X4_H
#define WINOGRAD_4X4_H

#include "CDigitKernels.h"

enum {
  WINOGRAD_SIDE = 6,     // inputs along a tile's side, and products
  WINOGRAD_POINTS = 36,  // products of a tile, for each input and output channel
  WINOGRAD_TILES = 24    // at a time: the more, the less often weights are read; what lies between the steps has to stay in the caches
};

#if defined(__x86_64__)
digit_winograd_rows digit_winograd_avx2, digit_winograd_avx512vnni;
#endif

#endif
