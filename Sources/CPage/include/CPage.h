// The files of the page that are built into the program.
#ifndef CPAGE_H
#define CPAGE_H

#include <stddef.h>
#include <stdint.h>

/// A file of the page: its name, its bytes and their count.
typedef struct {
  const char *_Nonnull name;
  const uint8_t *_Nonnull bytes;
  size_t size;
} streetnum_page_file;

/// How many files there are.
size_t streetnum_page_file_count(void);
/// The file at a place below that count.
streetnum_page_file streetnum_page_file_at(size_t index);

#endif
