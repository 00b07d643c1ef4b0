/*
 * What a bare C program does with a frame: find the headers of Ethernet, VLAN tags, IPv4 or IPv6 and TCP or UDP, and the
 * tuple. Every length is checked, nothing else is done: no tunnels, no fragments, no reasons for what does not fit.
 */
#ifndef HEADERS_H
#define HEADERS_H

#include <stdint.h>
#include <string.h>
#include <sys/resource.h>

struct tuple {
    uint8_t address[32]; /* lower, upper; IPv4 in the first 4 bytes of each half */
    uint16_t port[2];
    uint8_t protocol;
    uint8_t version;
    uint8_t from_upper;
    uint8_t flags;
};

static inline uint16_t be16(const uint8_t *at) { return (uint16_t)(at[0] << 8 | at[1]); }

/* Returns 1 if a tuple was found. */
static inline int parse(const uint8_t *frame, uint32_t length, struct tuple *tuple) {
    if (length < 14) return 0;
    uint32_t at = 14;
    uint16_t type = be16(frame + 12);
    while ((type == 0x8100 || type == 0x88a8) && length >= at + 4) {
        type = be16(frame + at + 2);
        at += 4;
    }
    const uint8_t *source, *destination;
    uint32_t bytes;
    memset(tuple, 0, sizeof *tuple);
    if (type == 0x0800) {
        if (length < at + 20 || frame[at] >> 4 != 4) return 0;
        uint32_t header = (frame[at] & 15u) * 4;
        if (header < 20 || length < at + header) return 0;
        tuple->protocol = frame[at + 9];
        tuple->version = 4;
        source = frame + at + 12;
        destination = frame + at + 16;
        bytes = 4;
        if (be16(frame + at + 6) & 0x1fff) return 0;
        at += header;
    } else if (type == 0x86dd) {
        if (length < at + 40 || frame[at] >> 4 != 6) return 0;
        tuple->protocol = frame[at + 6];
        tuple->version = 6;
        source = frame + at + 8;
        destination = frame + at + 24;
        bytes = 16;
        at += 40;
    } else {
        return 0;
    }
    uint16_t source_port = 0, destination_port = 0;
    if (tuple->protocol == 6) {
        if (length < at + 20) return 0;
        tuple->flags = frame[at + 13];
    } else if (tuple->protocol == 17) {
        if (length < at + 8) return 0;
    } else {
        return 0;
    }
    source_port = be16(frame + at);
    destination_port = be16(frame + at + 2);
    int order = memcmp(source, destination, bytes);
    tuple->from_upper = order > 0 || (order == 0 && source_port > destination_port);
    memcpy(tuple->address, tuple->from_upper ? destination : source, bytes);
    memcpy(tuple->address + 16, tuple->from_upper ? source : destination, bytes);
    tuple->port[0] = tuple->from_upper ? destination_port : source_port;
    tuple->port[1] = tuple->from_upper ? source_port : destination_port;
    return 1;
}

/* CPU seconds of this process, user and system. */
static inline double cpu_seconds(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
        + (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

#endif
