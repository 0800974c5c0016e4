// What the processor's 8-bit multipliers do at most: nothing is loaded and nothing stored.
#ifndef CPEAK_H
#define CPEAK_H

#include <stdint.h>

/// Multiplications and additions that `rounds` rounds do.
int64_t peak_operations(int64_t rounds);

/// Runs `rounds` rounds of independent multiplications with the best instructions that this processor has for them; returns
/// something that depends on all of them.
int32_t peak_run(int64_t rounds);

#endif
