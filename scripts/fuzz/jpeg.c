// Decodes bytes as JPEG with the calls of Sources/Pipeline/Images/JPEG/JPEGDecoder.swift. Unlike that decoder, it also
// passes lossless, hierarchical and arithmetic coding to libjpeg.
#include <math.h>

#include "CJPEG.h"
#include "watched.h"

// Rows are filled with `paint` before decoding, so that a pixel that the decoder does not write changes the hash.
static cjpeg_status read_rows(
  cjpeg_decoder *decoder, moving_file *file, cjpeg_header size, uint8_t paint, uint64_t *pixels) {
  const size_t row_bytes = (size_t)size.channels * size.width;
  uint8_t *row = row_of(row_bytes);
  cjpeg_status status = CJPEG_OK;
  uint32_t y = 0;
  for (; y < size.height && status == CJPEG_OK; y++) {
    memset(row, paint, row_bytes);
    status = cjpeg_read_row(decoder, moved(file), file->count, row);
    if (status == CJPEG_OK) *pixels = hash(*pixels, row, row_bytes);
  }
  see(status, cjpeg_message(decoder), y, size.height);
  return status;
}

static uint64_t decode(moving_file file, uint8_t paint) {
  cjpeg_decoder *decoder = cjpeg_open(MAX_SCANS, INFINITY);
  require(decoder != NULL);
  cjpeg_header size;
  cjpeg_status status = cjpeg_read_header(decoder, moved(&file), file.count, &size);
  see(status, cjpeg_message(decoder), size.channels + size.buffered, 8);
  uint64_t pixels = 0;
  if (status == CJPEG_OK) require(size.width > 0 && size.height > 0 && (size.channels == 3 || size.channels == 4));
  if (status == CJPEG_OK && (uint64_t)size.width * size.height <= MAX_PIXELS) {
    status = read_rows(decoder, &file, size, paint, &pixels);
    if (status == CJPEG_OK) status = cjpeg_finish(decoder, moved(&file), file.count);
    see(status, cjpeg_message(decoder), 1, 1);
  }
  // An error is final.
  if (status != CJPEG_OK) require(cjpeg_finish(decoder, moved(&file), file.count) == status);
  if (status == CJPEG_DAMAGED || status == CJPEG_UNSUPPORTED) require(*cjpeg_message(decoder) != 0);
  cjpeg_close(decoder);
  return hash(pixels, &status, sizeof status);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  const moving_file file = moving(bytes, count);
  require(decode(file, 0x00) == decode(file, 0xFF));
  return 0;
}
