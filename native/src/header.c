/* The header lines of a message, found in one call by vectors of 32 bytes. */
#include "weir.h"

#include <errno.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi")))
#define BLOCK 64
#define VECTOR 32
#define CR_LF 0x0a0d
#define ONES UINT64_C(0x0101010101010101)

static inline AVX2 __m256i vector(const uint8_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

/* A bit for each byte of a block that is no text. */
static inline AVX2 uint64_t odd(const uint8_t *at)
{
    /* what is text has its high bit clear when a blank is taken away */
    const __m256i blank = _mm256_set1_epi8(' ');
    const uint32_t one = (uint32_t)_mm256_movemask_epi8(_mm256_sub_epi8(vector(at), blank));
    const uint32_t two = (uint32_t)_mm256_movemask_epi8(_mm256_sub_epi8(vector(at + VECTOR), blank));
    return (uint64_t)two << 32 | one;
}

/* The same for what is left of a text, fewer bytes than a block. */
static inline AVX2 uint64_t odd_at_end(const uint8_t *text, uint32_t bytes, uint32_t from)
{
    if (bytes >= BLOCK) {
        return odd(text + bytes - BLOCK) >> (BLOCK - (bytes - from));
    }
    uint8_t block[BLOCK];
    memset(block, ' ', sizeof(block));
    memcpy(block, text, bytes);
    return odd(block);
}

/* Where the first colon of a line is, or behind it; most names are short. */
static inline AVX2 uint32_t colon(const uint8_t *text, uint32_t bytes, uint32_t from, uint32_t to)
{
    if (bytes - from >= VECTOR) {
        const __m256i is_colon = _mm256_cmpeq_epi8(vector(text + from), _mm256_set1_epi8(':'));
        const uint32_t colons = (uint32_t)_mm256_movemask_epi8(is_colon);
        if (colons != 0) {
            return from + (uint32_t)__builtin_ctz(colons);
        }
    }
    const uint8_t *const found = memchr(text + from, ':', to - from);
    return found == NULL ? to : (uint32_t)(found - text);
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
    uint32_t start = 0, count = 0, found = 0, last = 0;
    for (uint32_t block = 0; block < bytes; block += BLOCK) {
        uint64_t ends = bytes - block >= BLOCK ? odd(text + block) : odd_at_end(text, bytes, block);
        /* the line feed behind a line is none, and may be the first byte */
        ends &= start > block ? ~UINT64_C(0) << (start - block) : ~UINT64_C(0);
        while (ends != 0) {
            const uint32_t to = block + (uint32_t)__builtin_ctzll(ends);
            uint16_t end;
            if (to + 1 >= bytes || bytes - start < 8) {
                goto over;
            }
            memcpy(&end, text + to, sizeof(end));
            const uint32_t name_end = colon(text, bytes, start, to);
            if (end != CR_LF || name_end >= to || name_end == start || text[name_end - 1] == ' ') {
                goto over;
            }
            const uint32_t length = name_end - start;
            const struct weir_name *const name = names + slot(text + start, length);
            if (name->bytes != length || !is_there(name, text + start)) {
                last = 0;
            } else if (found == WEIR_HEADERS_FOUND) {
                goto over;
            } else {
                uint32_t from = name_end + 1, behind = to;
                while (text[behind - 1] == ' ') {
                    behind--;
                }
                while (from < behind && text[from] == ' ') {
                    from++;
                }
                lines->found[found++] = (struct weir_header){name->number, from, behind};
                last = name->number;
            }
            start = to + 2;
            if (++count == most || start == bytes || text[start] <= ' ') {
                goto over;
            }
            ends &= ends - 1; /* CR */
            ends &= ends - 1; /* LF, unless it is in the next block */
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
    if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("bmi")) {
        return -EOPNOTSUPP;
    }
    /* nothing of no lines, and none that goes on another */
    const int is_any = bytes > 0 && most > 0 && text[0] > ' ';
    return find(text, is_any ? (uint32_t)bytes : 0, (uint32_t)most, names, lines);
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
