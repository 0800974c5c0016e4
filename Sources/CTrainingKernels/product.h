// The loops that differ between instruction sets; the product's tiles are written once for vectors of any length. A
// file that includes this defines LANES (floats per vector), VECTORS and ROWS (of a tile), TARGET (the function
// attribute) and NAME(operation); and load_part and store_part, for the first `count` lanes of a vector, none of which
// is past the last column.
#include "CTrainingKernels.h"

// Products are added with a single rounding only where the code says so: a descent step rounds exactly as
// training_descend does.
#pragma STDC FP_CONTRACT OFF

enum { WIDTH = LANES * VECTORS };

// The step of gradient descent for which the sums are the gradient; NULL if the sums are added to the matrix.
typedef struct {
  float rate, decay;
} step;

// A tile of `rows` by `vectors`, of which `columns` are in the matrix: all of them if it is `whole`. These three are
// constants where this is inlined, and so is whether there is a step.
INLINE void tile(const training_product *p, const float *a, const float *b, float *c, const step *s, const int rows, const int vectors,
                 const int whole, ptrdiff_t columns) {
  lanes sums[ROWS][VECTORS];
#pragma clang loop unroll(full)
  for (int m = 0; m < rows; m++) {
#pragma clang loop unroll(full)
    for (int v = 0; v < vectors; v++) {
      const float *from = c + m * p->c_row + v * LANES;
      sums[m][v] = s ? (lanes){} : whole ? *(const lanes *)from : load_part(from, columns - v * LANES);
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
        const lanes left = at[m * p->a_row] - (lanes){};  // the value in each lane
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
      lanes result = sums[m][v];
      if (s) {
        const lanes weights = whole ? *(const lanes *)to : load_part(to, columns - v * LANES);
        result = weights - s->rate * (result + s->decay * weights);
      }
      if (whole)
        *(lanes *)to = result;
      else
        store_part(to, result, columns - v * LANES);
    }
  }
}

INLINE void tile_of(const training_product *p, const float *a, const float *b, float *c, const step *s, ptrdiff_t rows,
                    const int vectors, const int whole, ptrdiff_t columns) {
  switch (rows) {
    case 1: return tile(p, a, b, c, s, 1, vectors, whole, columns);
    case 2: return tile(p, a, b, c, s, 2, vectors, whole, columns);
    case 3: return tile(p, a, b, c, s, 3, vectors, whole, columns);
    case 4: return tile(p, a, b, c, s, 4, vectors, whole, columns);
    case 5: return tile(p, a, b, c, s, 5, vectors, whole, columns);
    case 6: return tile(p, a, b, c, s, 6, vectors, whole, columns);
#if ROWS > 6
    case 7: return tile(p, a, b, c, s, 7, vectors, whole, columns);
    case 8: return tile(p, a, b, c, s, 8, vectors, whole, columns);
    case 9: return tile(p, a, b, c, s, 9, vectors, whole, columns);
    case 10: return tile(p, a, b, c, s, 10, vectors, whole, columns);
    case 11: return tile(p, a, b, c, s, 11, vectors, whole, columns);
    default: return tile(p, a, b, c, s, 12, vectors, whole, columns);
#endif
  }
}

INLINE void multiply(const training_product *p, const float *a, const float *b, float *c, const step *s) {
  for (ptrdiff_t n = 0; n < p->columns; n += WIDTH) {
    const ptrdiff_t columns = p->columns - n;
    for (ptrdiff_t i = 0; i < p->images; i++) {
      const float *right = b + i * p->b_image + n;
      for (ptrdiff_t l = 0; l < p->lines; l++) {
        const float *left = a + i * p->a_image + l * p->a_line;
        float *out = c + i * p->c_image + l * p->c_line + n;
        // Tiles of about equal height, because in a low tile each sum waits for the previous one.
        for (ptrdiff_t m = 0, tiles = (p->rows + ROWS - 1) / ROWS; tiles > 0; tiles--) {
          const ptrdiff_t rows = (p->rows - m + tiles - 1) / tiles;
          const float *from = left + m * p->a_row;
          float *to = out + m * p->c_row;
          if (columns >= WIDTH)
            tile_of(p, from, right, to, s, rows, VECTORS, 1, columns);
          else if (columns > LANES)
            tile_of(p, from, right, to, s, rows, VECTORS, 0, columns);
          else if (columns == LANES)
            tile_of(p, from, right, to, s, rows, 1, 1, columns);
          else
            tile_of(p, from, right, to, s, rows, 1, 0, columns);
          m += rows;
        }
      }
    }
  }
}

TARGET void NAME(multiply)(const training_product *p, const float *a, const float *b, float *c) { multiply(p, a, b, c, NULL); }

TARGET void NAME(descend_along)(const training_product *p, const float *a, const float *b, float *c, float rate, float decay) {
  const step s = {rate, decay};
  multiply(p, a, b, c, &s);
}

// The compiler vectorises these two.

TARGET void NAME(sigmoid)(float *values, ptrdiff_t count) {
  for (ptrdiff_t i = 0; i < count; i++) values[i] = 1 / (1 + training_exponential(-values[i]));
}

TARGET void NAME(from_bytes)(const uint8_t *bytes, ptrdiff_t count, float *values) {
  for (ptrdiff_t i = 0; i < count; i++) values[i] = bytes[i] * (1 / 255.0f);
}
