/* The tables of a sieve. */
#include "sieve_tables.h"

#include <stdlib.h>

/* Choosing takes 80 us for each. */
#define MOST_LITERALS 1024
/* Of text and of compressed bytes; where more pass, comparing takes too long. */
#define MOST_PASSING 0.02
/* The same of pairs. */
#define MOST_PAIRS_PASSING 0.002
#define MOST_PAIR_REACH 32

size_t sieve_bytes(const struct sieve *sieve)
{
    return sieve ? sieve->size : 0;
}

void sieve_free(struct sieve *sieve)
{
    free(sieve);
}

static void allow(struct sieve *sieve, int32_t place, uint8_t byte, int32_t bucket)
{
    const uint8_t bit = (uint8_t)(1 << bucket);
    sieve->exact[place][byte & 127] |= bit;
    sieve->low[place][byte & 15] |= bit;
    sieve->high[place][byte >> 4] |= bit;
}

/* Lets the bytes of a literal pass at a place; behind its end anything. */
static void allow_literal(struct sieve *sieve, const struct weir_pattern_literal *literal, int32_t offset,
                          int32_t place, int32_t bucket)
{
    uint8_t byte[2];
    const int count = spellings(literal, offset + place, byte);
    for (int i = 0; i < count; i++) {
        allow(sieve, place, byte[i], bucket);
    }
    for (int any = 0; count == 0 && any <= UINT8_MAX; any++) {
        allow(sieve, place, (uint8_t)any, bucket);
    }
}

/* Adds what is to be compared where the chosen bytes of a literal are found. */
static void add_entry(struct sieve *sieve, uint16_t number, const struct weir_pattern_literal *literal, int32_t offset,
                      uint32_t bytes)
{
    const uint8_t *from = bytes_of(literal);
    const uint32_t bit = hash(word(from + offset));
    uint16_t *head = &sieve->heads[bit >> (MARK_BITS - HASH_BITS)];
    struct entry *entry = &sieve->entries[number];
    entry->bytes = bytes;
    entry->length = (uint16_t)literal->length;
    entry->offset = (uint16_t)offset;
    entry->no_case = literal->flags & WEIR_PATTERN_NO_CASE;
    entry->next = *head;
    *head = number;
    sieve->marks[bit / 64] |= UINT64_C(1) << bit % 64;
    for (uint32_t i = 0; i < literal->length; i++) {
        sieve->bytes[bytes + i] = entry->no_case ? lower(from[i]) : from[i];
    }
}

static void add_short(struct sieve *sieve, const struct weir_pattern_literal *literal)
{
    struct short_literal *as = &sieve->short_literals[sieve->shorts++];
    as->length = literal->length;
    for (int32_t place = 0; place < PLACES; place++) {
        allow_literal(sieve, literal, 0, place, BUCKETS - 1);
    }
    for (uint32_t i = 0; i < literal->length; i++) {
        const uint8_t byte = bytes_of(literal)[i];
        const uint32_t fold = literal->flags & WEIR_PATTERN_NO_CASE && is_letter(byte) ? 0x20 : 0;
        as->fold |= fold << 8 * i;
        as->value |= (byte | fold) << 8 * i;
    }
}

/* How many places of what networks carry pass, as a share. */
static double passing(const struct sieve *sieve)
{
    double often[128][TRAFFICS];
    double sum = 0;
    sieve_model(often);
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
        double product[TRAFFICS] = {1, 1};
        for (int place = 0; place < PLACES; place++) {
            double passes[TRAFFICS] = {0, 0};
            for (int byte = 0; byte <= UINT8_MAX; byte++) {
                const uint8_t buckets = sieve->level == SIEVE_VBMI
                                            ? sieve->exact[place][byte & 127]
                                            : sieve->low[place][byte & 15] & sieve->high[place][byte >> 4];
                passes[0] += byte < 128 && buckets >> bucket & 1 ? often[byte][0] : 0;
                passes[1] += buckets >> bucket & 1 ? often[byte & 127][1] / 2 : 0;
            }
            product[0] *= passes[0];
            product[1] *= passes[1];
        }
        sum += product[0] + product[1];
    }
    return sum;
}

static double cost(const double often[128][TRAFFICS], uint8_t byte)
{
    return (byte < 128 ? often[byte][0] : 0) + often[byte & 127][1] / 2;
}

