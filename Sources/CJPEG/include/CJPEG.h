// Reads JPEG from memory row by row, and writes it, through libjpeg. Every setjmp is in CJPEG.c; nothing is printed.
//
// The order of calls for reading is open, read_header, read_row or skip_rows for each row, finish, close. Each call
// receives the whole file again, which may have moved: a decoder keeps an offset, never a pointer into the file. A
// status other than CJPEG_OK is final: later calls except close return it again.
#ifndef CJPEG_H
#define CJPEG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct cjpeg_decoder cjpeg_decoder;

typedef enum {
  CJPEG_OK = 0,
  // The file ends before its EOI marker.
  CJPEG_TRUNCATED,
  // libjpeg reported an error or lost pixels; see cjpeg_message.
  CJPEG_DAMAGED,
  // The kind of JPEG is not supported; see cjpeg_message.
  CJPEG_UNSUPPORTED,
  // The file has more scans than cjpeg_open allowed.
  CJPEG_TOO_MANY_SCANS,
  // Decoding took longer than cjpeg_open allowed.
  CJPEG_TIMED_OUT,
  CJPEG_OUT_OF_MEMORY,
} cjpeg_status;

typedef struct {
  // The size as stored, in pixels; 0 if the file has no valid frame header.
  uint32_t width;
  uint32_t height;
  // 8-bit samples per pixel of a row: 3 is RGB, 4 is CMYK as stored.
  uint32_t channels;
  // The file has an Adobe marker: CMYK is stored inverted, 255 is no ink.
  bool adobe;
  // The file has several scans: reading its first row needs memory for all samples.
  bool buffered;
} cjpeg_header;

// Opens a decoder for files of up to `max_scans` scans, for at most `seconds` from now; INFINITY is no limit. NULL if
// memory is short.
cjpeg_decoder *cjpeg_open(int32_t max_scans, double seconds);

// Reads up to the first scan. Sets width and height even if a later part fails, so that a size limit can be checked
// first. Allocates no memory for the picture.
cjpeg_status cjpeg_read_header(
  cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, cjpeg_header *header);

// Reads the next row, of `channels * width` bytes. For a file with several scans, the first call reads all of them, and
// keeps two bytes per stored sample until close.
cjpeg_status cjpeg_read_row(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, uint8_t *row);

// Skips rows, fewer than remain; the buffer has room for one row of `channels * width` bytes. libjpeg-turbo does not
// decode most of them. The following rows are the same as if these had been read.
cjpeg_status cjpeg_skip_rows(
  cjpeg_decoder *decoder, const uint8_t *bytes, size_t count, uint32_t rows, uint8_t *row);

// To be called after the last row: reads to the end of EOI.
cjpeg_status cjpeg_finish(cjpeg_decoder *decoder, const uint8_t *bytes, size_t count);

// libjpeg's error message; empty if there was no error. Valid until close.
const char *cjpeg_message(const cjpeg_decoder *decoder);

void cjpeg_close(cjpeg_decoder *decoder);

// Writes a picture of RGB pixels, rows from the top without padding, at most 65,500 pixels a side, to a buffer of
// `count` bytes; returns the number of bytes written, 0 if the buffer is too small or memory is short.
size_t cjpeg_encode(
  uint32_t width, uint32_t height, const uint8_t *pixels, int32_t quality, uint8_t *bytes, size_t count);

// The version of libjpeg at build time, such as "turbo 2.1.5"; the library does not provide it at run time.
const char *cjpeg_library_version(void);

#endif
