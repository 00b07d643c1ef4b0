/* Searching with a sieve: 64 or 32 places at once. */
#include "sieve_tables.h"

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define VBMI __attribute__((target("avx512vbmi,avx512bw,bmi2")))

/* Of ternary logic: a and b and c. */
#define ALL_THREE 0x80
/* Of so many times 64 places it is kept which pass, before these are compared. */
#define MOST_PASSED 32

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
static __attribute__((noinline)) AVX2 int is_any(const struct sieve *sieve, struct block block, size_t first,
                                                 uint64_t mask, size_t *patience)
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

/* True if one of few literals stands at one of the places that a mask names, or may. */
static __attribute__((noinline)) int is_one_of_few(const struct sieve *sieve, struct block block, size_t first,
                                                   uint64_t mask, size_t *patience)
{
    const size_t places = (size_t)__builtin_popcountll(mask);
    if (places > *patience) {
        return 1;
    }
    *patience -= places;
    for (; mask != 0; mask &= mask - 1) {
        const size_t place = first + (size_t)__builtin_ctzll(mask);
        for (uint32_t i = 0; i < sieve->few; i++) {
            const struct entry *entry = &sieve->entries[i];
            if (place + entry->length <= block.length && is_equal(sieve, entry, block.at + place)) {
                return 1;
            }
        }
    }
    return 0;
}

static inline VBMI __mmask64 first_bits(size_t count)
{
    return _bzhi_u64(UINT64_MAX, count < 64 ? (unsigned)count : 64);
}

/* 64 places at once, two bytes of each literal compared. */
static VBMI int may_hold_few(const struct sieve *sieve, struct block block)
{
    const uint32_t count = sieve->few;
    size_t patience = patience_for(block.length);
    __m512i bytes[MOST_FEW][2];
    for (uint32_t i = 0; i < count; i++) {
        bytes[i][0] = _mm512_set1_epi8((char)sieve->pairs[i].byte[0]);
        bytes[i][1] = _mm512_set1_epi8((char)sieve->pairs[i].byte[1]);
    }
    size_t at = 0;
    for (; at + 64 + sieve->pair_reach <= block.length; at += 64) {
        uint64_t mask = 0;
        for (uint32_t i = 0; i < count; i++) {
            const uint8_t *from = block.at + at;
            const uint32_t *offset = sieve->pairs[i].offset;
            const __mmask64 first = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(from + offset[0]), bytes[i][0]);
            mask |= _mm512_mask_cmpeq_epi8_mask(first, _mm512_loadu_si512(from + offset[1]), bytes[i][1]);
        }
        if (__builtin_expect(mask != 0, 0) && is_one_of_few(sieve, block, at, mask, &patience)) {
            return 1;
        }
    }
    for (; at < block.length; at += 64) {
        uint64_t mask = 0;
        for (uint32_t i = 0; i < count; i++) {
            __mmask64 there = UINT64_MAX;
            for (int byte = 0; byte < 2; byte++) {
                const size_t place = at + sieve->pairs[i].offset[byte];
                there &= first_bits(block.length > place ? block.length - place : 0);
                there = _mm512_mask_cmpeq_epi8_mask(there, _mm512_maskz_loadu_epi8(there, block.at + place),
                                                    bytes[i][byte]);
            }
            mask |= there;
        }
        if (mask != 0 && is_one_of_few(sieve, block, at, mask, &patience)) {
            return 1;
        }
    }
    return 0;
}

/* Places that pass, 64 at a time: where the first of them is, and a bit for each. */
struct passed {
    size_t first;
    uint64_t mask;
};

/* Bytes looked up, all buckets where none is. */
static inline VBMI __m512i look_up_some(__m512i lower, __m512i upper, const uint8_t *from, __mmask64 there)
{
    const __m512i found = _mm512_permutex2var_epi8(lower, _mm512_maskz_loadu_epi8(there, from), upper);
    return _mm512_mask_mov_epi8(_mm512_set1_epi8(-1), there, found);
}

/*
 * 64 places at once, each byte looked up as it is but for its highest bit. What passes is compared behind the loop: it
 * comes unforeseen, and in the loop each time would cost a wrong guess, and all tables to be put away and taken again.
 */
static VBMI int may_hold_vbmi(const struct sieve *sieve, struct block block)
{
    const uint8_t *const from = block.at;
    const size_t length = block.length;
    size_t patience = patience_for(length);
    struct passed passed[MOST_PASSED];
#define TABLE(place)                                                                                                   \
    const __m512i lower##place = _mm512_load_si512(sieve->exact[place]);                                               \
    const __m512i upper##place = _mm512_load_si512(sieve->exact[place] + 64)
#define LOOK_UP(place) _mm512_permutex2var_epi8(lower##place, _mm512_loadu_si512(from + at + place), upper##place)
#define LOOK_UP_SOME(place)                                                                                            \
    look_up_some(lower##place, upper##place, from + at + place, first_bits(left > place ? left - place : 0))
    for (size_t at = 0; at < length;) {
        TABLE(0);
        TABLE(1);
        TABLE(2);
        TABLE(3);
        TABLE(4);
        TABLE(5);
        uint32_t count = 0;
        for (; at + 64 + PLACES - 1 <= length && count < MOST_PASSED; at += 64) {
            const __m512i half = _mm512_ternarylogic_epi64(LOOK_UP(0), LOOK_UP(1), LOOK_UP(2), ALL_THREE);
            const __m512i other = _mm512_ternarylogic_epi64(LOOK_UP(3), LOOK_UP(4), LOOK_UP(5), ALL_THREE);
            passed[count] = (struct passed){at, _mm512_test_epi8_mask(half, other)};
            count += passed[count].mask != 0;
        }
        /* what is left, less than 64 + PLACES bytes; where no byte is, any passes */
        for (; at < length && count < MOST_PASSED; at += 64) {
            const size_t left = length - at;
            const __m512i half =
                _mm512_ternarylogic_epi64(LOOK_UP_SOME(0), LOOK_UP_SOME(1), LOOK_UP_SOME(2), ALL_THREE);
            const __m512i other =
                _mm512_ternarylogic_epi64(LOOK_UP_SOME(3), LOOK_UP_SOME(4), LOOK_UP_SOME(5), ALL_THREE);
            passed[count] = (struct passed){at, _mm512_test_epi8_mask(half, other) & first_bits(left)};
            count += passed[count].mask != 0;
        }
        for (uint32_t i = 0; i < count; i++) {
            if (is_any(sieve, block, passed[i].first, passed[i].mask, &patience)) {
                return 1;
            }
        }
    }
#undef LOOK_UP_SOME
#undef LOOK_UP
#undef TABLE
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
    if (sieve->few > 0) {
        return may_hold_few(sieve, block);
    }
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
