/*
 * flood INTERFACE KIND COUNT [RATE]: traffic that is made to hurt, COUNT frames of it, RATE a second:
 *
 *   syn        SYNs, each of another flow
 *   fragments  pieces of datagrams none of which is ever whole, every fourth overlapping the one before
 *   gaps       connections that send behind a gap which is never filled: SYN, then data
 *   tiny       one connection that sends a request byte by byte, each two bytes in the wrong order, an answer without
 *              data for each 1,024, and ends it: 4 frames and a multiple of 1,025
 */
#include "wire.h"

#include <stdlib.h>

#define ETHERNET 14
#define IP 20
#define TCP 20
#define FRAME_BYTES 320
#define TINY_RUN 1025
#define FIN 1
#define SYN 2
#define PSH 8
#define ACK 16

static uint8_t frames[BATCH][FRAME_BYTES];
static struct iovec vectors[BATCH];

static void put16(uint8_t *at, uint32_t value) {
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static void put32(uint8_t *at, uint32_t value) {
    put16(at, value >> 16);
    put16(at + 2, value);
}

static uint32_t sum(const uint8_t *at, int length, uint32_t start) {
    for (int i = 0; i + 1 < length; i += 2) start += (uint32_t)(at[i] << 8 | at[i + 1]);
    return length & 1 ? start + (uint32_t)(at[length - 1] << 8) : start;
}

static uint32_t fold(uint32_t value) {
    while (value >> 16) value = (value & 0xffff) + (value >> 16);
    return ~value & 0xffff;
}

/* An IPv4 packet in Ethernet; returns where its payload goes. */
static uint8_t *ip(int slot, uint32_t source, uint32_t destination, uint32_t protocol, uint32_t id, uint32_t fragment,
                   int length) {
    uint8_t *frame = frames[slot], *at = frame + ETHERNET;
    memset(frame, 2, 12);
    put16(frame + 12, ETH_P_IP);
    put16(at, 0x4500);
    put16(at + 2, (uint32_t)(IP + length));
    put16(at + 4, id);
    put16(at + 6, fragment);
    put16(at + 8, 64 << 8 | protocol);
    put16(at + 10, 0);
    put32(at + 12, source);
    put32(at + 16, destination);
    put16(at + 10, fold(sum(at, IP, 0)));
    vectors[slot].iov_base = frame;
    vectors[slot].iov_len = (size_t)(ETHERNET + IP + length);
    return at + IP;
}

static void tcp(int slot, uint32_t source, uint32_t destination, uint32_t ports, uint32_t sequence,
                uint32_t acknowledged, uint32_t flags, const char *data, int length) {
    uint8_t *at = ip(slot, source, destination, 6, 0, 0x4000, TCP + length);
    put32(at, ports);
    put32(at + 4, sequence);
    put32(at + 8, acknowledged);
    put16(at + 12, 5 << 12 | flags);
    put16(at + 14, 65535);
    put32(at + 16, 0);
    memcpy(at + TCP, data, (size_t)length);
    put16(at + 16, fold(sum(at, TCP + length, sum(at - 8, 8, 6 + (uint32_t)(TCP + length)))));
}

static void syn(int slot, uint64_t number) {
    uint32_t source = 0x0a000000u | (uint32_t)(number & 0xffffff);
    uint32_t port = 1024 + (uint32_t)(number >> 24 & 0x3fff);
    tcp(slot, source, 0xc6336401u, port << 16 | 80, (uint32_t)number * 2654435761u, 0, SYN, "", 0);
}

static void fragment(int slot, uint64_t number) {
    static const char bytes[256];
    uint32_t source = 0x0a000000u | (uint32_t)(number / 4 & 0xffffff);
    static const uint32_t places[4] = {0x2000, 0x2000 | 40, 0x2000 | 80, 0x2000 | 70};
    memcpy(ip(slot, source, 0xc6336401u, 17, (uint32_t)(number / 4 >> 8), places[number % 4], 160), bytes, 160);
}

static void gap(int slot, uint64_t number) {
    static const char bytes[256];
    uint64_t flow = number / 2;
    uint32_t source = 0x0a000000u | (uint32_t)(flow & 0xffffff);
    uint32_t ports = (1024 + (uint32_t)(flow >> 24 & 0x3fff)) << 16 | 80;
    if (number % 2 == 0) {
        tcp(slot, source, 0xc6336401u, ports, 1000, 0, SYN, "", 0);
    } else {
        tcp(slot, source, 0xc6336401u, ports, 2001, 1, ACK | PSH, bytes, 200);
    }
}

static void tiny(int slot, uint64_t number, uint64_t count) {
    const uint32_t client = 0x0a000001u, server = 0xc6336401u, up = 40000u << 16 | 80, down = 80u << 16 | 40000;
    if (number == 0) {
        tcp(slot, client, server, up, 999, 0, SYN, "", 0);
    } else if (number == 1) {
        tcp(slot, server, client, down, 4999, 1000, SYN | ACK, "", 0);
    } else if (number == 2) {
        tcp(slot, client, server, up, 1000, 5000, ACK, "", 0);
    } else if (number == count - 1) {
        tcp(slot, client, server, up, 1000 + (uint32_t)((count - 4) / TINY_RUN * (TINY_RUN - 1)), 5000, ACK | FIN, "", 0);
    } else if ((number - 3) % TINY_RUN == TINY_RUN - 1) {
        tcp(slot, server, client, down, 5000, 1000 + (uint32_t)((number - 2) / TINY_RUN * (TINY_RUN - 1)), ACK, "", 0);
    } else {
        uint64_t place = ((number - 3) / TINY_RUN * (TINY_RUN - 1) + (number - 3) % TINY_RUN) ^ 1;
        const char byte = place < 5 ? "GET /"[place] : 'a';
        tcp(slot, client, server, up, 1000 + (uint32_t)place, 5000, ACK | PSH, &byte, 1);
    }
}

int main(int argc, char **argv) {
    if (argc < 4 || argc > 5) {
        fprintf(stderr, "usage: flood INTERFACE syn|fragments|gaps|tiny COUNT [RATE]\n");
        return 2;
    }
    uint64_t count = strtoull(argv[3], NULL, 10);
    char kind = argv[2][0];
    struct wire wire;
    if (wire_open(&wire, argv[1], argc == 5 ? strtod(argv[4], NULL) : 0) < 0) return 3;
    while (wire.sent < count) {
        int batch = count - wire.sent < BATCH ? (int)(count - wire.sent) : BATCH;
        for (int i = 0; i < batch; i++) {
            uint64_t number = wire.sent + (uint64_t)i;
            if (kind == 's') syn(i, number);
            else if (kind == 'f') fragment(i, number);
            else if (kind == 'g') gap(i, number);
            else tiny(i, number, count);
        }
        if (wire_send(&wire, vectors, batch) < 0) return 3;
    }
    wire_report(&wire);
    return 0;
}
