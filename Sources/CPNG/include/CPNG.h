// Reads PNG from memory row by row, and writes it, through libpng. Every setjmp is in CPNG.c or libpng; nothing is
// printed.
//
// The order of calls for reading is open, read_header, read_row for each row, finish, close. Each call receives the
// whole file again, which may have moved: a decoder keeps an offset, never a pointer into the file. A status other than
// CPNG_OK is final: later calls except close return it again.
#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cpng_decoder cpng_decoder;

typedef enum {
  CPNG_OK = 0,
  // The file ends before its IEND chunk.
  CPNG_TRUNCATED,
  // libpng reported an error; see cpng_message.
  CPNG_DAMAGED,
} cpng_status;

typedef struct {
  // The size as stored, in pixels; 0 if the file has no valid IHDR chunk.
  uint32_t width;
  uint32_t height;
  // 8-bit samples per pixel of a row: 3 is RGB, 4 is RGB and alpha (not premultiplied).
  uint32_t channels;
  // The rows are those of the seven Adam7 passes in order, without empty passes.
  bool interlaced;
} cpng_header;

// NULL if memory is short.
cpng_decoder *cpng_open(void);

// Reads up to the first pixels. Sets width and height even if a later part fails, so that a size limit can be checked
// first. Allocates no memory for the picture.
cpng_status cpng_read_header(
  cpng_decoder *decoder, const uint8_t *bytes, size_t count, cpng_header *header);

// Reads the next row, of at most `channels * width` bytes.
cpng_status cpng_read_row(cpng_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *row);

// To be called after the last row: reads to the end of IEND.
cpng_status cpng_finish(cpng_decoder *decoder, const uint8_t *bytes, size_t count);

// libpng's error message; empty if there was no error. Valid until close.
const char *cpng_message(const cpng_decoder *decoder);

void cpng_close(cpng_decoder *decoder);

// The version of libpng at run time.
const char *cpng_library_version(void);

// The maximum size in bytes of a picture of this size as PNG; at most 1,000,000 pixels a side and 2^28 in all.
size_t cpng_encoded_bound(uint32_t width, uint32_t height);

// Writes a picture of RGB pixels, rows from the top without padding, to a buffer of `count` bytes; returns the number
// of bytes written, 0 if memory is short.
size_t cpng_encode(
  uint32_t width, uint32_t height, const uint8_t *pixels, uint8_t *bytes, size_t count);

#endif
