#include "CPNG.h"

#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// Larger than any valid palette, transparency or header chunk; text and colour profiles are skipped unread.
enum { CHUNK_BYTES = 1 << 20, CHUNK_COUNT = 16, MESSAGE_BYTES = 160 };

struct cpng_decoder {
  png_structp png;
  png_infop info;
  const uint8_t *bytes;
  size_t count;
  size_t offset;
  bool started;
  cpng_status status;
  char message[MESSAGE_BYTES];
};

static void fail(png_structp png, png_const_charp message) {
  cpng_decoder *decoder = png_get_error_ptr(png);
  if (decoder->status == CPNG_OK) decoder->status = CPNG_DAMAGED;
  snprintf(decoder->message, sizeof decoder->message, "%s", message);
  png_longjmp(png, 1);
}

// libpng warns of problems that do not affect the pixels: damaged or misplaced ancillary chunks, surplus data.
static void ignore(png_structp png, png_const_charp message) {
  (void)png;
  (void)message;
}

static void read_bytes(png_structp png, png_bytep target, size_t count) {
  cpng_decoder *decoder = png_get_io_ptr(png);
  if (count > decoder->count - decoder->offset) {
    decoder->status = CPNG_TRUNCATED;
    png_error(png, "the file ends early");
  }
  memcpy(target, decoder->bytes + decoder->offset, count);
  decoder->offset += count;
}

static void set_input(cpng_decoder *decoder, const uint8_t *bytes, size_t count) {
  decoder->bytes = bytes;
  decoder->count = count;
}

cpng_decoder *cpng_open(void) {
  cpng_decoder *decoder = calloc(1, sizeof *decoder);
  if (!decoder) return NULL;
  decoder->png = png_create_read_struct(PNG_LIBPNG_VER_STRING, decoder, fail, ignore);
  if (decoder->png) decoder->info = png_create_info_struct(decoder->png);
  if (!decoder->info) {
    cpng_close(decoder);
    return NULL;
  }
  return decoder;
}

cpng_status cpng_read_header(
  cpng_decoder *decoder, const uint8_t *bytes, size_t count, cpng_header *header) {
  png_structp png = decoder->png;
  png_infop info = decoder->info;
  memset(header, 0, sizeof *header);
  if (decoder->status != CPNG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(png_jmpbuf(png)) == 0) {
    png_set_read_fn(png, decoder, read_bytes);
    // The caller limits the size, because libpng's own limit would report a large picture as damaged.
    png_set_user_limits(png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
    // Some writers state a smaller window for the compressed pixels than they use, which libpng would report as damage.
    png_set_option(png, PNG_MAXIMUM_INFLATE_WINDOW, PNG_OPTION_ON);
    png_set_chunk_malloc_max(png, CHUNK_BYTES);
    png_set_chunk_cache_max(png, CHUNK_COUNT);
    // -1 skips every ancillary chunk except tRNS. Compressed text and profiles are never decompressed, and gamma does
    // not affect the pixels.
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
    png_read_info(png, info);
    png_set_expand(png);
    png_set_scale_16(png);
    png_set_gray_to_rgb(png);
    bool alpha = (png_get_color_type(png, info) & PNG_COLOR_MASK_ALPHA) != 0
      || png_get_valid(png, info, PNG_INFO_tRNS) != 0;
    header->channels = alpha ? 4 : 3;
    header->interlaced = png_get_interlace_type(png, info) != PNG_INTERLACE_NONE;
  }
  header->width = png_get_image_width(png, info);
  header->height = png_get_image_height(png, info);
  return decoder->status;
}

cpng_status cpng_read_row(cpng_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *row) {
  if (decoder->status != CPNG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(png_jmpbuf(decoder->png)) == 0) {
    if (!decoder->started) {
      decoder->started = true;
      png_read_update_info(decoder->png, decoder->info);
    }
    png_read_row(decoder->png, row, NULL);
  }
  return decoder->status;
}

cpng_status cpng_finish(cpng_decoder *decoder, const uint8_t *bytes, size_t count) {
  if (decoder->status != CPNG_OK) return decoder->status;
  set_input(decoder, bytes, count);
  if (setjmp(png_jmpbuf(decoder->png)) == 0) png_read_end(decoder->png, NULL);
  return decoder->status;
}

const char *cpng_message(const cpng_decoder *decoder) { return decoder->message; }

void cpng_close(cpng_decoder *decoder) {
  png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
  free(decoder);
}

static png_image picture(uint32_t width, uint32_t height) {
  return (png_image){
    .version = PNG_IMAGE_VERSION, .width = width, .height = height, .format = PNG_FORMAT_RGB};
}

size_t cpng_encoded_bound(uint32_t width, uint32_t height) {
  png_image image = picture(width, height);
  return PNG_IMAGE_PNG_SIZE_MAX(image);
}

size_t cpng_encode(
  uint32_t width, uint32_t height, const uint8_t *pixels, uint8_t *bytes, size_t count) {
  png_image image = picture(width, height);
  png_alloc_size_t written = count;
  bool done = png_image_write_to_memory(&image, bytes, &written, 0, pixels, 0, NULL) != 0;
  png_image_free(&image);
  return done ? written : 0;
}

const char *cpng_library_version(void) { return png_get_libpng_ver(NULL); }
