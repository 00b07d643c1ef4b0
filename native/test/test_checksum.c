/* Checksums of TCP segments. */
#include "check.h"
#include "weir.h"

/* RFC 1071, word by word as it stands there. */
static uint16_t plain(const uint8_t *at, size_t bytes, uint32_t sum)
{
    for (size_t i = 0; i < bytes; i++) {
        sum += i & 1 ? at[i] : (uint32_t)at[i] << 8;
    }
    while (sum >> 16 != 0) {
        sum = (sum & 0xffff) + (sum >> 16);
    }
    return (uint16_t)~sum;
}

static void put(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

/* Fills memory that ends right behind the segment, so that the sanitizer sees a read beyond it. */
static uint8_t *segment(uint32_t header, uint32_t bytes, uint32_t seed)
{
    uint8_t *const ip = malloc(header + bytes);
    CHECK(ip != NULL);
    for (uint32_t i = 0; i < header + bytes; i++) {
        seed = seed * 1664525 + 1013904223;
        ip[i] = (uint8_t)(seed >> 24);
    }
    uint32_t pseudo_header = bytes + 6;
    const uint32_t addresses = header == 40 ? 8 : 12;
    for (uint32_t i = addresses; i < header; i += 2) {
        pseudo_header += (uint32_t)ip[i] << 8 | ip[i + 1];
    }
    put(ip + header + 16, 0);
    put(ip + header + 16, plain(ip + header, bytes, pseudo_header));
    if (header == 20) {
        put(ip + 10, 0);
        put(ip + 10, plain(ip, 20, 0));
    }
    return ip;
}

static void should_tell_right_from_wrong_at_every_length(void)
{
    for (uint32_t bytes = 20; bytes < 320; bytes++) {
        for (uint32_t header = 20; header <= 40; header += 20) {
            uint8_t *const ip = segment(header, bytes, bytes);
            struct weir_segment segments[2] = {{.ip = (uint64_t)(uintptr_t)ip, .header = header, .bytes = bytes}};
            segments[1] = segments[0];
            const int32_t count = weir_checksums(segments, 2);
            if (count == -EOPNOTSUPP) {
                free(ip);
                printf("SKIP  the processor has no AVX2\n");
                return;
            }
            CHECK_EQUAL(2, count);
            CHECK_EQUAL(1, segments[0].right);
            CHECK_EQUAL(1, segments[1].right);
            for (uint32_t i = header == 40 ? 8 : 0; i < header + bytes; i++) {
                ip[i] ^= 0x10;
                CHECK_EQUAL(2, weir_checksums(segments, 2));
                CHECK_EQUAL(0, segments[0].right);
                ip[i] ^= 0x10;
            }
            free(ip);
        }
    }
}

/* The sums are greatest, and least, where all bytes are the same; those of the checksum make up for it. */
static void should_judge_the_longest_segments(void)
{
    const uint32_t bytes = 65535 - 20;
    uint8_t *const ip = segment(20, bytes, 1);
    for (int fill = 0; fill <= 0xff; fill += 0xff) {
        memset(ip + 20, fill, bytes);
        put(ip + 36, 0);
        uint32_t pseudo_header = bytes + 6;
        for (uint32_t i = 12; i < 20; i += 2) {
            pseudo_header += (uint32_t)ip[i] << 8 | ip[i + 1];
        }
        put(ip + 36, plain(ip + 20, bytes, pseudo_header));
        struct weir_segment one = {.ip = (uint64_t)(uintptr_t)ip, .header = 20, .bytes = bytes};
        if (weir_checksums(&one, 1) == 1) {
            CHECK_EQUAL(1, one.right);
            ip[20 + bytes - 1] ^= 1;
            CHECK_EQUAL(1, weir_checksums(&one, 1));
            CHECK_EQUAL(0, one.right);
        }
    }
    free(ip);
}

int main(void)
{
    RUN(should_tell_right_from_wrong_at_every_length);
    RUN(should_judge_the_longest_segments);
    return 0;
}
