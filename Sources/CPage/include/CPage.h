// The files of the page that are embedded in the program.
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

/// The number of files.
size_t streetnum_page_file_count(void);
/// The file with an index below that number.
streetnum_page_file streetnum_page_file_at(size_t index);

#endif
