/*
 * Of each literal six bytes in a row are chosen, and literals are dealt out to eight buckets. For each of the six places
 * there is a table that says of a byte in which buckets it stands there: a bit for each. Vectors look 64 or 32 bytes up
 * at once; where a bit is left in all six places, literals with the same hash of the first four bytes are compared. So
 * Teddy of Hyperscan does it; but which bytes and which bucket a literal gets is chosen by a model of what networks
 * carry, so that hundreds of literals pass seldom, and all that is asked is whether there is one.
 */
#include "sieve.h"

#include <stdlib.h>
#include <string.h>

#define PLACES 6
#define BUCKETS 8
/* Literals of two and three bytes have the last bucket for themselves. */
#define HASHED 4
#define MOST_SHORT 8
/* Choosing takes 80 us for each. */
#define MOST_LITERALS 1024
#define FOLD 0x20202020u
#define HASH_BITS 12
#define MARK_BITS 16
#define LAST UINT16_MAX
/* Of text and of compressed bytes; where more pass, comparing takes too long. */
#define MOST_PASSING 0.02
#define TRAFFICS 2
#define PASSES 2
#define SAMPLE_WORDS 16
/* What a place of the sample counts for, beside those of the models. */
#define SAMPLED (1.0 / (SAMPLE_WORDS * 64))

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
    struct entry *entries;
    uint8_t *bytes;
};

size_t sieve_bytes(const struct sieve *sieve)
{
    return sieve ? sieve->size : 0;
}

void sieve_free(struct sieve *sieve)
{
    free(sieve);
}

