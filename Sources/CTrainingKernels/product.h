// The product's tiles, written once for vectors of any length. A file that includes this defines LANES (floats of a vector), VECTORS
// and ROWS (of a tile), TARGET (the function attribute) and NAME; and load_part and store_part, for the first `count` lanes of a vector
// (none of which lies beyond the last column).
#include "CTrainingKernels.h"

enum { WIDTH = LANES * VECTORS };

// Where vector v of a tile's columns begins in row 0 of the packed matrix; a tile may span several panels, or part of one.
INLINE ptrdiff_t panel_of(const training_product *p, int v) {
  const int column = v * LANES;
  return column / TRAINING_PANEL * p->b_height * TRAINING_PANEL + column % TRAINING_PANEL;
}

// A tile of `rows` by `vectors`, both constants where this is inlined, of which `columns` lie in the matrix.
INLINE void tile(const training_product *p, const float *a, const float *b, float *c, const int rows, const int vectors,
                 ptrdiff_t columns) {
  lanes sums[ROWS][VECTORS];
  const int whole = columns >= vectors * LANES;
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
    for (ptrdiff_t d = 0; d < p->depth; d++, at += p->a_step, b += TRAINING_PANEL) {
      lanes right[VECTORS];
#pragma clang loop unroll(full)
      for (int v = 0; v < vectors; v++) right[v] = *(const lanes *)(b + panel_of(p, v));
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
                    ptrdiff_t columns) {
  switch (rows) {
    case 1: return tile(p, a, b, c, 1, vectors, columns);
    case 2: return tile(p, a, b, c, 2, vectors, columns);
    case 3: return tile(p, a, b, c, 3, vectors, columns);
    case 4: return tile(p, a, b, c, 4, vectors, columns);
    case 5: return tile(p, a, b, c, 5, vectors, columns);
    case 6: return tile(p, a, b, c, 6, vectors, columns);
#if ROWS > 6
    case 7: return tile(p, a, b, c, 7, vectors, columns);
    case 8: return tile(p, a, b, c, 8, vectors, columns);
    case 9: return tile(p, a, b, c, 9, vectors, columns);
    case 10: return tile(p, a, b, c, 10, vectors, columns);
    case 11: return tile(p, a, b, c, 11, vectors, columns);
    default: return tile(p, a, b, c, 12, vectors, columns);
#endif
  }
}

TARGET void NAME(const training_product *p, const float *a, const float *b, float *c) {
  for (ptrdiff_t n = 0; n < p->columns; n += WIDTH) {
    const ptrdiff_t columns = p->columns - n;
    const float *panel = b + n / TRAINING_PANEL * p->b_height * TRAINING_PANEL;
    for (ptrdiff_t i = 0; i < p->images; i++) {
      for (ptrdiff_t l = 0; l < p->lines; l++) {
        const float *line = a + i * p->a_image + l * p->a_line;
        float *out = c + i * p->c_image + l * p->c_line + n;
        const float *right = panel + i * p->b_image * TRAINING_PANEL;
        // Tiles of about the same height: a low one waits for each of its sums.
        ptrdiff_t m = 0;
        for (ptrdiff_t tiles = (p->rows + ROWS - 1) / ROWS; tiles > 0; tiles--) {
          const ptrdiff_t rows = (p->rows - m + tiles - 1) / tiles;
          if (columns > LANES)
            tile_of(p, line + m * p->a_row, right, out + m * p->c_row, rows, VECTORS, columns < WIDTH ? columns : WIDTH);
          else
            tile_of(p, line + m * p->a_row, right, out + m * p->c_row, rows, 1, columns);
          m += rows;
        }
      }
    }
  }
}
