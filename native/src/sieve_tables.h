/*
 * What a sieve is made of. Of each literal six bytes in a row are chosen, and literals are dealt out to eight buckets.
 * For each of the six places there is a table that says of a byte in which buckets it stands there: a bit for each.
 * Vectors look 64 or 32 bytes up at once; where a bit is left in all six places, literals with the same hash of the
 * first four bytes are compared. So Teddy of Hyperscan does it; but which bytes and which bucket a literal gets is
 * chosen by a model of what networks carry, so that hundreds of literals pass seldom, and all that is asked is whether
 * there is one.
 *
 * sieve_choose.c chooses, sieve.c makes the tables, sieve_search.c searches.
 */
#ifndef WEIR_SIEVE_TABLES_H
#define WEIR_SIEVE_TABLES_H

#include "sieve.h"

#include <string.h>

#define PLACES 6
#define BUCKETS 8
/* Literals of two and three bytes have the last bucket for themselves. */
#define HASHED 4
#define MOST_SHORT 8
/* Of so few literals two bytes each are compared instead. */
#define MOST_FEW 4
#define FOLD 0x20202020u
#define HASH_BITS 12
#define MARK_BITS 14
#define LAST UINT16_MAX
/* Text and compressed bytes, of which it is foreseen how much passes. */
#define TRAFFICS 2

/* A literal to compare. */
struct entry {
    uint32_t bytes;   /* where they begin, in lower case if case does not matter */
    uint16_t length;
    uint16_t offset;  /* of the chosen bytes */
    uint16_t next;    /* of those with the same hash */
    uint8_t no_case;
};

struct short_literal {
    uint32_t value;
    uint32_t fold; /* bits that case takes */
    uint32_t length;
};

/* Two bytes of a literal that come seldom: where they stand in it, and what they are. */
struct pair {
    uint32_t offset[2];
    uint8_t byte[2];
};

struct sieve {
    _Alignas(64) uint8_t exact[PLACES][128]; /* by the lower seven bits of a byte */
    uint8_t low[PLACES][16];                 /* by the lower half of a byte */
    uint8_t high[PLACES][16];
    uint64_t marks[(1 << MARK_BITS) / 64];   /* of hashes that occur */
    uint16_t heads[1 << HASH_BITS];          /* first entry of each hash */
    size_t size;
    enum sieve_level level;
    uint32_t shorts;
    struct short_literal short_literals[MOST_SHORT];
    uint32_t few;                            /* how many pairs there are: one of each literal, or none */
    uint32_t pair_reach;                     /* of their offsets the highest */
    struct pair pairs[MOST_FEW];
    struct entry *entries;
    uint8_t *bytes;
};

/* Which bytes of a literal are looked up, and in which bucket. */
struct choice {
    int32_t offset;
    int32_t bucket;
};

static inline uint32_t word(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* MARK_BITS bits, whatever the case. */
static inline uint32_t hash(uint32_t four_bytes)
{
    return ((four_bytes | FOLD) * 2654435761u) >> (32 - MARK_BITS);
}

static inline uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static inline int is_letter(uint8_t byte)
{
    return lower(byte) >= 'a' && lower(byte) <= 'z';
}

static inline const uint8_t *bytes_of(const struct weir_pattern_literal *literal)
{
    return (const uint8_t *)(uintptr_t)literal->bytes;
}

/* The bytes that may stand for one of a literal: itself, and the other case. Returns how many, 0 behind its end. */
static inline int spellings(const struct weir_pattern_literal *literal, int32_t at, uint8_t *into)
{
    if (at >= (int32_t)literal->length) {
        return 0;
    }
    const uint8_t byte = bytes_of(literal)[at];
    into[0] = byte;
    into[1] = byte ^ 0x20;
    return literal->flags & WEIR_PATTERN_NO_CASE && is_letter(byte) ? 2 : 1;
}

/*
 * Chooses for all literals; those of buckets from first_short on have less than HASHED bytes. 0, or -ENOMEM.
 */
int32_t sieve_choose(const struct weir_pattern_literal *literals, uint32_t count, int32_t first_short,
                     struct choice *choices);
/* How often a byte comes, by its lower seven bits, in text of the web and in what is compressed. */
void sieve_model(double often[128][TRAFFICS]);

#endif
