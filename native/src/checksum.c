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

/* From word 8 - n on: n words of ones, and zeros behind them. */
static const int32_t FIRST[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};

static inline uint32_t word(const uint8_t *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof(value));
    return value;
}

/* Adds eight words of 32 bits to four sums of 64. */
static inline AVX2 __m256i add(__m256i sum, __m256i words)
{
    const __m256i lower = _mm256_and_si256(words, _mm256_set1_epi64x(UINT32_MAX));
    return _mm256_add_epi64(sum, _mm256_add_epi64(lower, _mm256_srli_epi64(words, 32)));
}

/*
 * Sums up words of 32 bits, at least one, in the byte order of the machine. What is left behind the last whole vector
 * is read without asking how much that is: nobody can foresee it, and a wrong guess costs as much as a hundred bytes.
 */
static inline AVX2 uint64_t sum(const uint8_t *at, size_t bytes)
{
    __m256i sums = _mm256_setzero_si256();
    size_t i = 0;
    for (; i + VECTOR <= bytes; i += VECTOR) {
        sums = add(sums, _mm256_loadu_si256((const __m256i *)(const void *)(at + i)));
    }
    const size_t left = bytes - i;
    const __m256i mask = _mm256_loadu_si256((const __m256i *)(const void *)(FIRST + 8 - left / 4));
    sums = add(sums, _mm256_maskload_epi32((const int *)(const void *)(at + i), mask));
    const __m128i half = _mm_add_epi64(_mm256_castsi256_si128(sums), _mm256_extracti128_si256(sums, 1));
    /* the last 0 to 3 bytes, zeros behind them */
    const uint64_t last = (uint64_t)word(at + bytes - 4) >> (4 - bytes % 4) * 8;
    return (uint64_t)_mm_cvtsi128_si64(half) + (uint64_t)_mm_extract_epi64(half, 1) + last;
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
