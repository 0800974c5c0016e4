// The model file that is embedded in the program.
#ifndef CMODEL_H
#define CMODEL_H

#include <stddef.h>
#include <stdint.h>

/// The bytes of digitnet.safetensors.
const uint8_t *_Nonnull streetnum_model_bytes(void);
/// The number of bytes.
size_t streetnum_model_size(void);

#endif
