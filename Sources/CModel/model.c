// #embed (C23, and an extension of clang in earlier modes) embeds the file in the program, because a resource bundle
// would be lost when the binary is moved.
#include "CModel.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const uint8_t model[] = {
#embed "digitnet.safetensors"
};

const uint8_t *streetnum_model_bytes(void) { return model; }
size_t streetnum_model_size(void) { return sizeof model; }