/* Chooses the two bytes of a literal that come least often; letters whose case does not matter are not asked for. */
static double choose_pair(const struct weir_pattern_literal *literal, const double often[128][TRAFFICS],
                          struct pair *pair)
{
    double best[2] = {1, 1};
    for (uint32_t i = 0; i < literal->length && i < MOST_PAIR_REACH; i++) {
        const uint8_t byte = bytes_of(literal)[i];
        const double is = cost(often, byte);
        const int place = is < best[0] ? 0 : 1;
        if (is >= best[1] || (literal->flags & WEIR_PATTERN_NO_CASE && is_letter(byte))) {
            continue;
        }
        if (place == 0) {
            best[1] = best[0];
            pair->offset[1] = pair->offset[0];
            pair->byte[1] = pair->byte[0];
        }
        best[place] = is;
        pair->offset[place] = i;
        pair->byte[place] = byte;
    }
    return best[1] < 1 ? best[0] * best[1] : 1;
}

/* Of few literals, pairs are enough, and faster. */
static void fill_pairs(struct sieve *sieve, const struct weir_pattern_literal *literals, uint32_t count)
{
    double often[128][TRAFFICS];
    double passing = 0;
    if (count > MOST_FEW || sieve->shorts > 0 || sieve->level != SIEVE_VBMI) {
        return;
    }
    sieve_model(often);
    for (uint32_t i = 0; i < count; i++) {
        struct pair *pair = &sieve->pairs[i];
        passing += choose_pair(&literals[i], (const double(*)[TRAFFICS])often, pair);
        for (int byte = 0; byte < 2; byte++) {
            sieve->pair_reach = pair->offset[byte] > sieve->pair_reach ? pair->offset[byte] : sieve->pair_reach;
        }
    }
    sieve->few = passing <= MOST_PAIRS_PASSING ? count : 0;
}

static void fill(struct sieve *sieve, const struct weir_pattern_literal *literals, const struct choice *choices,
                 uint32_t count)
{
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct weir_pattern_literal *literal = &literals[i];
        if (literal->length < HASHED) {
            add_short(sieve, literal);
            continue;
        }
        const struct choice choice = choices[i];
        add_entry(sieve, (uint16_t)i, literal, choice.offset, bytes);
        bytes += literal->length;
        for (int32_t place = 0; place < PLACES; place++) {
            allow_literal(sieve, literal, choice.offset, place, choice.bucket);
        }
    }
}

static int is_suitable(const struct weir_pattern_literal *literals, uint32_t count, uint32_t *shorts, size_t *bytes)
{
    *shorts = 0;
    *bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (literals[i].length < 2 || literals[i].length > UINT16_MAX) {
            return 0;
        }
        *shorts += literals[i].length < HASHED;
        *bytes += literals[i].length;
    }
    return count <= MOST_LITERALS && *shorts <= MOST_SHORT;
}

/* All of a sieve is one piece of memory. */
static struct sieve *allocate(uint32_t count, size_t bytes)
{
    const size_t align = _Alignof(struct sieve);
    const size_t size = (sizeof(struct sieve) + count * sizeof(struct entry) + bytes + align - 1) / align * align;
    struct sieve *sieve = aligned_alloc(align, size);
    if (sieve) {
        memset(sieve, 0, size);
        memset(sieve->heads, 0xff, sizeof(sieve->heads));
        sieve->size = size;
        sieve->entries = (struct entry *)(void *)(sieve + 1);
        sieve->bytes = (uint8_t *)(sieve->entries + count);
    }
    return sieve;
}

struct sieve *sieve_make(const struct weir_pattern_literal *literals, uint32_t count, enum sieve_level level)
{
    uint32_t shorts;
    size_t bytes;
    if (level == SIEVE_NONE || !is_suitable(literals, count, &shorts, &bytes)) {
        return NULL;
    }
    struct sieve *sieve = allocate(count, bytes);
    struct choice *choices = calloc(count, sizeof(*choices));
    int is_good = sieve && choices;
    if (is_good) {
        sieve->level = level;
        is_good = sieve_choose(literals, count, shorts > 0 ? BUCKETS - 1 : BUCKETS, choices) == 0;
    }
    if (is_good) {
        fill(sieve, literals, choices, count);
        fill_pairs(sieve, literals, count);
        is_good = sieve->few > 0 || passing(sieve) <= MOST_PASSING;
    }
    if (!is_good) {
        free(sieve);
        sieve = NULL;
    }
    free(choices);
    return sieve;
}
