// Reads PNG from memory, row by row, and writes it, through libpng. Every setjmp stays in CPNG.c or libpng; nothing is
// printed.
//
// Order of calls to read: open, read_header, read_row for each row, finish, close. Each call is given the whole file
// again, at any address: a decoder keeps its offset, never a pointer into it. A status other than CPNG_OK is
// final: later calls but close repeat it.
#ifndef CPNG_H
#define CPNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cpng_decoder cpng_decoder;

typedef enum {
  CPNG_OK = 0,
  // The file ends before its IEND chunk does.
  CPNG_TRUNCATED,
  // libpng found an error; see cpng_message.
  CPNG_DAMAGED,
} cpng_status;

typedef struct {
  // Pixels, as stored; 0 where the file has no readable IHDR chunk.
  uint32_t width;
  uint32_t height;
  // Samples of 8 bits in each pixel of a row: 3 is RGB, 4 is RGB and alpha (not premultiplied).
  uint32_t channels;
  // Rows come as those of the seven Adam7 passes, one pass after the other, empty passes left out.
  bool interlaced;
} cpng_header;

// NULL where memory is short.
cpng_decoder *cpng_open(void);

// Reads up to the first pixels. Fills in width and height even where a later part fails, so that a limit on
// them can be checked first. Allocates nothing of the picture's size.
cpng_status cpng_read_header(
  cpng_decoder *decoder, const uint8_t *bytes, size_t count, cpng_header *header);

// Reads the next row, of at most `channels * width` bytes.
cpng_status cpng_read_row(cpng_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *row);

// After the last row: reads to the end of IEND.
cpng_status cpng_finish(cpng_decoder *decoder, const uint8_t *bytes, size_t count);

// libpng's words for the error; empty where there was none. Valid until close.
const char *cpng_message(const cpng_decoder *decoder);

void cpng_close(cpng_decoder *decoder);

// The version of libpng that runs.
const char *cpng_library_version(void);

// The most bytes that a picture of this size takes as PNG; at most 1,000,000 pixels a side and 2^28 in all.
size_t cpng_encoded_bound(uint32_t width, uint32_t height);

// Writes a picture of RGB pixels, rows from the top without gaps, into `count` bytes; returns how many it took, 0 where
// memory is short.
size_t cpng_encode(
  uint32_t width, uint32_t height, const uint8_t *pixels, uint8_t *bytes, size_t count);

#endif
