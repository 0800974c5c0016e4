// Decodes bytes as PNG with the calls of Sources/Pipeline/Images/PNG/PNGDecoder.swift.
#include <zlib.h>

#include "CPNG.h"
#include "watched.h"

// The rows that the decoder returns, each with its number of columns: one grid, or the passes of Adam7.
typedef struct {
  uint32_t first_column, first_row, column_step, row_step;
} grid;

static const grid whole[] = {{0, 0, 1, 1}};
static const grid adam7[] = {{0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}};

// Rows are filled with `paint` before decoding, so that a pixel that the decoder does not write changes the hash.
static cpng_status read_rows(
  cpng_decoder *decoder, moving_file *file, cpng_header size, uint8_t paint, uint64_t *pixels) {
  const grid *grids = size.interlaced ? adam7 : whole;
  const size_t row_bytes = (size_t)size.channels * size.width;
  uint8_t *row = row_of(row_bytes);
  cpng_status status = CPNG_OK;
  uint32_t done = 0;
  for (int i = 0; i < (size.interlaced ? 7 : 1) && status == CPNG_OK; i++) {
    const grid *g = &grids[i];
    if (size.width <= g->first_column) continue;
    const uint32_t columns = (size.width - g->first_column + g->column_step - 1) / g->column_step;
    for (uint32_t y = g->first_row; y < size.height && status == CPNG_OK; y += g->row_step, done++) {
      memset(row, paint, row_bytes);
      status = cpng_read_row(decoder, moved(file), file->count, row);
      if (status == CPNG_OK) *pixels = hash(*pixels, row, (size_t)size.channels * columns);
    }
  }
  see(status, cpng_message(decoder), done, size.height * 2);
  return status;
}

static uint64_t decode(moving_file file, uint8_t paint) {
  cpng_decoder *decoder = cpng_open();
  require(decoder != NULL);
  cpng_header size;
  cpng_status status = cpng_read_header(decoder, moved(&file), file.count, &size);
  see(status, cpng_message(decoder), size.channels, 4);
  uint64_t pixels = 0;
  if (status == CPNG_OK) require(size.width > 0 && size.height > 0 && (size.channels == 3 || size.channels == 4));
  if (status == CPNG_OK && (uint64_t)size.width * size.height <= MAX_PIXELS) {
    status = read_rows(decoder, &file, size, paint, &pixels);
    if (status == CPNG_OK) status = cpng_finish(decoder, moved(&file), file.count);
    see(status, cpng_message(decoder), 1, 1);
  }
  // An error is final.
  if (status != CPNG_OK) require(cpng_finish(decoder, moved(&file), file.count) == status);
  if (status == CPNG_DAMAGED) require(*cpng_message(decoder) != 0);
  cpng_close(decoder);
  return hash(pixels, &status, sizeof status);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  const moving_file file = moving(bytes, count);
  require(decode(file, 0x00) == decode(file, 0xFF));
  return 0;
}

size_t LLVMFuzzerMutate(uint8_t *bytes, size_t count, size_t room);

// Everything in a PNG is covered by checksums, so the checksums of most mutants are corrected; otherwise none would get
// past the first chunk.
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t count, size_t room, unsigned seed) {
  count = LLVMFuzzerMutate(bytes, count, room);
  if (seed % 8 == 0) return count;
  for (size_t chunk = 8; chunk + 12 <= count;) {
    const size_t length =
      (size_t)bytes[chunk] << 24 | (size_t)bytes[chunk + 1] << 16 | (size_t)bytes[chunk + 2] << 8 | bytes[chunk + 3];
    if (length > count - chunk - 12) break;
    uint8_t *sum = bytes + chunk + 8 + length;
    const uint32_t right = (uint32_t)crc32(0, bytes + chunk + 4, (uInt)length + 4);
    for (int i = 0; i < 4; i++) sum[i] = (uint8_t)(right >> (24 - 8 * i));
    chunk += length + 12;
  }
  return count;
}
