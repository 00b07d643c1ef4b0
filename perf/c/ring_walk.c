/*
 * ring_walk INTERFACE FRAMES: the least a program can do with a TPACKET_V3 ring: walk it, touch every frame's headers,
 * give blocks back. Ends after FRAMES frames or after two silent seconds; prints CPU time per frame and what was lost.
 */
#include "headers.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define BLOCK_BYTES (1u << 20)
#define BLOCKS 64u

static int fail(const char *what) {
    fprintf(stderr, "ring_walk: %s: %s\n", what, strerror(errno));
    return 3;
}

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: ring_walk INTERFACE FRAMES\n");
        return 2;
    }
    uint64_t wanted = strtoull(argv[2], NULL, 10);
    int fd = socket(AF_PACKET, SOCK_RAW, 0);
    if (fd < 0) return fail("socket");
    int version = TPACKET_V3, one = 1;
    if (setsockopt(fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0) return fail("TPACKET_V3");
    if (setsockopt(fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) < 0) return fail("IGNORE_OUTGOING");
    struct tpacket_req3 request = {
        .tp_block_size = BLOCK_BYTES, .tp_block_nr = BLOCKS, .tp_frame_size = 2048,
        .tp_frame_nr = BLOCK_BYTES / 2048 * BLOCKS, .tp_retire_blk_tov = 10,
    };
    if (setsockopt(fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request) < 0) return fail("ring");
    uint8_t *ring = mmap(NULL, (size_t)BLOCK_BYTES * BLOCKS, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    if (ring == MAP_FAILED) return fail("mmap");
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(argv[1]),
    };
    if (bind(fd, (struct sockaddr *)&address, sizeof address) < 0) return fail(argv[1]);
    printf("ready\n");
    fflush(stdout);

    uint64_t frames = 0, found = 0;
    int silent = 0;
    double before = cpu_seconds();
    for (uint32_t block = 0; frames < wanted;) {
        struct tpacket_block_desc *desc = (struct tpacket_block_desc *)(ring + (size_t)block * BLOCK_BYTES);
        if (!(__atomic_load_n(&desc->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) {
            struct pollfd descriptor = {.fd = fd, .events = POLLIN};
            if (poll(&descriptor, 1, 100) == 0 && frames > 0 && ++silent == 20) break;
            continue;
        }
        silent = 0;
        uint8_t *at = (uint8_t *)desc + desc->hdr.bh1.offset_to_first_pkt;
        for (uint32_t left = desc->hdr.bh1.num_pkts; left > 0; left--) {
            struct tpacket3_hdr *header = (struct tpacket3_hdr *)at;
            struct tuple tuple;
            if (parse(at + header->tp_mac, header->tp_snaplen, &tuple)) found += tuple.port[0];
            frames++;
            at += header->tp_next_offset;
        }
        __atomic_store_n(&desc->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
        block = (block + 1) % BLOCKS;
    }
    double seconds = cpu_seconds() - before;
    struct tpacket_stats_v3 totals = {0};
    socklen_t length = sizeof totals;
    getsockopt(fd, SOL_PACKET, PACKET_STATISTICS, &totals, &length);
    printf("c ring walk: %llu frames, %u lost, %.0f ns CPU per frame (%llu)\n", (unsigned long long)frames,
           totals.tp_drops, seconds * 1e9 / (double)(frames ? frames : 1), (unsigned long long)found);
    return 0;
}
