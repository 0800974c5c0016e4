// seeds png|jpeg|exif|xml|kernels FOLDER: writes the initial inputs of a harness, always the same: one small picture of
// every kind, EXIF blocks in both byte orders, XML texts, or a few thousand numbers.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jpeglib.h>
#include <png.h>

enum { WIDTH = 21, HEIGHT = 13 };

static FILE *create(const char *folder, const char *name) {
  char path[4096];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  FILE *file = fopen(path, "wb");
  if (!file) perror(path), exit(1);
  return file;
}

// A smooth picture with an edge, so that filters, transforms and long codes are exercised.
static uint8_t sample(int x, int y, int channel) {
  const int value = 20 + 9 * x + (7 - 4 * channel) * y;
  return (uint8_t)(x > 11 && y > 3 ? 255 - value : value);
}

static void write_png(const char *folder, int type, int depth, int interlace) {
  char name[64];
  snprintf(name, sizeof name, "type%d-depth%d-interlace%d.png", type, depth, interlace);
  FILE *file = create(folder, name);
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, NULL, NULL, NULL);
  png_infop info = png_create_info_struct(png);
  png_init_io(png, file);
  png_set_filter(png, 0, PNG_ALL_FILTERS);
  png_set_IHDR(png, info, WIDTH, HEIGHT, depth, type, interlace, PNG_COMPRESSION_TYPE_BASE, PNG_FILTER_TYPE_BASE);
  if (type == PNG_COLOR_TYPE_PALETTE) {
    png_color colours[256];
    png_byte alphas[256];
    for (int i = 0; i < 256; i++) {
      colours[i] = (png_color){(png_byte)i, (png_byte)(255 - i), (png_byte)(7 * i)};
      alphas[i] = (png_byte)i;
    }
    png_set_PLTE(png, info, colours, 1 << depth);
    png_set_tRNS(png, info, alphas, (1 << depth) - 1, NULL);
  }
  png_write_info(png, info);
  png_byte rows[HEIGHT][WIDTH * 8], *pointers[HEIGHT];
  for (int y = 0; y < HEIGHT; y++) {
    pointers[y] = rows[y];
    for (int i = 0; i < WIDTH * 8; i++) rows[y][i] = sample(i / 4 % WIDTH, y, i % 4);
  }
  png_write_image(png, pointers);
  png_write_end(png, info);
  png_destroy_write_struct(&png, &info);
  fclose(file);
}

static void write_pngs(const char *folder) {
  const int types[] = {
    PNG_COLOR_TYPE_GRAY, PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_PALETTE, PNG_COLOR_TYPE_GRAY_ALPHA, PNG_COLOR_TYPE_RGB_ALPHA,
  };
  for (int i = 0; i < 5; i++)
    for (int depth = 1; depth <= 16; depth *= 2) {
      if (depth == 16 && types[i] == PNG_COLOR_TYPE_PALETTE) continue;
      if (depth < 8 && types[i] != PNG_COLOR_TYPE_PALETTE && types[i] != PNG_COLOR_TYPE_GRAY) continue;
      write_png(folder, types[i], depth, PNG_INTERLACE_NONE);
      write_png(folder, types[i], depth, PNG_INTERLACE_ADAM7);
    }
}

typedef struct {
  const char *name;
  J_COLOR_SPACE stored;
  int channels, sampling, restart, progressive, arithmetic;
} jpeg_kind;

static void write_jpeg(const char *folder, const jpeg_kind *kind) {
  FILE *file = create(folder, kind->name);
  struct jpeg_compress_struct jpeg;
  struct jpeg_error_mgr errors;
  jpeg.err = jpeg_std_error(&errors);
  jpeg_create_compress(&jpeg);
  jpeg_stdio_dest(&jpeg, file);
  jpeg.image_width = WIDTH;
  jpeg.image_height = HEIGHT;
  jpeg.input_components = kind->channels;
  jpeg.in_color_space = kind->channels == 1 ? JCS_GRAYSCALE : kind->channels == 3 ? JCS_RGB : JCS_CMYK;
  jpeg_set_defaults(&jpeg);
  jpeg_set_colorspace(&jpeg, kind->stored);
  jpeg.comp_info[0].h_samp_factor = jpeg.comp_info[0].v_samp_factor = kind->sampling;
  jpeg.restart_interval = kind->restart;
  jpeg.arith_code = kind->arithmetic;
  if (kind->progressive) jpeg_simple_progression(&jpeg);
  jpeg_start_compress(&jpeg, TRUE);
  for (int y = 0; y < HEIGHT; y++) {
    uint8_t pixels[WIDTH * 4], *row = pixels;
    for (int i = 0; i < WIDTH * kind->channels; i++) pixels[i] = sample(i / kind->channels, y, i % kind->channels);
    jpeg_write_scanlines(&jpeg, &row, 1);
  }
  jpeg_finish_compress(&jpeg);
  jpeg_destroy_compress(&jpeg);
  fclose(file);
}

