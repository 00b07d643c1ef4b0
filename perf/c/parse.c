/*
 * parse MODE PASSES FILE: reads a pcap file (little endian, Ethernet) a mebibyte at a time and prints frames per
 * CPU-second of every pass.
 *
 *   hop      walk the records only
 *   decode   find the headers too
 *   flow     look the tuple up in a flow table as well, counting frames and bytes of each direction
 */
#include "headers.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define BLOCK (1u << 20)
#define SLOTS (1u << 21)

struct flow {
    struct tuple key;
    uint32_t frames[2];
    uint64_t bytes[2];
    uint64_t last;
};

static struct flow *table;
static uint64_t live;

static uint64_t hash(const struct tuple *tuple) {
    uint64_t word[5], h = 0x9e3779b97f4a7c15ull;
    memcpy(word, tuple, sizeof word);
    for (int i = 0; i < 5; i++) {
        h = (h ^ word[i]) * 0xff51afd7ed558ccdull;
        h ^= h >> 32;
    }
    return h;
}

static void count(const struct tuple *tuple, uint32_t bytes, uint64_t now) {
    struct tuple key = *tuple;
    key.from_upper = 0;
    key.flags = 0;
    uint32_t at = (uint32_t)hash(&key) & (SLOTS - 1);
    while (table[at].key.version && memcmp(&table[at].key, &key, sizeof key) != 0) at = (at + 1) & (SLOTS - 1);
    struct flow *flow = &table[at];
    if (!flow->key.version) {
        flow->key = key;
        live++;
    }
    flow->frames[tuple->from_upper]++;
    flow->bytes[tuple->from_upper] += bytes;
    flow->last = now;
}

static uint64_t pass(const char *file, int mode, uint8_t *buffer, uint64_t *found) {
    int fd = open(file, O_RDONLY);
    if (fd < 0) {
        fprintf(stderr, "parse: %s: %s\n", file, strerror(errno));
        exit(3);
    }
    uint8_t header[24];
    if (read(fd, header, sizeof header) != (ssize_t)sizeof header || (header[0] != 0x4d && header[0] != 0xd4)) {
        fprintf(stderr, "parse: %s is not a little-endian pcap file\n", file);
        exit(2);
    }
    uint64_t frames = 0;
    uint32_t have = 0;
    for (;;) {
        ssize_t got = read(fd, buffer + have, BLOCK - have);
        if (got <= 0) break;
        have += (uint32_t)got;
        uint32_t at = 0;
        while (have - at >= 16) {
            uint32_t record[4];
            memcpy(record, buffer + at, sizeof record);
            if (record[2] > BLOCK - 16 || have - at - 16 < record[2]) break;
            frames++;
            struct tuple tuple;
            if (mode > 0 && parse(buffer + at + 16, record[2], &tuple)) {
                *found += tuple.port[0];
                if (mode > 1) count(&tuple, record[3], (uint64_t)record[0] * 1000000000u + record[1]);
            }
            at += 16 + record[2];
        }
        memmove(buffer, buffer + at, have - at);
        have -= at;
    }
    close(fd);
    return frames;
}

int main(int argc, char **argv) {
    int mode = argc != 4 ? -1 : !strcmp(argv[1], "hop") ? 0 : !strcmp(argv[1], "decode") ? 1
        : !strcmp(argv[1], "flow") ? 2 : -1;
    if (mode < 0) {
        fprintf(stderr, "usage: parse hop|decode|flow PASSES FILE\n");
        return 2;
    }
    uint8_t *buffer = malloc(BLOCK);
    if (!buffer) return 1;
    for (int i = 0; i < atoi(argv[2]); i++) {
        uint64_t found = 0;
        double before = cpu_seconds();
        if (mode == 2) {
            table = calloc(SLOTS, sizeof *table);
            if (!table) return 1;
            live = 0;
        }
        uint64_t frames = pass(argv[3], mode, buffer, &found);
        free(table);
        table = NULL;
        double seconds = cpu_seconds() - before;
        printf("c %s pass %d: %.2f M frames per CPU-second (%llu frames, %llu flows, %llu)\n", argv[1], i + 1,
               (double)frames / seconds / 1e6, (unsigned long long)frames, (unsigned long long)live,
               (unsigned long long)found);
    }
    free(buffer);
    return 0;
}
