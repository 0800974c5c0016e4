// Reads bytes as an EXIF block by the calls of Sources/Pipeline/Positions/Embedded/ExifBlock.swift.
#include <libexif/exif-data.h>

#include "watched.h"

static const ExifIfd directories[] = {EXIF_IFD_0, EXIF_IFD_EXIF, EXIF_IFD_GPS};

// Touches the bytes of an entry, and those of its elements that lie within them.
static uint64_t read_entry(const ExifEntry *entry, ExifByteOrder order) {
  uint64_t sight = hash(entry->format, &entry->components, sizeof entry->components);
  if (!entry->data) return sight;
  sight = hash(sight, entry->data, entry->size);
  const size_t size = exif_format_get_size(entry->format);
  if (size == 0) return sight;
  const size_t whole = entry->size / size, stated = entry->components;
  for (size_t i = 0; i < whole && i < stated && i < 16; i++) {
    const uint8_t *element = entry->data + i * size;
    uint64_t value = 0;
    switch (entry->format) {
      case EXIF_FORMAT_SHORT: value = exif_get_short(element, order); break;
      case EXIF_FORMAT_LONG: value = exif_get_long(element, order); break;
      case EXIF_FORMAT_RATIONAL: value = exif_get_rational(element, order).denominator; break;
      case EXIF_FORMAT_SRATIONAL: value = (uint32_t)exif_get_srational(element, order).denominator; break;
      default: break;
    }
    sight = hash(sight, &value, sizeof value);
  }
  return sight;
}

static uint64_t read_block(const uint8_t *bytes, size_t count) {
  ExifData *data = exif_data_new();
  require(data != NULL);
  exif_data_unset_option(data, EXIF_DATA_OPTION_FOLLOW_SPECIFICATION);
  exif_data_unset_option(data, EXIF_DATA_OPTION_IGNORE_UNKNOWN_TAGS);
  exif_data_set_option(data, EXIF_DATA_OPTION_DONT_CHANGE_MAKER_NOTE);
  exif_data_load_data(data, bytes, (unsigned)count);
  const ExifByteOrder order = exif_data_get_byte_order(data);
  uint64_t sight = order;
  unsigned entries = 0;
  for (int i = 0; i < 3; i++) {
    const ExifContent *content = data->ifd[directories[i]];
    for (unsigned tag = 0; content && tag < content->count; tag++, entries++) {
      sight = hash(sight, &content->entries[tag]->tag, sizeof content->entries[tag]->tag);
      sight ^= read_entry(content->entries[tag], order);
    }
  }
  see((int)entries, "", (uint32_t)(sight % 16), 16);
  exif_data_unref(data);
  return sight;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  moving_file file = moving(bytes, count);
  const uint64_t first = read_block(moved(&file), count);
  require(first == read_block(moved(&file), count));
  return 0;
}
