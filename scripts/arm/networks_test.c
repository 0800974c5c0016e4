// Runs whole networks on pictures with the kernels named by the first argument, and compares their outputs with those
// in the files that follow, which Tests/NetworkTrace writes and documents. This machine must be little-endian, like the
// files.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "CDigitKernels.h"

enum { CONVOLUTION, ENLARGEMENT, ADDITION };
enum { RIM = 4 };  // zeros around each feature map, more than any padding

static const uint8_t *next, *end;

static const void *take(size_t count) {
  if (count > (size_t)(end - next)) {
    fprintf(stderr, "the file ends too early\n");
    exit(1);
  }
  next += count;
  return next - count;
}

static int32_t number(void) {
  int32_t value;
  memcpy(&value, take(4), 4);
  return value;
}

static void *zeros(size_t count, size_t size) {
  void *memory = calloc(count ? count : 1, size);
  if (!memory) exit(1);
  return memory;
}

typedef struct {
  int rows, columns, channels;
  uint8_t *bytes;
} map;

static map empty_map(int rows, int columns, int channels) {
  const map m = {rows, columns, channels, zeros((size_t)(rows + 2 * RIM) * (columns + 2 * RIM) * channels, 1)};
  return m;
}

static uint8_t *pixel(const map *m, int y, int x) {
  return m->bytes + ((ptrdiff_t)(y + RIM) * (m->columns + 2 * RIM) + x + RIM) * m->channels;
}

// The weights in the layout of the row kernels; biases and multipliers follow them in the file.
static digit_convolution packed(int rows, int columns, int stride, int inputs, int padded, int outputs) {
  const int groups = (outputs + DIGIT_CHANNEL_GROUP - 1) / DIGIT_CHANNEL_GROUP, quads = columns * padded / 4;
  const int8_t *weights = take((size_t)outputs * rows * columns * inputs);
  int8_t *out = zeros((size_t)groups * rows * quads * DIGIT_CHANNEL_GROUP * 4, 1);
  int32_t *bias = zeros(groups * DIGIT_CHANNEL_GROUP, sizeof *bias);
  float *multiplier = zeros(groups * DIGIT_CHANNEL_GROUP, sizeof *multiplier);
  for (int o = 0; o < outputs; o++)
    for (int r = 0; r < rows; r++)
      for (int c = 0; c < columns; c++)
        for (int i = 0; i < inputs; i++) {
          const int byte = c * padded + i, group = o / DIGIT_CHANNEL_GROUP;
          const size_t quad = ((size_t)group * rows + r) * quads + byte / 4;
          out[(quad * DIGIT_CHANNEL_GROUP + o % DIGIT_CHANNEL_GROUP) * 4 + byte % 4] =
              weights[(((size_t)o * rows + r) * columns + c) * inputs + i];
        }
  memcpy(bias, take(outputs * sizeof *bias), outputs * sizeof *bias);
  memcpy(multiplier, take(outputs * sizeof *multiplier), outputs * sizeof *multiplier);
  const digit_convolution layer = {rows, quads, stride * padded, groups, out, bias, multiplier};
  return layer;
}

typedef struct {
  int kind, first, second, rows, columns, stride, padding, relu, factor;
  digit_convolution convolution;
} layer;

// `channels[v]` is the number of channels of value v including padding; the picture has 4.
static layer read_layer(int *channels, int index) {
  layer l = {0};
  l.kind = number();
  l.first = number();
  l.second = number();
  channels[index + 1] = channels[l.first];
  if (l.kind == ENLARGEMENT) l.factor = number();
  if (l.kind == CONVOLUTION) {
    l.rows = number();
    l.columns = number();
    l.stride = number();
    l.padding = number();
    const int inputs = number(), outputs = number();
    l.relu = number();
    l.convolution = packed(l.rows, l.columns, l.stride, inputs, channels[l.first], outputs);
    channels[index + 1] = l.convolution.groups * DIGIT_CHANNEL_GROUP;
  }
  return l;
}

