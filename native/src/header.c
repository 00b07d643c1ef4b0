/* The header lines of a message, found in one call by vectors of 32 bytes. */
#include "weir.h"

#include <errno.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2,bmi")))
#define VECTOR 32
#define SHORTEST 8
#define CR_LF 0x0a0d
#define CASE UINT64_C(0x2020202020202020)

/* A bit for each of the next bytes; behind the end of the text none is set. */
struct masks {
    uint32_t odd;    /* what is no text */
    uint32_t colons;
};

static inline AVX2 struct masks masks(const uint8_t *at)
{
    const __m256i vector = _mm256_loadu_si256((const __m256i *)(const void *)at);
    /* what is text has its high bit clear when a blank is taken away */
    const __m256i less = _mm256_sub_epi8(vector, _mm256_set1_epi8(' '));
    const __m256i colons = _mm256_cmpeq_epi8(vector, _mm256_set1_epi8(':'));
    return (struct masks){(uint32_t)_mm256_movemask_epi8(less), (uint32_t)_mm256_movemask_epi8(colons)};
}

/* The same near the end of a text of a vector at least. */
static inline AVX2 struct masks masks_at_end(const uint8_t *at, const uint8_t *end)
{
    const struct masks last = masks(end - VECTOR);
    const int seen = VECTOR - (int)(end - at);
    return (struct masks){last.odd >> seen, last.colons >> seen};
}

/* Where text ends, or that end. */
static inline AVX2 const uint8_t *end_of_text(const uint8_t *at, const uint8_t *end)
{
    for (; end - at >= VECTOR; at += VECTOR) {
        const uint32_t odd = masks(at).odd;
        if (odd != 0) {
            return at + _tzcnt_u32(odd);
        }
    }
    const uint32_t odd = end > at ? masks_at_end(at, end).odd : 0;
    return odd != 0 ? at + _tzcnt_u32(odd) : end;
}

static inline uint64_t word(const uint8_t *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/*
 * True if a name of the table's, by the length of its own, stands in a line in either case; eight bytes can be read.
 * Of what a line is made of, only letters are taken for others in this way.
 */
static inline int is_there(const struct weir_name *name, const uint8_t *at)
{
    const uint32_t length = name->bytes;
    const uint64_t first = (word(at) | CASE) ^ name->first;
    if (length < 8) {
        return first << (64 - 8 * length) == 0;
    }
    return first == 0 && (word(at + length - 8) | CASE) == name->last
        && (length <= 16 || (word(at + 8) | CASE) == name->second);
}

/* Where a name of this length that stands there would be in the table. */
static inline uint32_t slot(const uint8_t *at, uint32_t length)
{
    uint32_t four;
    memcpy(&four, at, sizeof(four));
    return ((four | (uint32_t)CASE) + length) * WEIR_NAME_FACTOR >> (32 - WEIR_NAME_BITS);
}

/* Where a colon is that is not near, or the end of its line. */
static const uint8_t *far_colon(const uint8_t *line, const uint8_t *to)
{
    const uint8_t *const colon = memchr(line, ':', (size_t)(to - line));
    return colon == NULL ? to : colon;
}

/* True if a line ends there as it should. */
static inline int is_end(const uint8_t *at, const uint8_t *end)
{
    uint16_t two = 0;
    if (end - at >= (int)sizeof(two)) {
        memcpy(&two, at, sizeof(two));
    }
    return two == CR_LF;
}

static int has_vectors(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

/* Finds headers in the lines from one on. */
static AVX2 int32_t find(const uint8_t *text, const uint8_t *line, const uint8_t *end, uint32_t most,
    const struct weir_name *names, struct weir_header_lines *lines)
{
    struct weir_header *found = lines->found;
    uint32_t left = most, last = 0;
    while (left > 0 && end - line >= SHORTEST && *line > ' ') {
        const struct masks first = end - line >= VECTOR ? masks(line) : masks_at_end(line, end);
        const uint8_t *const to = first.odd != 0 ? line + _tzcnt_u32(first.odd)
                                                 : end_of_text(line + (end - line < VECTOR ? end - line : VECTOR), end);
        const uint8_t *const colon = first.colons != 0 ? line + _tzcnt_u32(first.colons) : far_colon(line, to);
        /* no name, or one with a blank behind it, is for others to judge */
        if (!is_end(to, end) || colon >= to || colon == line || colon[-1] == ' ') {
            break;
        }
        const uint32_t length = (uint32_t)(colon - line);
        const struct weir_name *const name = names + slot(line, length);
        if (name->bytes != length || !is_there(name, line)) {
            last = 0;
        } else {
            if (found == lines->found + WEIR_HEADERS_FOUND) {
                break;
            }
            const uint8_t *from = colon + 1, *behind = to;
            while (behind[-1] == ' ') {
                behind--;
            }
            while (from < behind && *from == ' ') {
                from++;
            }
            last = name->number;
            *found++ = (struct weir_header){last, (uint32_t)(from - text), (uint32_t)(behind - text)};
        }
        line = to + 2;
        left--;
    }
    lines->bytes = (uint32_t)(line - text);
    lines->lines = most - left;
    lines->last = last;
    return (int32_t)(found - lines->found);
}

int32_t weir_header_lines(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines)
{
    if (bytes < 0 || most < 0) {
        return -EINVAL;
    }
    if (!has_vectors()) {
        return -EOPNOTSUPP;
    }
    lines->first = 0;
    return find(text, text, bytes < VECTOR ? text : text + bytes, (uint32_t)most, names, lines);
}

int32_t weir_message_head(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines)
{
    if (bytes < 0 || most < 0) {
        return -EINVAL;
    }
    if (!has_vectors()) {
        return -EOPNOTSUPP;
    }
    const uint8_t *const end = text + bytes;
    const uint8_t *const to = bytes < VECTOR ? text : end_of_text(text, end);
    const int is_line = to > text && *text > ' ' && is_end(to, end);
    lines->first = is_line ? (uint32_t)(to - text) : 0;
    return is_line ? find(text, to + 2, end, (uint32_t)most, names, lines) : find(text, text, text, 0, names, lines);
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

int32_t weir_message_head(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines)
{
    return weir_header_lines(text, bytes, most, names, lines);
}

#endif
