// AVX-512: tiles of 12 rows by 32 columns.
#if defined(__x86_64__)
#include <immintrin.h>
#include <stddef.h>

#define LANES 16
#define VECTORS 2
#define ROWS 12
#define TARGET __attribute__((target("avx512f,avx512vl,fma")))
#define NAME(operation) training_##operation##_avx512
#define INLINE static inline __attribute__((always_inline)) TARGET

typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4)));

INLINE __mmask16 first(ptrdiff_t count) { return count >= LANES ? 0xffff : count <= 0 ? 0 : (1u << count) - 1; }

INLINE lanes load_part(const float *from, ptrdiff_t count) { return (lanes)_mm512_maskz_loadu_ps(first(count), from); }

INLINE void store_part(float *to, lanes values, ptrdiff_t count) {
  _mm512_mask_storeu_ps(to, first(count), (__m512)values);
}

#include "product.h"
#else
typedef int training_product_avx512_is_for_x86;
#endif
