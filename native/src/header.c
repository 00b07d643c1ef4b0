/* The header lines of a message, found in one call by vectors of 32 bytes. */
#include "weir.h"

#include <errno.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi")))
#define BLOCK 64
#define NOWHERE UINT32_MAX
#define ONES UINT64_C(0x0101010101010101)

/* A bit for each byte of a block. */
struct marks {
    uint64_t odd;    /* control characters, and 0xa0 and above */
    uint64_t colons;
};

static inline AVX2 struct marks mark(const uint8_t *at)
{
    const __m256i blank = _mm256_set1_epi8(' ');
    const __m256i colon = _mm256_set1_epi8(':');
    const __m256i one = _mm256_loadu_si256((const __m256i *)(const void *)at);
    const __m256i two = _mm256_loadu_si256((const __m256i *)(const void *)(at + BLOCK / 2));
    /* what is text has its high bit clear when a blank is taken away */
    const uint32_t odd_one = (uint32_t)_mm256_movemask_epi8(_mm256_sub_epi8(one, blank));
    const uint32_t odd_two = (uint32_t)_mm256_movemask_epi8(_mm256_sub_epi8(two, blank));
    const uint32_t colon_one = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(one, colon));
    const uint32_t colon_two = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(two, colon));
    return (struct marks){(uint64_t)odd_two << 32 | odd_one, (uint64_t)colon_two << 32 | colon_one};
}

static inline uint64_t word(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* Eight bytes with ASCII letters in lower case. */
static inline uint64_t lower(uint64_t eight)
{
    const uint64_t seven = eight & 0x7f * ONES;
    const uint64_t from_a = seven + (0x80 - 'A') * ONES;
    const uint64_t behind_z = seven + (0x7f - 'Z') * ONES;
    const uint64_t upper = (from_a ^ behind_z) & ~eight & 0x80 * ONES;
    return eight | upper >> 2;
}

/* True if a name of the table's, by the length of its own, stands there; eight bytes can be read. */
static inline int is_there(const struct weir_name *name, const uint8_t *at)
{
    const uint32_t length = name->bytes;
    const uint64_t first = lower(word(at));
    if (length < 8) {
        return (first & ~(~UINT64_C(0) << 8 * length)) == name->first;
    }
    return first == name->first && lower(word(at + length - 8)) == name->last
        && (length <= 16 || lower(word(at + 8)) == name->second);
}

/* Where a name of this length that stands there would be in the table. */
static inline uint32_t slot(const uint8_t *at, uint32_t length)
{
    uint32_t four;
    memcpy(&four, at, sizeof(four));
    return ((four | 0x20202020) + length) * WEIR_NAME_FACTOR >> (32 - WEIR_NAME_BITS);
}

static AVX2 int32_t find(const uint8_t *text, uint32_t bytes, uint32_t most, const struct weir_name *names,
    struct weir_header_lines *lines)
{
    uint32_t start = 0, colon = NOWHERE, count = 0, found = 0, last = 0;
    for (uint32_t block = 0; block < bytes && count < most && text[start] > ' '; block += BLOCK) {
        uint8_t end[BLOCK] = {0};
        const uint8_t *at = text + block;
        if (bytes - block < BLOCK) {
            memcpy(end, at, bytes - block);
            at = end;
        }
        struct marks marks = mark(at);
        if (start > block) {
            /* the line feed that ended a line may be the first byte */
            marks.odd &= ~UINT64_C(0) << (start - block);
            marks.colons &= ~UINT64_C(0) << (start - block);
        }
        for (;;) {
            if (colon == NOWHERE && marks.colons != 0) {
                colon = block + (uint32_t)__builtin_ctzll(marks.colons);
            }
            if (marks.odd == 0) {
                break;
            }
            const uint32_t to = block + (uint32_t)__builtin_ctzll(marks.odd);
            if (to + 1 >= bytes || text[to] != '\r' || text[to + 1] != '\n' || colon >= to || colon == start
                || text[colon - 1] == ' ' || bytes - start < 8) {
                goto over;
            }
            const uint32_t length = colon - start;
            const struct weir_name *const name = names + slot(text + start, length);
            if (name->bytes != length || !is_there(name, text + start)) {
                last = 0;
            } else if (found == WEIR_HEADERS_FOUND) {
                goto over;
            } else {
                uint32_t from = colon + 1, behind = to;
                while (text[behind - 1] == ' ') {
                    behind--;
                }
                while (from < behind && text[from] == ' ') {
                    from++;
                }
                lines->found[found++] = (struct weir_header){name->number, from, behind};
                last = name->number;
            }
            count++;
            start = to + 2;
            colon = NOWHERE;
            if (count == most || start >= bytes || text[start] <= ' ') {
                goto over;
            }
            if (start - block >= BLOCK) {
                break;
            }
            marks.odd &= ~UINT64_C(0) << (start - block);
            marks.colons &= ~UINT64_C(0) << (start - block);
        }
    }
over:
    lines->bytes = start;
    lines->lines = count;
    lines->last = last;
    return (int32_t)found;
}

int32_t weir_header_lines(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines)
{
    if (bytes < 0 || most < 0) {
        return -EINVAL;
    }
    if (!__builtin_cpu_supports("avx2")) {
        return -EOPNOTSUPP;
    }
    return find(text, (uint32_t)bytes, (uint32_t)most, names, lines);
}

#else

int32_t weir_header_lines(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines)
{
    (void)text;
    (void)bytes;
    (void)most;
    (void)names;
    (void)lines;
    return -EOPNOTSUPP;
}

#endif