static uint32_t word(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* MARK_BITS bits, whatever the case. */
static uint32_t hash(uint32_t four_bytes)
{
    return ((four_bytes | FOLD) * 2654435761u) >> (32 - MARK_BITS);
}

static uint8_t lower(uint8_t byte)
{
    return byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
}

static int is_letter(uint8_t byte)
{
    return lower(byte) >= 'a' && lower(byte) <= 'z';
}

/* ---- Choosing ---------------------------------------------------------------------------------------------------- */

struct choice {
    int32_t offset;
    int32_t bucket;
};

struct plan {
    const struct weir_pattern_literal *literals;
    struct choice *choices;                   /* of each literal */
    uint16_t users[BUCKETS][PLACES][128];     /* fragments that have a byte at a place */
    uint16_t anything[BUCKETS][PLACES];       /* fragments that end before it */
    double passing[BUCKETS][PLACES][TRAFFICS]; /* how often a byte passes there */
    double often[128][TRAFFICS];               /* how often a byte comes, by its lower seven bits */
    uint64_t sampled[128][PLACES][SAMPLE_WORDS]; /* where in the sample a byte stands in a place behind: a bit each */
    uint64_t samples[BUCKETS][PLACES][SAMPLE_WORDS]; /* where a place passes */
    int32_t first_short;                      /* buckets below are for literals of four bytes and more */
};

/* What stands in most messages, so that no literal is looked for by that if there is another way. */
static const char sample[] =
    "GET /images/photo-2_small.jpg?size=640&id=1735689600 HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0 "
    "(Windows NT 10.0; Win64; x64; rv:133.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg\r\n"
    "Accept: text/html,application/xhtml+xml;q=0.9,image/webp,*/*;q=0.8\r\nAccept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nReferer: https://example.org/\r\nCookie: session=4f1d9c\r\nUpgrade-Insecure-Requests: "
    "1\r\n\r\nHTTP/1.1 200 OK\r\nDate: Wed, 15 Oct 2025 10:21:37 GMT\r\nServer: Apache\r\nLast-Modified: Fri, 04 Jul\r\nETag: "
    "\"5e-a3\"\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: 8192\r\nCache-Control: private, max-age=0\r\n"
    "Connection: keep-alive\r\nX-Frame-Options: SAMEORIGIN\r\nVary: Accept\r\nContent-Type: application/javascript\r\n\r\n"
    "<!DOCTYPE html><html lang=\"en\"><head><title>The news of the day</title><link rel=\"stylesheet\" href=\"/css/main.css\">"
    "<script src=\"jquery.min.js\"></script></head><body><div class=\"content\"><p>There are those "
    "who think that this is one of the best ways, and others who do not. Read more";
_Static_assert(sizeof(sample) > SAMPLE_WORDS * 64 + PLACES, "the sample is too short");

static void read_sample(struct plan *plan)
{
    for (int at = 0; at < SAMPLE_WORDS * 64; at++) {
        for (int place = 0; place < PLACES; place++) {
            plan->sampled[sample[at + place] & 127][place][at / 64] |= UINT64_C(1) << at % 64;
        }
    }
}

/* Text of the web, and what is compressed. */
static void model(double often[128][TRAFFICS])
{
    static const char frequent[] = " eatoinsr";
    static const char common[] = "hldcumfpgwybvk/.-=\"<>:,;0123456789\r\n";
    for (int byte = 0; byte < 128; byte++) {
        often[byte][0] = byte == 0                  ? 0.004
                         : strchr(frequent, byte)   ? 0.055
                         : strchr(common, byte)     ? 0.012
                         : byte > ' ' && byte < 127 ? 0.003
                                                    : 0.0005;
        often[byte][1] = 1.0 / 128;
    }
}

static const uint8_t *bytes_of(const struct weir_pattern_literal *literal)
{
    return (const uint8_t *)(uintptr_t)literal->bytes;
}

/* The bytes that may stand for one of a literal: itself, and the other case. Returns how many, 0 behind its end. */
static int spellings(const struct weir_pattern_literal *literal, int32_t at, uint8_t *into)
{
    if (at >= (int32_t)literal->length) {
        return 0;
    }
    const uint8_t byte = bytes_of(literal)[at];
    into[0] = byte;
    into[1] = byte ^ 0x20;
    return literal->flags & WEIR_PATTERN_NO_CASE && is_letter(byte) ? 2 : 1;
}

/* How many places of the sample pass with a literal more that do not without. */
static int more_sampled(const struct plan *plan, const struct weir_pattern_literal *literal, int32_t offset,
                        int32_t bucket)
{
    static const uint64_t none[SAMPLE_WORDS];
    const uint64_t *with[PLACES][2];
    int count[PLACES];
    for (int32_t place = 0; place < PLACES; place++) {
        uint8_t byte[2];
        count[place] = spellings(literal, offset + place, byte);
        with[place][0] = count[place] > 0 ? plan->sampled[byte[0] & 127][place] : none;
        with[place][1] = count[place] > 1 ? plan->sampled[byte[1] & 127][place] : none;
    }
    int more = 0;
    for (int word = 0; word < SAMPLE_WORDS; word++) {
        uint64_t before = UINT64_MAX;
        uint64_t after = UINT64_MAX;
        for (int32_t place = 0; place < PLACES; place++) {
            const uint64_t any = plan->anything[bucket][place] > 0 ? UINT64_MAX : 0;
            const uint64_t passes = plan->samples[bucket][place][word] | any;
            before &= passes;
            after &= count[place] == 0 ? UINT64_MAX : passes | with[place][0][word] | with[place][1][word];
        }
        more += __builtin_popcountll(after & ~before);
    }
    return more;
}

/* How often a bucket passes, with a literal more, less how often it does without. */
static double more_passing(const struct plan *plan, const struct weir_pattern_literal *literal, int32_t offset,
                           int32_t bucket)
{
    double before[TRAFFICS] = {1, 1};
    double after[TRAFFICS] = {1, 1};
    for (int32_t place = 0; place < PLACES; place++) {
        uint8_t byte[2];
        const int count = spellings(literal, offset + place, byte);
        const int is_anything = plan->anything[bucket][place] > 0;
        for (int traffic = 0; traffic < TRAFFICS; traffic++) {
            double with = plan->passing[bucket][place][traffic];
            before[traffic] *= is_anything ? 1 : with;
            for (int i = 0; i < count; i++) {
                if (plan->users[bucket][place][byte[i] & 127] == 0) {
                    with += plan->often[byte[i] & 127][traffic];
                }
            }
            after[traffic] *= is_anything || count == 0 ? 1 : with;
        }
    }
    return after[0] - before[0] + (after[1] - before[1]) + SAMPLED * more_sampled(plan, literal, offset, bucket);
}

static void use(struct plan *plan, uint32_t number, int sign)
{
    const struct choice choice = plan->choices[number];
    for (int32_t place = 0; place < PLACES; place++) {
        uint8_t byte[2];
        const int count = spellings(&plan->literals[number], choice.offset + place, byte);
        if (count == 0) {
            plan->anything[choice.bucket][place] = (uint16_t)(plan->anything[choice.bucket][place] + sign);
        }
        for (int i = 0; i < count; i++) {
            uint16_t *users = &plan->users[choice.bucket][place][byte[i] & 127];
            const int was = *users;
            *users = (uint16_t)(was + sign);
            if (was == 0 || *users == 0) {
                for (int at = 0; at < SAMPLE_WORDS; at++) {
                    plan->samples[choice.bucket][place][at] ^= plan->sampled[byte[i] & 127][place][at];
                }
                for (int traffic = 0; traffic < TRAFFICS; traffic++) {
                    plan->passing[choice.bucket][place][traffic] += sign * plan->often[byte[i] & 127][traffic];
                }
            }
        }
    }
}

static void choose(struct plan *plan, uint32_t number)
{
    const struct weir_pattern_literal *literal = &plan->literals[number];
    double least = TRAFFICS + 1;
    for (int32_t offset = 0; offset == 0 || offset + PLACES <= (int32_t)literal->length; offset++) {
        for (int32_t bucket = 0; bucket < plan->first_short; bucket++) {
            const double more = more_passing(plan, literal, offset, bucket);
            if (more < least) {
                least = more;
                plan->choices[number] = (struct choice){offset, bucket};
            }
        }
    }
}

/* Chooses for all, those with the fewest places to choose from first, and then once more for each. */
static void choose_all(struct plan *plan, uint32_t count)
{
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t length = HASHED, left = 1; left > 0; length++) {
            left = 0;
            for (uint32_t i = 0; i < count; i++) {
                left += plan->literals[i].length > length;
                if (plan->literals[i].length == length) {
                    if (pass > 0) {
                        use(plan, i, -1);
                    }
                    choose(plan, i);
                    use(plan, i, 1);
                }
            }
        }
    }
}

