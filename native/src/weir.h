/*
 * libweir: what the engine needs from Linux that the JDK does not offer.
 *
 * Plain C ABI. No globals, no callbacks, no allocation after an open. Every function takes at most five scalar arguments and
 * returns a value >= 0, or -errno. Handles are returned as addresses and owned by the caller until the matching close.
 */
#ifndef WEIR_H
#define WEIR_H

#include <stdint.h>

#define WEIR_API __attribute__((visibility("default")))

/* The version of this interface; Java refuses a library that answers otherwise. */
#define WEIR_ABI 1

WEIR_API int32_t weir_abi(void);

#endif
