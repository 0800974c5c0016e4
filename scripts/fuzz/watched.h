// Shared by the harnesses of the picture libraries. The libraries are prebuilt, without sanitizers and coverage, so the
// memory that they use is fenced by guard pages, and their observable behaviour is counted as coverage.
#ifndef WATCHED_H
#define WATCHED_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

enum {
  PAGE = 4096,
  // The maximum size of an input, a whole number of pages.
  MAX_FILE = 1 << 16,
  // The limits of ImageLimits, except for the pixels: a small picture takes the same paths.
  MAX_PIXELS = 1 << 16,
  MAX_SCANS = 100,
};

// The end of `room` bytes, a whole number of pages, which is followed by a guard page.
static inline uint8_t *fenced(size_t room) {
  uint8_t *pages = mmap(NULL, room + PAGE, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (pages == MAP_FAILED || mprotect(pages, room, PROT_READ | PROT_WRITE) != 0) abort();
  return pages + room;
}

// Memory for a row, at most four bytes for each of MAX_PIXELS; the same for every picture.
static inline uint8_t *row_of(size_t count) {
  static uint8_t *end;
  if (!end) end = fenced(4 * MAX_PIXELS);
  return end - count;
}

// A file that moves between calls, because decoders may keep an offset into it, but never a pointer.
typedef struct {
  uint8_t *ends[2];
  size_t count;
  uint32_t calls;
} moving_file;

static inline void allow(const moving_file *file, int copy, int protection) {
  const size_t room = (file->count + PAGE - 1) / PAGE * PAGE;
  if (mprotect(file->ends[copy] - room, room, protection) != 0) abort();
}

static inline moving_file moving(const uint8_t *bytes, size_t count) {
  static uint8_t *ends[2];
  for (int i = 0; i < 2; i++)
    if (!ends[i]) ends[i] = fenced(MAX_FILE);
  const moving_file file = {.ends = {ends[0], ends[1]}, .count = count};
  for (int i = 0; i < 2; i++) {
    allow(&file, i, PROT_READ | PROT_WRITE);
    if (count > 0) memcpy(ends[i] - count, bytes, count);
  }
  return file;
}

// The file for the next call. At calls 1, 2, 4, 8 and so on, because moving takes time, it has moved, and its old
// address is inaccessible.
static inline const uint8_t *moved(moving_file *file) {
  static int now;
  if ((file->calls & (file->calls + 1)) == 0) {
    allow(file, now, PROT_NONE);
    now = !now;
    allow(file, now, PROT_READ);
  }
  file->calls++;
  return file->ends[now] - file->count;
}

static inline uint64_t hash(uint64_t start, const void *bytes, size_t count) {
  const uint8_t *byte = bytes;
  for (size_t i = 0; i < count; i++) start = (start ^ byte[i]) * 0x100000001b3u;
  return start;
}

// libFuzzer takes a counter that was never set before for new coverage, and keeps the input.
__attribute__((section("__libfuzzer_extra_counters"), used)) static uint8_t seen[1 << 12];

// Counts how a decoder ended and how many rows it returned. Its messages distinguish the paths inside the library;
// numbers and chunk names, which come from the file, are left out.
static inline void see(int status, const char *message, uint32_t row, uint32_t rows) {
  const char *colon = strrchr(message, ':');
  const uint32_t part = rows ? (uint32_t)(16ull * row / rows) : 0;
  uint64_t sight = hash(status, &part, sizeof part);
  for (const char *c = colon ? colon : message; *c; c++)
    if (*c > 'f') sight = hash(sight, c, 1);
  seen[(sight ^ sight >> 32) % sizeof seen] = 1;
}

// Assertions that must hold for all inputs.
static inline void require(int holds) {
  if (!holds) abort();
}

#endif
