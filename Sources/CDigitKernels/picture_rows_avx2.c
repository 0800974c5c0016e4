// AVX2: rows of pictures with three bytes per pixel. Shuffles work within 128-bit halves, of which twelve bytes are
// used.
#include "picture_rows.h"

#if defined(__x86_64__)
#include <immintrin.h>
#include <string.h>

#define TARGET __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline)) TARGET

// Loads twelve bytes from `bytes` into the low half and the next twelve into the high half; reads 28.
INLINE __m256i load_twice_12(const uint8_t *bytes) {
  const __m128i low = _mm_loadu_si128((const __m128i *)bytes), high = _mm_loadu_si128((const __m128i *)(bytes + 12));
  return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

TARGET void digit_picture_row_avx2(const uint8_t *pixels, ptrdiff_t width, uint8_t *output) {
  const __m256i spread = _mm256_broadcastsi128_si256(
      _mm_setr_epi8(0, 1, 2, -1, 3, 4, 5, -1, 6, 7, 8, -1, 9, 10, 11, -1));
  ptrdiff_t x = 0;
  for (; x + 10 <= width; x += 8) {  // reads two pixels more than it uses
    const __m256i eight = _mm256_shuffle_epi8(load_twice_12(pixels + 3 * x), spread);
    const __m256i half = _mm256_and_si256(_mm256_srli_epi16(eight, 1), _mm256_set1_epi8(0x7f));
    _mm256_storeu_si256((__m256i *)(output + 4 * x), half);
  }
  digit_picture_row_rest(pixels, x, width, output);
}

// The sums of two neighbouring pixels per channel, six of 16 bits in each half.
INLINE __m256i pairs(const uint8_t *pixels) {
  const __m256i beside =
      _mm256_broadcastsi128_si256(_mm_setr_epi8(0, 3, 1, 4, 2, 5, 6, 9, 7, 10, 8, 11, -1, -1, -1, -1));
  return _mm256_maddubs_epi16(_mm256_shuffle_epi8(load_twice_12(pixels), beside), _mm256_set1_epi8(1));
}

TARGET void digit_halve_row_avx2(const uint8_t *upper, const uint8_t *lower, ptrdiff_t width, uint8_t *output) {
  ptrdiff_t x = 0;
  for (; x + 6 <= width; x += 4) {  // reads up to four bytes past the four cells, and writes two bytes past them
    __m256i sum = _mm256_add_epi16(pairs(upper + 6 * x), pairs(lower + 6 * x));
    sum = _mm256_srli_epi16(_mm256_add_epi16(sum, _mm256_set1_epi16(2)), 2);
    const __m256i bytes = _mm256_packus_epi16(sum, sum);
    const __m128i low = _mm256_castsi256_si128(bytes), high = _mm256_extracti128_si256(bytes, 1);
    _mm_storel_epi64((__m128i *)(output + 3 * x), low);
    _mm_storel_epi64((__m128i *)(output + 3 * x + 6), high);
  }
  digit_halve_row_rest(upper, lower, x, width, output);
}
#else
typedef int digit_picture_rows_avx2_is_for_x86;
#endif
