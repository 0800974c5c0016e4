// AVX2 with FMA: tiles of 6 rows by 16 columns.
#if defined(__x86_64__)
#include <immintrin.h>
#include <stddef.h>

#define LANES 8
#define VECTORS 2
#define ROWS 6
#define TARGET __attribute__((target("avx2,fma")))
#define NAME(operation) training_##operation##_avx2
#define INLINE static inline __attribute__((always_inline)) TARGET

typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4)));

INLINE __m256i first(ptrdiff_t count) {
  const int most = count >= LANES ? LANES : count <= 0 ? 0 : (int)count;
  return _mm256_cmpgt_epi32(_mm256_set1_epi32(most), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
}

INLINE lanes load_part(const float *from, ptrdiff_t count) { return (lanes)_mm256_maskload_ps(from, first(count)); }

INLINE void store_part(float *to, lanes values, ptrdiff_t count) {
  _mm256_maskstore_ps(to, first(count), (__m256)values);
}

#include "product.h"
#else
typedef int training_product_avx2_is_for_x86;
#endif
