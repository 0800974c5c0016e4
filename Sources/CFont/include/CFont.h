// The font that is embedded in the program; see FONT-LICENSE.txt.
#ifndef CFONT_H
#define CFONT_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of label.otf.
const uint8_t *_Nonnull streetnum_font_bytes(void);
/// The number of bytes.
size_t streetnum_font_size(void);

#endif
