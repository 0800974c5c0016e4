// 128-bit vectors, which NEON has. On x86, each product is a call of fmaf: slow, but with the same bits.
#include <stddef.h>

#define LANES 4
#define VECTORS 4
#define ROWS 6
#define TARGET
#define NAME(operation) training_##operation##_portable
#define INLINE static inline __attribute__((always_inline)) TARGET

typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4)));

INLINE lanes load_part(const float *from, ptrdiff_t count) {
  lanes values = {};
  for (int i = 0; i < LANES && i < count; i++) values[i] = from[i];
  return values;
}

INLINE void store_part(float *to, lanes values, ptrdiff_t count) {
  for (int i = 0; i < LANES && i < count; i++) to[i] = values[i];
}

#include "product.h"