/* ---- Tables ------------------------------------------------------------------------------------------------------ */

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
static double passing(const struct sieve *sieve, const struct plan *plan)
{
    double sum = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
        double product[TRAFFICS] = {1, 1};
        for (int place = 0; place < PLACES; place++) {
            double passes[TRAFFICS] = {0, 0};
            for (int byte = 0; byte <= UINT8_MAX; byte++) {
                const uint8_t buckets = sieve->level == SIEVE_VBMI
                                            ? sieve->exact[place][byte & 127]
                                            : sieve->low[place][byte & 15] & sieve->high[place][byte >> 4];
                passes[0] += byte < 128 && buckets >> bucket & 1 ? plan->often[byte][0] : 0;
                passes[1] += buckets >> bucket & 1 ? plan->often[byte & 127][1] / 2 : 0;
            }
            product[0] *= passes[0];
            product[1] *= passes[1];
        }
        sum += product[0] + product[1];
    }
    return sum;
}

static void fill(struct sieve *sieve, const struct plan *plan, uint32_t count)
{
    uint32_t bytes = 0;
    for (uint32_t i = 0; i < count; i++) {
        const struct weir_pattern_literal *literal = &plan->literals[i];
        if (literal->length < HASHED) {
            add_short(sieve, literal);
            continue;
        }
        const struct choice choice = plan->choices[i];
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
    struct plan *plan = calloc(1, sizeof(*plan));
    struct choice *choices = calloc(count, sizeof(*choices));
    int is_good = sieve && plan && choices;
    if (is_good) {
        sieve->level = level;
        plan->literals = literals;
        plan->choices = choices;
        plan->first_short = shorts > 0 ? BUCKETS - 1 : BUCKETS;
        model(plan->often);
        read_sample(plan);
        choose_all(plan, count);
        fill(sieve, plan, count);
        is_good = passing(sieve, plan) <= MOST_PASSING;
    }
    if (!is_good) {
        free(sieve);
        sieve = NULL;
    }
    free(plan);
    free(choices);
    return sieve;
}

/* ---- Searching --------------------------------------------------------------------------------------------------- */

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define VBMI __attribute__((target("avx512vbmi,avx512bw,bmi2")))

struct block {
    const uint8_t *at;
    size_t length;
};

/* Places of a block to compare before the library is left to it, so that who makes many pass gains little by it. */
static size_t patience_for(size_t length)
{
    return 64 + length / 16;
}

static int is_short_at(const struct sieve *sieve, const uint8_t *at, size_t left)
{
    uint32_t value = 0;
    memcpy(&value, at, left < sizeof(value) ? left : sizeof(value));
    for (uint32_t i = 0; i < sieve->shorts; i++) {
        const struct short_literal *literal = &sieve->short_literals[i];
        const uint32_t mask = (1u << 8 * literal->length) - 1;
        if (left >= literal->length && ((value | literal->fold) & mask) == literal->value) {
            return 1;
        }
    }
    return 0;
}

static int is_equal(const struct sieve *sieve, const struct entry *entry, const uint8_t *at)
{
    const uint8_t *literal = sieve->bytes + entry->bytes;
    if (!entry->no_case) {
        return memcmp(literal, at, entry->length) == 0;
    }
    uint32_t same = 0;
    while (same < entry->length && literal[same] == lower(at[same])) {
        same++;
    }
    return same == entry->length;
}

static int is_there(const struct sieve *sieve, struct block block, size_t place)
{
    const uint32_t bit = hash(word(block.at + place));
    if ((sieve->marks[bit / 64] >> bit % 64 & 1) == 0) {
        return 0;
    }
    for (uint16_t next = sieve->heads[bit >> (MARK_BITS - HASH_BITS)]; next != LAST;) {
        const struct entry *entry = &sieve->entries[next];
        if (entry->offset <= place && entry->length <= block.length - place + entry->offset &&
            is_equal(sieve, entry, block.at + place - entry->offset)) {
            return 1;
        }
        next = entry->next;
    }
    return 0;
}

/* True if a literal stands at one of the places that a mask names, of which the first is the lowest bit, or may. */
static __attribute__((noinline)) int is_any(const struct sieve *sieve, struct block block, size_t first, uint64_t mask,
                                            size_t *patience)
{
    const size_t places = (size_t)__builtin_popcountll(mask);
    if (places > *patience) {
        return 1;
    }
    *patience -= places;
    for (; mask != 0; mask &= mask - 1) {
        const size_t place = first + (size_t)__builtin_ctzll(mask);
        if (place + HASHED <= block.length && is_there(sieve, block, place)) {
            return 1;
        }
        if (sieve->shorts > 0 && place < block.length &&
            is_short_at(sieve, block.at + place, block.length - place)) {
            return 1;
        }
    }
    return 0;
}

static inline VBMI __mmask64 first_bits(size_t count)
{
    return _bzhi_u64(UINT64_MAX, count < 64 ? (unsigned)count : 64);
}

/* 64 places at once, each byte looked up as it is but for its highest bit. */
static VBMI int may_hold_vbmi(const struct sieve *sieve, struct block block)
{
    const uint8_t *const from = block.at;
    const size_t length = block.length;
    size_t patience = patience_for(length);
    __m512i lower[PLACES];
    __m512i upper[PLACES];
    for (int place = 0; place < PLACES; place++) {
        lower[place] = _mm512_load_si512(sieve->exact[place]);
        upper[place] = _mm512_load_si512(sieve->exact[place] + 64);
    }
#define LOOK_UP(place, bytes) _mm512_permutex2var_epi8(lower[place], bytes, upper[place])
    size_t at = 0;
    for (; at + 64 + PLACES - 1 <= length; at += 64) {
        const __m512i first = LOOK_UP(0, _mm512_loadu_si512(from + at));
        const __m512i second = LOOK_UP(1, _mm512_loadu_si512(from + at + 1));
        const __m512i third = LOOK_UP(2, _mm512_loadu_si512(from + at + 2));
        const __m512i fourth = LOOK_UP(3, _mm512_loadu_si512(from + at + 3));
        const __m512i fifth = LOOK_UP(4, _mm512_loadu_si512(from + at + 4));
        const __m512i sixth = LOOK_UP(5, _mm512_loadu_si512(from + at + 5));
        const __m512i half = _mm512_ternarylogic_epi64(first, second, third, 0x80);
        const uint64_t mask = _mm512_test_epi8_mask(half, _mm512_ternarylogic_epi64(fourth, fifth, sixth, 0x80));
        if (__builtin_expect(mask != 0, 0) && is_any(sieve, block, at, mask, &patience)) {
            return 1;
        }
    }
    /* what is left, less than 64 + PLACES bytes; where no byte is, any passes */
    for (; at < length; at += 64) {
        __m512i all = _mm512_set1_epi8(-1);
        for (size_t place = 0; place < PLACES; place++) {
            const __mmask64 there = first_bits(length - at > place ? length - at - place : 0);
            const __m512i bytes = _mm512_maskz_loadu_epi8(there, from + at + place);
            all = _mm512_mask_blend_epi8(there, all, _mm512_and_si512(all, LOOK_UP(place, bytes)));
        }
        const uint64_t mask = _mm512_test_epi8_mask(all, all) & first_bits(length - at);
        if (mask != 0 && is_any(sieve, block, at, mask, &patience)) {
            return 1;
        }
    }
#undef LOOK_UP
    return 0;
}

static inline AVX2 uint32_t places_avx2(const struct sieve *sieve, const uint8_t *at)
{
    const __m256i halves = _mm256_set1_epi8(15);
    __m256i all = _mm256_set1_epi8(-1);
    for (int place = 0; place < PLACES; place++) {
        const __m256i bytes = _mm256_loadu_si256((const __m256i *)(const void *)(at + place));
        const __m256i low = _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)(const void *)sieve->low[place]));
        const __m256i high =
            _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)(const void *)sieve->high[place]));
        all = _mm256_and_si256(all, _mm256_shuffle_epi8(low, _mm256_and_si256(bytes, halves)));
        all = _mm256_and_si256(
            all, _mm256_shuffle_epi8(high, _mm256_and_si256(_mm256_srli_epi16(bytes, 4), halves)));
    }
    return ~(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(all, _mm256_setzero_si256()));
}

