/*
 * A stand-in for libpfring over a TPACKET_V2 ring: slots of one frame each, handed out in place and without a system
 * call until the next frame is asked for, as the real library does it. So what a caller of it costs can be measured
 * where there is no module; what the module costs cannot. Tags are not put back, nothing is filtered or sent.
 */
#include "../../native/src/pfring_api.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#define SLOT_BYTES 2048u
#define SLOTS (32u * 1024)
#define BLOCK_BYTES (1u << 20)

struct pfring {
    int fd;
    uint8_t *slots;
    uint32_t longest, next, held;
    struct pfring_counts counts;
};

pfring_open_function pfring_open;
pfring_set_application_name_function pfring_set_application_name;
pfring_set_direction_function pfring_set_direction;
pfring_set_socket_mode_function pfring_set_socket_mode;
pfring_set_poll_watermark_function pfring_set_poll_watermark;
pfring_set_cluster_function pfring_set_cluster;
pfring_set_bpf_filter_function pfring_set_bpf_filter;
pfring_enable_ring_function pfring_enable_ring;
pfring_recv_function pfring_recv;
pfring_send_function pfring_send;
pfring_stats_function pfring_stats;
pfring_version_function pfring_version;
pfring_breakloop_function pfring_breakloop;
pfring_get_selectable_fd_function pfring_get_selectable_fd;
pfring_close_function pfring_close;

void pfring_close(struct pfring *ring) {
    if (ring->slots) munmap(ring->slots, (size_t)SLOT_BYTES * SLOTS);
    if (ring->fd >= 0) close(ring->fd);
    free(ring);
}

struct pfring *pfring_open(const char *device, uint32_t longest, uint32_t flags) {
    (void)flags;
    struct pfring *ring = calloc(1, sizeof *ring);
    if (!ring) return NULL;
    ring->longest = longest;
    ring->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    int version = TPACKET_V2, one = 1;
    struct tpacket_req request = {
        .tp_block_size = BLOCK_BYTES, .tp_block_nr = SLOT_BYTES * (SLOTS / 1024) / (BLOCK_BYTES / 1024),
        .tp_frame_size = SLOT_BYTES, .tp_frame_nr = SLOTS,
    };
    struct sockaddr_ll address = {
        .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(device),
    };
    int failed = ring->fd < 0 || setsockopt(ring->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version) < 0
        || setsockopt(ring->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one) < 0
        || setsockopt(ring->fd, SOL_PACKET, PACKET_RX_RING, &request, sizeof request) < 0;
    if (!failed) {
        void *slots = mmap(NULL, (size_t)SLOT_BYTES * SLOTS, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
        ring->slots = slots == MAP_FAILED ? NULL : slots;
    }
    if (failed || !ring->slots || bind(ring->fd, (struct sockaddr *)&address, sizeof address) < 0) {
        int error = errno;
        pfring_close(ring);
        errno = error;
        return NULL;
    }
    return ring;
}

int pfring_recv(struct pfring *ring, uint8_t **buffer, unsigned bytes, struct pfring_header *header, uint8_t wait) {
    (void)bytes;
    (void)wait;
    if (ring->held) {
        uint32_t last = (ring->next + SLOTS - 1) % SLOTS;
        struct tpacket2_hdr *slot = (struct tpacket2_hdr *)(ring->slots + (size_t)last * SLOT_BYTES);
        __atomic_store_n(&slot->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
        ring->held = 0;
    }
    struct tpacket2_hdr *slot = (struct tpacket2_hdr *)(ring->slots + (size_t)ring->next * SLOT_BYTES);
    if (!(__atomic_load_n(&slot->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) return 0;
    header->length = slot->tp_len;
    header->captured = slot->tp_snaplen < ring->longest ? slot->tp_snaplen : ring->longest;
    header->nanoseconds = (uint64_t)slot->tp_sec * 1000000000u + slot->tp_nsec;
    header->flags = 0;
    header->rx_direction = 1;
    *buffer = (uint8_t *)slot + slot->tp_mac;
    ring->next = (ring->next + 1) % SLOTS;
    ring->held = 1;
    ring->counts.received++;
    return 1;
}

int pfring_stats(struct pfring *ring, struct pfring_counts *counts) {
    struct tpacket_stats since = {0};
    socklen_t length = sizeof since;
    if (getsockopt(ring->fd, SOL_PACKET, PACKET_STATISTICS, &since, &length) < 0) return -1;
    ring->counts.dropped += since.tp_drops;
    *counts = ring->counts;
    return 0;
}

int pfring_version(struct pfring *ring, uint32_t *version) {
    (void)ring;
    *version = 0x080900;
    return 0;
}

/* None: the module wakes a reader for many frames at a time or after a while, a packet socket does so for each. */
int pfring_get_selectable_fd(struct pfring *ring) {
    (void)ring;
    return -1;
}

int pfring_set_application_name(struct pfring *ring, char *name) {
    (void)ring;
    (void)name;
    return 0;
}

int pfring_set_direction(struct pfring *ring, int direction) {
    (void)ring;
    return direction == PFRING_DIRECTION_RECEIVED ? 0 : -1;
}

int pfring_set_socket_mode(struct pfring *ring, int mode) {
    (void)ring;
    return mode == PFRING_MODE_RECEIVE ? 0 : -1;
}

int pfring_set_poll_watermark(struct pfring *ring, uint16_t frames) {
    (void)ring;
    (void)frames;
    return 0;
}

int pfring_set_cluster(struct pfring *ring, unsigned id, int type) {
    (void)ring;
    (void)id;
    (void)type;
    return -1;
}

int pfring_set_bpf_filter(struct pfring *ring, char *expression) {
    (void)ring;
    (void)expression;
    return -1;
}

int pfring_enable_ring(struct pfring *ring) {
    (void)ring;
    return 0;
}

int pfring_send(struct pfring *ring, char *frame, unsigned bytes, uint8_t flush) {
    (void)ring;
    (void)frame;
    (void)bytes;
    (void)flush;
    return -1;
}

void pfring_breakloop(struct pfring *ring) {
    (void)ring;
}
