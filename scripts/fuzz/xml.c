// Reads bytes as XML with the calls of Sources/Pipeline/Positions/XMLScanner.swift, in pieces of two sizes.
#include <expat.h>

#include "watched.h"

typedef struct {
  XML_Parser parser;
  uint64_t sight;
  uint32_t depth, elements;
} scan;

static void start(void *user, const XML_Char *name, const XML_Char **attributes) {
  scan *s = user;
  s->sight = hash(s->sight, name, strlen(name));
  for (; attributes[0] && attributes[1]; attributes += 2) s->sight = hash(s->sight, attributes[1], strlen(attributes[1]));
  s->depth++, s->elements++;
}

static void end(void *user, const XML_Char *name) {
  scan *s = user;
  s->sight = hash(s->sight, name, strlen(name));
  require(s->depth-- > 0);
}

static void text(void *user, const XML_Char *bytes, int count) {
  scan *s = user;
  require(count >= 0);
  s->sight = hash(s->sight, bytes, (size_t)count);
}

static void doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public, int has_subset) {
  (void)name, (void)system, (void)public, (void)has_subset;
  XML_StopParser(((scan *)user)->parser, XML_FALSE);
}

static uint64_t read_all(const uint8_t *bytes, size_t count, size_t piece) {
  scan s = {.parser = XML_ParserCreateNS(NULL, ' ')};
  require(s.parser != NULL);
  XML_SetUserData(s.parser, &s);
  XML_SetElementHandler(s.parser, start, end);
  XML_SetCharacterDataHandler(s.parser, text);
  XML_SetStartDoctypeDeclHandler(s.parser, doctype);
  enum XML_Status status;
  size_t done = 0;
  do {
    const size_t part = count - done < piece ? count - done : piece;
    status = XML_Parse(s.parser, (const char *)bytes + done, (int)part, done + part == count);
    done += part;
  } while (status == XML_STATUS_OK && done < count);
  if (status == XML_STATUS_OK) require(s.depth == 0 && s.elements > 0);
  see((int)XML_GetErrorCode(s.parser), XML_ErrorString(XML_GetErrorCode(s.parser)) ?: "", s.depth % 16, 16);
  XML_ParserFree(s.parser);
  return status == XML_STATUS_OK ? s.sight : 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t count) {
  moving_file file = moving(bytes, count);
  const uint64_t whole = read_all(moved(&file), count, count ? count : 1);
  require(whole == read_all(moved(&file), count, 7));
  return 0;
}