/* 32 places at once, each byte looked up by its halves. Blocks that are too short for that pass. */
static AVX2 int may_hold_avx2(const struct sieve *sieve, struct block block)
{
    const size_t needed = 32 + PLACES - 1;
    if (block.length < needed) {
        return block.length > 0;
    }
    size_t patience = patience_for(block.length);
    size_t at = 0;
    for (;;) {
        const uint32_t mask = places_avx2(sieve, block.at + at);
        if (__builtin_expect(mask != 0, 0) && is_any(sieve, block, at, mask, &patience)) {
            return 1;
        }
        if (at + needed == block.length) {
            break;
        }
        at = at + 32 + needed <= block.length ? at + 32 : block.length - needed;
    }
    /* literals that are shorter than there are places may begin in the last bytes */
    return is_any(sieve, block, block.length - PLACES + 1, (1 << (PLACES - 1)) - 1, &patience);
}

int sieve_may_hold(const struct sieve *sieve, const uint8_t *at, size_t length)
{
    const struct block block = {at, length};
    return sieve->level == SIEVE_VBMI ? may_hold_vbmi(sieve, block) : may_hold_avx2(sieve, block);
}

enum sieve_level sieve_level(void)
{
    if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("bmi2")) {
        return SIEVE_VBMI;
    }
    return __builtin_cpu_supports("avx2") ? SIEVE_AVX2 : SIEVE_NONE;
}

#else

int sieve_may_hold(const struct sieve *sieve, const uint8_t *block, size_t length)
{
    (void)sieve;
    (void)block;
    (void)length;
    return 1;
}

enum sieve_level sieve_level(void)
{
    return SIEVE_NONE;
}

#endif
