/* Sending over AF_PACKET in batches, at a rate or as fast as it goes. */
#ifndef WIRE_H
#define WIRE_H

#include "headers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#define BATCH 64
/* At a rate, so that frames come evenly. */
#define PACED_BATCH 8

struct wire {
    int fd;
    double rate; /* frames a second, 0 for as many as it takes */
    uint64_t sent, bytes;
    struct timespec start;
    struct mmsghdr messages[BATCH];
};

static double wire_seconds(const struct wire *wire) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)(now.tv_sec - wire->start.tv_sec) + (double)(now.tv_nsec - wire->start.tv_nsec) / 1e9;
}

static int wire_open(struct wire *wire, const char *interface, double rate) {
    int one = 1;
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(interface),
    };
    memset(wire, 0, sizeof *wire);
    wire->rate = rate;
    wire->fd = socket(AF_PACKET, SOCK_RAW, 0);
    if (wire->fd < 0 || setsockopt(wire->fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one) < 0
        || bind(wire->fd, (struct sockaddr *)&address, sizeof address) < 0) {
        fprintf(stderr, "%s: %s\n", interface, strerror(errno));
        return -1;
    }
    clock_gettime(CLOCK_MONOTONIC, &wire->start);
    return 0;
}

/* Frames to send at a time, of those left. */
static inline int wire_batch(const struct wire *wire, uint64_t left) {
    uint64_t most = wire->rate > 0 ? PACED_BATCH : BATCH;
    return (int)(left < most ? left : most);
}

/* Sends up to BATCH frames once it is time to; returns how many were taken, or -1. */
static int wire_send(struct wire *wire, struct iovec *frames, int count) {
    if (wire->rate > 0) {
        double due = (double)wire->sent / wire->rate, early = due - wire_seconds(wire);
        if (early > 1e-3) {
            struct timespec pause = {.tv_sec = (time_t)early, .tv_nsec = (long)((early - (double)(time_t)early) * 1e9) / 2};
            nanosleep(&pause, NULL);
        }
        /* Sleeping would be late by more than frames are apart. */
        while (wire_seconds(wire) < due) continue;
    }
    for (int i = 0; i < count; i++) {
        wire->messages[i].msg_hdr.msg_iov = &frames[i];
        wire->messages[i].msg_hdr.msg_iovlen = 1;
    }
    int took = sendmmsg(wire->fd, wire->messages, (unsigned)count, 0);
    if (took < 0) {
        if (errno == ENOBUFS || errno == EAGAIN || errno == EINTR) return 0;
        fprintf(stderr, "sending: %s\n", strerror(errno));
        return -1;
    }
    for (int i = 0; i < took; i++) wire->bytes += frames[i].iov_len;
    wire->sent += (uint64_t)took;
    return took;
}

static void wire_report(const struct wire *wire) {
    double seconds = wire_seconds(wire);
    printf("sent: %llu frames in %.2f s, %.0f k frames/s, %.0f Mbit/s, %.0f ns CPU per frame\n",
           (unsigned long long)wire->sent, seconds, (double)wire->sent / seconds / 1e3,
           (double)wire->bytes * 8 / seconds / 1e6, cpu_seconds() * 1e9 / (double)wire->sent);
}

#endif
