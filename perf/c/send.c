/*
 * send INTERFACE FRAMES FILE: sends the frames of a pcap file, over and over, as fast as AF_PACKET takes them
 * (sendmmsg, 64 at a time). Bounded by FRAMES; prints the rate that was reached.
 */
#include "headers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define BATCH 64
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
    if (argc != 4) {
        fprintf(stderr, "usage: send INTERFACE FRAMES FILE\n");
        return 2;
    }
    uint64_t wanted = strtoull(argv[2], NULL, 10), sent = 0, bytes = 0;
    int count = load(argv[3]);
    if (count < BATCH) {
        fprintf(stderr, "send: %s: no pcap file with at least %d frames of at most %u bytes\n", argv[3], BATCH, MOST_BYTES);
        return 2;
    }
    int fd = socket(AF_PACKET, SOCK_RAW, 0), one = 1;
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(argv[1]),
    };
    if (fd < 0 || setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one) < 0
        || bind(fd, (struct sockaddr *)&address, sizeof address) < 0) {
        fprintf(stderr, "send: %s: %s\n", argv[1], strerror(errno));
        return 3;
    }
    struct mmsghdr messages[BATCH] = {0};
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    for (int next = 0; sent < wanted;) {
        int batch = wanted - sent < BATCH ? (int)(wanted - sent) : BATCH;
        if (count - next < batch) next = 0;
        for (int i = 0; i < batch; i++) {
            messages[i].msg_hdr.msg_iov = &frames[next + i];
            messages[i].msg_hdr.msg_iovlen = 1;
        }
        int took = sendmmsg(fd, messages, (unsigned)batch, 0);
        if (took < 0 && errno != ENOBUFS && errno != EAGAIN) {
            fprintf(stderr, "send: %s\n", strerror(errno));
            return 3;
        }
        for (int i = 0; i < took; i++) bytes += frames[next + i].iov_len;
        if (took > 0) {
            sent += (uint64_t)took;
            next += took;
        }
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    double seconds = (double)(end.tv_sec - start.tv_sec) + (double)(end.tv_nsec - start.tv_nsec) / 1e9;
    printf("sent: %llu frames in %.2f s, %.0f k frames/s, %.0f Mbit/s, %.0f ns CPU per frame\n",
           (unsigned long long)sent, seconds, (double)sent / seconds / 1e3, (double)bytes * 8 / seconds / 1e6,
           cpu_seconds() * 1e9 / (double)sent);
    return 0;
}