static void write_jpegs(const char *folder) {
  const jpeg_kind kinds[] = {
    {.name = "grey.jpg", .stored = JCS_GRAYSCALE, .channels = 1, .sampling = 1},
    {.name = "colour.jpg", .stored = JCS_YCbCr, .channels = 3, .sampling = 2},
    {.name = "restarts.jpg", .stored = JCS_YCbCr, .channels = 3, .sampling = 1, .restart = 2},
    {.name = "rgb.jpg", .stored = JCS_RGB, .channels = 3, .sampling = 1},
    {.name = "cmyk.jpg", .stored = JCS_CMYK, .channels = 4, .sampling = 1},
    {.name = "ycck.jpg", .stored = JCS_YCCK, .channels = 4, .sampling = 2},
    {.name = "progressive.jpg", .stored = JCS_YCbCr, .channels = 3, .sampling = 2, .progressive = 1},
    {.name = "progressive-grey.jpg", .stored = JCS_GRAYSCALE, .channels = 1, .sampling = 1, .restart = 1, .progressive = 1},
    {.name = "arithmetic.jpg", .stored = JCS_YCbCr, .channels = 3, .sampling = 2, .arithmetic = 1},
  };
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) write_jpeg(folder, &kinds[i]);
}

static void write_numbers(const char *folder) {
  FILE *file = create(folder, "numbers");
  uint32_t state = 1;
  for (int i = 0; i < 4000; i++) {
    state = state * 1664525u + 1013904223u;
    fputc((int)(state >> 24), file);
  }
  fclose(file);
}

typedef struct {
  uint8_t bytes[1024];
  size_t count;
  int big;
} block;

static void put(block *b, uint32_t value, int width) {
  for (int i = 0; i < width; i++) b->bytes[b->count++] = (uint8_t)(value >> 8 * (b->big ? width - 1 - i : i));
}

static void put_entry(block *b, uint32_t tag, uint32_t type, uint32_t values, uint32_t field, int width) {
  put(b, tag, 2), put(b, type, 2), put(b, values, 4), put(b, field, width);
  for (; width < 4; width++) put(b, 0, 1);
}

// An orientation, a time, a maker note, and a position with a direction.
static void write_exif(const char *folder, const char *name, int big, const char *maker) {
  block b = {.big = big};
  memcpy(b.bytes, big ? "Exif\0\0MM" : "Exif\0\0II", 8);
  b.count = 8;
  put(&b, 42, 2), put(&b, 8, 4);
  put(&b, 3, 2);
  put_entry(&b, 0x0112, 3, 1, 6, 2), put_entry(&b, 0x8769, 4, 1, 50, 4), put_entry(&b, 0x8825, 4, 1, 150, 4);
  put(&b, 0, 4);
  put(&b, 2, 2);
  put_entry(&b, 0x9003, 2, 20, 80, 4), put_entry(&b, 0x927C, 7, 40, 100, 4);
  put(&b, 0, 4);
  while (b.count < 6 + 80) put(&b, 0, 1);
  memcpy(b.bytes + b.count, "2026:11:26 10:30:00", 20), b.count += 20;
  memcpy(b.bytes + b.count, maker, strlen(maker)), b.count += 40;
  while (b.count < 6 + 150) put(&b, 0, 1);
  put(&b, 5, 2);
  put_entry(&b, 1, 2, 2, 'N' << (big ? 24 : 0), 4), put_entry(&b, 2, 5, 3, 220, 4);
  put_entry(&b, 3, 2, 2, 'E' << (big ? 24 : 0), 4), put_entry(&b, 4, 5, 3, 220, 4), put_entry(&b, 17, 5, 1, 220, 4);
  put(&b, 0, 4);
  while (b.count < 6 + 220) put(&b, 0, 1);
  for (uint32_t i = 0; i < 3; i++) put(&b, 7 * i + 4, 4), put(&b, i + 1, 4);
  FILE *file = create(folder, name);
  fwrite(b.bytes, 1, b.count, file);
  fclose(file);
}

static void write_exifs(const char *folder) {
  write_exif(folder, "little", 0, ""), write_exif(folder, "big", 1, "");
  write_exif(folder, "canon", 0, "\3"), write_exif(folder, "olympus", 0, "OLYMP"), write_exif(folder, "pentax", 1, "AOC");
  write_exif(folder, "fuji", 0, "FUJIFILM"), write_exif(folder, "nikon", 1, "Nikon\0\2");
}

static void write_texts(const char *folder) {
  const char *const texts[] = {
    "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>"
    "<rdf:Description xmlns:exif='http://ns.adobe.com/exif/1.0/' exif:GPSLatitude='52,6N'/></rdf:RDF></x:xmpmeta>",
    "<?xml version='1.0'?><gpx xmlns='http://www.topografix.com/GPX/1/1'><trk><trkseg><trkpt lat='52' lon='4'>"
    "<time>2026-11-26T10:30:00Z</time></trkpt></trkseg></trk></gpx>",
    "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;&amp;<![CDATA[<]]></a>",
  };
  for (int i = 0; i < 3; i++) {
    const char name[] = {(char)('a' + i), 0};
    FILE *file = create(folder, name);
    fputs(texts[i], file);
    fclose(file);
  }
}

int main(int count, char **words) {
  if (count == 3 && strcmp(words[1], "png") == 0) return write_pngs(words[2]), 0;
  if (count == 3 && strcmp(words[1], "jpeg") == 0) return write_jpegs(words[2]), 0;
  if (count == 3 && strcmp(words[1], "exif") == 0) return write_exifs(words[2]), 0;
  if (count == 3 && strcmp(words[1], "xml") == 0) return write_texts(words[2]), 0;
  if (count == 3 && strcmp(words[1], "kernels") == 0) return write_numbers(words[2]), 0;
  return fprintf(stderr, "takes png, jpeg, exif, xml or kernels, and a folder\n"), 64;
}
