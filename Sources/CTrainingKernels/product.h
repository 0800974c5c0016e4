// The product's tiles, written once for vectors of any length. A file that includes this defines LANES (floats of a vector), VECTORS
// and ROWS (of a tile), TARGET (the function attribute) and NAME; and load_part and store_part, for the first `count` lanes of a vector
// (none of which lies beyond the last column).
#include "CTrainingKernels.h"

enum { WIDTH = LANES * VECTORS };

// A tile of `rows` by `vectors`, of which `columns` lie in the matrix: all of them where it is `whole`. These three are constants where
// this is inlined.
INLINE void tile(const training_product *p, const float *a, const float *b, float *c, const int rows, const int vectors,
                 const int whole, ptrdiff_t columns) {
  lanes sums[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (int m = 0; m < rows; m++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      const float *from = c + m * p->c_row + v * LANES;
      sums[m][v] = whole ? *(const lanes *)from : load_part(from, columns - v * LANES);
    }
  }
  for (ptrdiff_t segment = 0; segment < p->segments; segment++) {
    const float *at = a + segment * p->a_segment;
    for (ptrdiff_t d = 0; d < p->depth; d++, at += p->a_step, b += p->columns) {
      lanes right[VECTORS];
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++)
        right[v] = whole ? *(const lanes *)(b + v * LANES) : load_part(b + v * LANES, columns - v * LANES);
#pragma clang loop unroll(full)
      for (int m = 0; m < rows; m++) {
        const lanes left = at[m * p->a_row] - (lanes){};  // the number in each lane
#pragma clang loop unroll(full)
        for (int v = 0; v < vectors; v++) sums[m][v] = __builtin_elementwise_fma(left, right[v], sums[m][v]);
      }
    }
  }
#pragma clang loop unroll(full)
  for (int m = 0; m < rows; m++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      float *to = c + m * p->c_row + v * LANES;
      if (whole)
        *(lanes *)to = sums[m][v];
      else
        store_part(to, sums[m][v], columns - v * LANES);
    }
  }
}

INLINE void tile_of(const training_product *p, const float *a, const float *b, float *c, ptrdiff_t rows, const int vectors,
                    const int whole, ptrdiff_t columns) {
  switch (rows) {
    case 1: return tile(p, a, b, c, 1, vectors, whole, columns);
    case 2: return tile(p, a, b, c, 2, vectors, whole, columns);
    case 3: return tile(p, a, b, c, 3, vectors, whole, columns);
    case 4: return tile(p, a, b, c, 4, vectors, whole, columns);
    case 5: return tile(p, a, b, c, 5, vectors, whole, columns);
    case 6: return tile(p, a, b, c, 6, vectors, whole, columns);
#if ROWS > 6
    case 7: return tile(p, a, b, c, 7, vectors, whole, columns);
    case 8: return tile(p, a, b, c, 8, vectors, whole, columns);
    case 9: return tile(p, a, b, c, 9, vectors, whole, columns);
    case 10: return tile(p, a, b, c, 10, vectors, whole, columns);
    case 11: return tile(p, a, b, c, 11, vectors, whole, columns);
    default: return tile(p, a, b, c, 12, vectors, whole, columns);
#endif
  }
}

TARGET void NAME(const training_product *p, const float *a, const float *b, float *c) {
  for (ptrdiff_t n = 0; n < p->columns; n += WIDTH) {
    const ptrdiff_t columns = p->columns - n;
    for (ptrdiff_t i = 0; i < p->images; i++) {
      const float *right = b + i * p->b_image + n;
      for (ptrdiff_t l = 0; l < p->lines; l++) {
        const float *left = a + i * p->a_image + l * p->a_line;
        float *out = c + i * p->c_image + l * p->c_line + n;
        // Tiles of about the same height: a low one waits for each of its sums.
        for (ptrdiff_t m = 0, tiles = (p->rows + ROWS - 1) / ROWS; tiles > 0; tiles--) {
          const ptrdiff_t rows = (p->rows - m + tiles - 1) / tiles;
          const float *from = left + m * p->a_row;
          float *to = out + m * p->c_row;
          if (columns >= WIDTH)
            tile_of(p, from, right, to, rows, VECTORS, 1, columns);
          else if (columns > LANES)
            tile_of(p, from, right, to, rows, VECTORS, 0, columns);
          else if (columns == LANES)
            tile_of(p, from, right, to, rows, 1, 1, columns);
          else
            tile_of(p, from, right, to, rows, 1, 0, columns);
          m += rows;
        }
      }
    }
  }
}