static map computed(const layer *l, const map *values, int channels, const digit_kernels *kernels, int16_t **words) {
  const map *a = &values[l->first], *b = &values[l->second];
  if (l->kind == ENLARGEMENT) {
    const map out = empty_map(a->rows * l->factor, a->columns * l->factor, channels);
    for (int y = 0; y < out.rows; y++)
      for (int x = 0; x < out.columns; x++) memcpy(pixel(&out, y, x), pixel(a, y / l->factor, x / l->factor), channels);
    return out;
  }
  if (l->kind == ADDITION) {
    const map out = empty_map(a->rows, a->columns, channels);
    for (int y = 0; y < out.rows; y++)
      digit_add_row(pixel(a, y, 0), pixel(b, y, 0), (ptrdiff_t)out.columns * channels, pixel(&out, y, 0));
    return out;
  }
  const map out = empty_map((a->rows + 2 * l->padding - l->rows) / l->stride + 1,
                            (a->columns + 2 * l->padding - l->columns) / l->stride + 1, channels);
  if (!l->relu) *words = zeros((size_t)out.rows * out.columns * channels, sizeof **words);
  const uint8_t **inputs = zeros(l->rows, sizeof *inputs);
  for (int y = 0; y < out.rows; y++) {
    for (int r = 0; r < l->rows; r++) inputs[r] = pixel(a, y * l->stride - l->padding + r, -l->padding);
    if (l->relu)
      kernels->row_bytes(&l->convolution, inputs, out.columns, pixel(&out, y, 0));
    else
      kernels->row_words(&l->convolution, inputs, out.columns, *words + (size_t)y * out.columns * channels);
  }
  free(inputs);
  return out;
}

// Returns the number of outputs compared, or 0 if one differs.
static size_t compared(const digit_kernels *kernels) {
  const int count = number();
  int *channels = zeros(count + 1, sizeof *channels);
  layer *layers = zeros(count, sizeof *layers);
  map *values = zeros(count + 1, sizeof *values);
  channels[0] = 4;
  for (int i = 0; i < count; i++) layers[i] = read_layer(channels, i);
  const int width = number(), height = number();
  values[0] = empty_map(height, width, 4);
  for (int y = 0; y < height; y++) kernels->picture_row(take((size_t)width * 3), width, pixel(&values[0], y, 0));
  int16_t *words = 0;
  for (int i = 0; i < count; i++) values[i + 1] = computed(&layers[i], values, channels[i + 1], kernels, &words);
  const int rows = number(), columns = number(), wanted = number();
  const map *last = &values[count];
  size_t same = words && rows == last->rows && columns == last->columns && wanted <= last->channels;
  for (int y = 0; y < rows && same; y++)
    for (int x = 0; x < columns && same; x++)
      for (int c = 0; c < wanted && same; c++) {
        const int expected = number(), found = words[((size_t)y * columns + x) * last->channels + c];
        same = expected == found ? same + 1 : 0;
        if (!same)
          printf("%s differs: %d layers, row %d, column %d, channel %d: %d instead of %d\n", kernels->name, count, y, x,
                 c, found, expected);
      }
  for (int i = 0; i < count; i++) {
    free((void *)layers[i].convolution.weights);
    free((void *)layers[i].convolution.bias);
    free((void *)layers[i].convolution.multiplier);
  }
  for (int i = 0; i <= count; i++) free(values[i].bytes);
  free(words);
  free(values);
  free(layers);
  free(channels);
  return same ? same - 1 : 0;
}

int main(int count, char **arguments) {
  if (count < 3) return fprintf(stderr, "usage: networks_test KERNELS TRACE...\n"), 2;
  const digit_kernels *kernels = digit_kernels_named(arguments[1]);
  if (!kernels) return printf("this machine can't run the %s kernels\n", arguments[1]), 1;
  for (int i = 2; i < count; i++) {
    FILE *file = fopen(arguments[i], "rb");
    if (!file || fseek(file, 0, SEEK_END)) return perror(arguments[i]), 1;
    const long size = ftell(file);
    uint8_t *bytes = zeros(size, 1);
    rewind(file);
    if (fread(bytes, 1, size, file) != (size_t)size) return perror(arguments[i]), 1;
    fclose(file);
    next = bytes;
    end = bytes + size;
    size_t outputs = 0;
    int networks = 0;
    for (; next < end; networks++) {
      const size_t some = compared(kernels);
      if (!some) return 1;
      outputs += some;
    }
    free(bytes);
    printf("%s: %d passes of networks, %zu outputs, the same bits\n", kernels->name, networks, outputs);
  }
  return 0;
}
