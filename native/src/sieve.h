/*
 * Says of most blocks that hold none of a set of literals that they hold none, in a fraction of the time in which a
 * library finds what they hold. For pattern.c.
 */
#ifndef WEIR_SIEVE_H
#define WEIR_SIEVE_H

#include "weir.h"

#include <stddef.h>

struct sieve;

/* The widest vectors a sieve may use. */
enum sieve_level { SIEVE_NONE, SIEVE_AVX2, SIEVE_VBMI };

/* What this processor has. */
enum sieve_level sieve_level(void);

/*
 * Makes the sieve of a set for a level that the processor has. NULL if there is no memory, or where a sieve would not
 * help: without vectors, with a literal of one byte, or with so many that text would pass all the time.
 */
struct sieve *sieve_make(const struct weir_pattern_literal *literals, uint32_t count, enum sieve_level level);
void sieve_free(struct sieve *sieve);
/* Memory it takes; 0 of NULL. */
size_t sieve_bytes(const struct sieve *sieve);

/* False if no literal stands in a block; bounds of literals do not count. Any thread. */
int sieve_may_hold(const struct sieve *sieve, const uint8_t *block, size_t length);

#endif
