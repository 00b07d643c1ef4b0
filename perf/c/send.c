/*
 * send INTERFACE FRAMES FILE [RATE]: sends the frames of a pcap file, over and over, as fast as AF_PACKET takes them
 * (sendmmsg, 64 at a time), or RATE of them per second (8 at a time, so that they come evenly). Bounded by FRAMES; prints
 * the rate that was reached.
 */
#include "headers.h"
#include "wire.h"

#include <stdio.h>
#include <stdlib.h>

#define MOST_FRAMES 65536
#define SKIPPED_FRAMES 300000 /* where flows of a generated trace have come to be of all ages */
#define MOST_BYTES (1514u)

static struct iovec frames[MOST_FRAMES];

static int load(const char *file) {
    FILE *input = fopen(file, "rb");
    uint32_t header[6];
    if (!input || fread(header, sizeof header, 1, input) != 1) return -1;
    int count = 0;
    uint32_t record[4];
    for (int i = 0; i < SKIPPED_FRAMES && fread(record, sizeof record, 1, input) == 1; i++) {
        fseek(input, record[2], SEEK_CUR);
    }
    while (count < MOST_FRAMES && fread(record, sizeof record, 1, input) == 1) {
        if (record[2] > MOST_BYTES) {
            /* longer than the wire takes */
            fseek(input, record[2], SEEK_CUR);
            continue;
        }
        uint8_t *bytes = malloc(record[2]);
        if (!bytes || fread(bytes, record[2], 1, input) != 1) break;
        frames[count].iov_base = bytes;
        frames[count++].iov_len = record[2];
    }
    fclose(input);
    return count;
}

int main(int argc, char **argv) {
    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: send INTERFACE FRAMES FILE [RATE]\n");
        return 2;
    }
    uint64_t wanted = strtoull(argv[2], NULL, 10);
    int count = load(argv[3]);
    if (count < BATCH) {
        fprintf(stderr, "send: %s: no pcap file with at least %d frames of at most %u bytes\n", argv[3], BATCH, MOST_BYTES);
        return 2;
    }
    struct wire wire;
    if (wire_open(&wire, argv[1], argc == 5 ? strtod(argv[4], NULL) : 0) < 0) return 3;
    for (int next = 0; wire.sent < wanted;) {
        int batch = wire_batch(&wire, wanted - wire.sent);
        if (count - next < batch) next = 0;
        int took = wire_send(&wire, &frames[next], batch);
        if (took < 0) return 3;
        next += took;
    }
    wire_report(&wire);
    return 0;
}
