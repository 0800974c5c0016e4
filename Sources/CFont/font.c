// #embed as in CModel, because a resource bundle would be lost when the binary is moved.
#include "CFont.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t font[] = {
#embed "label.otf"
};

const uint8_t *streetnum_font_bytes(void) { return font; }
size_t streetnum_font_size(void) { return sizeof font; }
