/* The checksums of many TCP segments in one call, by vectors of 32 bytes. */
#include "weir.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>

#ifdef __x86_64__
#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define VECTOR 32
#define TCP 6

/* From word 16 - n on: n words of ones, and zeros behind them. */
static const int32_t FIRST[32] = {-1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};

static inline uint32_t word(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/*
 * Adds sixteen words of 16 bits, each less 0x8000, to eight sums of 32: the one instruction that adds neighbours takes
 * words for signed. Each sum is changed by 0x10000 at most, so that there is room for the longest segment.
 */
static inline AVX2 __m256i add(__m256i sums, __m256i words)
{
    const __m256i less = _mm256_xor_si256(words, _mm256_set1_epi16(INT16_MIN));
    return _mm256_add_epi32(sums, _mm256_madd_epi16(less, _mm256_set1_epi16(1)));
}

static inline AVX2 __m256i vector(const uint8_t *at)
{
    return _mm256_loadu_si256((const __m256i *)(const void *)at);
}

/* The words of a vector of which so many are left, at most 16 in this one and the next; zeros behind them. */
static inline AVX2 __m256i left_words(const uint8_t *at, const int32_t *first)
{
    const __m256i mask = _mm256_loadu_si256((const __m256i *)(const void *)first);
    return _mm256_maskload_epi32((const int *)(const void *)at, mask);
}

/*
 * Sums up words of 16 bits, two at least, in the byte order of the machine. What is left behind the last two whole
 * vectors is read without asking how much that is: nobody can foresee it, and a wrong guess costs as much as a hundred
 * bytes.
 */
static inline AVX2 uint64_t sum(const uint8_t *at, size_t bytes)
{
    __m256i even = _mm256_setzero_si256();
    __m256i odd = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + 2 * VECTOR <= bytes; i += 2 * VECTOR) {
        even = add(even, vector(at + i));
        odd = add(odd, vector(at + i + VECTOR));
    }
    const int32_t *const first = FIRST + 16 - (bytes - i) / 4;
    even = add(even, left_words(at + i, first));
    odd = add(odd, left_words(at + i + VECTOR, first + 8));
    const __m256i both = _mm256_add_epi32(even, odd);
    __m128i sums = _mm_add_epi32(_mm256_castsi256_si128(both), _mm256_extracti128_si256(both, 1));
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, _MM_SHUFFLE(1, 0, 3, 2)));
    sums = _mm_add_epi32(sums, _mm_shuffle_epi32(sums, _MM_SHUFFLE(2, 3, 0, 1)));
    const uint64_t words = i / 2 + VECTOR;
    /* the last 0 to 3 bytes, zeros behind them */
    const uint64_t last = (uint64_t)word(at + bytes - 4) >> (4 - bytes % 4) * 8;
    return words * 0x8000 + (uint64_t)(int64_t)_mm_cvtsi128_si32(sums) + last;
}

/* True if a sum that its own complement was a part of is right; it is not 0, which only zeros add up to. */
static inline int is_right(uint64_t sum)
{
    sum = (sum & UINT32_MAX) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16 & 0xffff) + (sum >> 32);
    sum = (sum & 0xffff) + (sum >> 16);
    return (sum & 0xffff) + (sum >> 16) == 0xffff;
}

static inline AVX2 int is_segment_right(const struct weir_segment *segment)
{
    const uint8_t *const ip = (const uint8_t *)(uintptr_t)segment->ip;
    const size_t bytes = segment->bytes;
    const uint64_t pseudo_header = (uint64_t)__builtin_bswap32((uint32_t)bytes) + __builtin_bswap32(TCP);
    const uint64_t covered = sum(ip + segment->header, bytes);
    if (segment->header == 40) {
        return is_right(covered + pseudo_header + sum(ip + 8, 32));
    }
    const uint64_t addresses = (uint64_t)word(ip + 12) + word(ip + 16);
    const uint64_t header = addresses + word(ip) + word(ip + 4) + word(ip + 8);
    return is_right(header) & is_right(covered + pseudo_header + addresses);
}

static AVX2 void judge(struct weir_segment *segments, int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        segments[i].right = (uint32_t)is_segment_right(&segments[i]);
    }
}

int32_t weir_checksums(struct weir_segment *segments, int32_t count)
{
    if (!__builtin_cpu_supports("avx2")) {
        return -EOPNOTSUPP;
    }
    judge(segments, count);
    return count;
}

#else

int32_t weir_checksums(struct weir_segment *segments, int32_t count)
{
    (void)segments;
    (void)count;
    return -EOPNOTSUPP;
}

#endif
