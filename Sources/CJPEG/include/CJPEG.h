// Reads JPEG from memory, row by row, and writes it, through libjpeg. Every setjmp stays in CJPEG.c; nothing is printed.
//
// Order of calls to read: open, read_header, read_row or skip_rows for each row, finish, close. Each call is given the whole file
// again, at any address: a decoder keeps its offset, never a pointer into it. A status other than CJPEG_OK is
// final: later calls but close repeat it.
#ifndef CJPEG_H
#define CJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cjpeg_decoder cjpeg_decoder;

typedef enum {
  CJPEG_OK = 0,
  // The file ends before its EOI marker does.
  CJPEG_TRUNCATED,
  // libjpeg found an error, or warned of lost pixels; see cjpeg_message.
  CJPEG_DAMAGED,
  // A kind of JPEG that is not read here; see cjpeg_message.
  CJPEG_UNSUPPORTED,
  // More scans than cjpeg_open allowed.
  CJPEG_TOO_MANY_SCANS,
  // It took longer than cjpeg_open allowed.
  CJPEG_TIMED_OUT,
  CJPEG_OUT_OF_MEMORY,
} cjpeg_status;

typedef struct {
  // Pixels, as stored; 0 where the file has no readable frame header.
  uint32_t width;
  uint32_t height;
  // Samples of 8 bits in each pixel of a row: 3 is RGB, 4 is CMYK as stored.
  uint32_t channels;
  // The file has an Adobe marker: CMYK is stored inverted, 255 is no ink.
  bool adobe;
  // The file has several scans: its first row takes memory for all samples.
  bool buffered;
} cjpeg_header;

// Decodes files of up to so many scans, for up to so many seconds from now; INFINITY is as long as it takes. NULL where memory is
// short.
cjpeg_decoder *cjpeg_open(int32_t max_scans, double seconds);

// Reads up to the first scan. Fills in width and height even where a later part fails, so that a limit on
// them can be checked first. Allocates nothing of the picture's size.
cjpeg_status cjpeg_read_header(
  cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, cjpeg_header *header);

// Reads the next row, of `channels * width` bytes. In a file of several scans the first call reads them all,
// and keeps two bytes for each stored sample until close.
cjpeg_status cjpeg_read_row(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *row);

// Passes over so many rows, of `channels * width` bytes; fewer than the picture has left. Theirs is the room for one of them.
// libjpeg-turbo computes no pixels of most of them. What comes after is the same as if they had been read.
cjpeg_status cjpeg_skip_rows(
  cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, uint32_t rows, uint8_t *row);

// After the last row: reads to the end of EOI.
cjpeg_status cjpeg_finish(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count);

// libjpeg's words for the error; empty where there was none. Valid until close.
const char *cjpeg_message(const cjpeg_decoder *decoder);

void cjpeg_close(cjpeg_decoder *decoder);

// Writes a picture of RGB pixels, rows from the top without gaps, at most 65,500 a side, into `count` bytes; returns how many it
// took, 0 where they have no room, or memory is short.
size_t cjpeg_encode(
  uint32_t width, uint32_t height, const uint8_t *pixels, int32_t quality, uint8_t *bytes, size_t count);

// The libjpeg that this was built with, such as "turbo 2.1.5"; the library itself does not say.
const char *cjpeg_library_version(void);

#endif
