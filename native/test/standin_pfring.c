/*
 * A stand-in for libpfring, made of our own declarations of it: rings over packet sockets, and a scripted one. As with
 * the real one, a frame that was handed out is gone with the next call; here it is overwritten, so that a late reader
 * is noticed. What it does is told through the environment: STANDIN_PFRING_SCRIPTED, STANDIN_PFRING_NO_MODULE.
 */
#include "pfring_api.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))
#define BUFFER_BYTES 65600
#define MEMORY_BYTES (2 << 20)
#define TAG_BYTES 4

struct pfring {
    uint64_t newest;
    int fd;
    uint32_t longest;
    int both;
    int enabled;
    int broken;
    int scripted;
    int step;
    unsigned cluster;
    uint64_t received;
    uint64_t dropped;
    uint8_t buffer[BUFFER_BYTES];
};

/* Whether pfring_open is refused as it is without the module. */
static int module_is_missing(void)
{
    return getenv("STANDIN_PFRING_NO_MODULE") != NULL;
}

EXPORT pfring_open_function pfring_open;
EXPORT pfring_set_application_name_function pfring_set_application_name;
EXPORT pfring_set_direction_function pfring_set_direction;
EXPORT pfring_set_socket_mode_function pfring_set_socket_mode;
EXPORT pfring_set_poll_watermark_function pfring_set_poll_watermark;
EXPORT pfring_set_cluster_function pfring_set_cluster;
EXPORT pfring_set_bpf_filter_function pfring_set_bpf_filter;
EXPORT pfring_enable_ring_function pfring_enable_ring;
EXPORT pfring_recv_function pfring_recv;
EXPORT pfring_send_function pfring_send;
EXPORT pfring_stats_function pfring_stats;
EXPORT pfring_version_function pfring_version;
EXPORT pfring_breakloop_function pfring_breakloop;
EXPORT pfring_get_selectable_fd_function pfring_get_selectable_fd;
#ifndef WITHOUT_CLOSE
EXPORT pfring_close_function pfring_close;
#endif

struct pfring *pfring_open(const char *device, uint32_t longest, uint32_t flags)
{
    if (module_is_missing()) {
        errno = EAFNOSUPPORT;
        return NULL;
    }
    if (!(flags & PFRING_LONG_HEADER) || !(flags & PFRING_TIMESTAMP)) {
        errno = EINVAL;
        return NULL;
    }
    struct pfring *ring = calloc(1, sizeof(*ring));
    if (!ring) {
        return NULL;
    }
    ring->longest = longest;
    ring->scripted = getenv("STANDIN_PFRING_SCRIPTED") != NULL;
    ring->fd = ring->scripted ? -1 : socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (!ring->scripted) {
        const struct sockaddr_ll address = {.sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL),
                                            .sll_ifindex = (int)if_nametoindex(device)};
        const int on = 1;
        const int bytes = MEMORY_BYTES;
        setsockopt(ring->fd, SOL_PACKET, PACKET_AUXDATA, &on, sizeof(on));
        setsockopt(ring->fd, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof(bytes));
        setsockopt(ring->fd, SOL_SOCKET, SO_TIMESTAMPNS, &on, sizeof(on));
        if (bind(ring->fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
            const int error = errno;
            close(ring->fd);
            free(ring);
            errno = error;
            return NULL;
        }
    }
    return ring;
}

int pfring_set_application_name(struct pfring *ring, char *name)
{
    return ring && name ? 0 : -1;
}

int pfring_set_direction(struct pfring *ring, int direction)
{
    ring->both = direction == PFRING_DIRECTION_BOTH;
    return ring->enabled ? -1 : 0;
}

int pfring_set_socket_mode(struct pfring *ring, int mode)
{
    return !ring->enabled && (mode == PFRING_MODE_SEND || mode == PFRING_MODE_RECEIVE) ? 0 : -1;
}

int pfring_set_poll_watermark(struct pfring *ring, uint16_t frames)
{
    return ring && frames > 0 ? 0 : -1;
}

int pfring_set_cluster(struct pfring *ring, unsigned id, int type)
{
    ring->cluster = id;
    return type == PFRING_CLUSTER_5_TUPLE && id < 256 ? 0 : -1;
}

/* The only expression it knows is one that lets nothing in. */
int pfring_set_bpf_filter(struct pfring *ring, char *expression)
{
    const struct sock_filter reject = {.code = BPF_RET | BPF_K, .k = 0};
    const struct sock_fprog program = {.len = 1, .filter = (struct sock_filter *)&reject};
    if (ring->scripted || strcmp(expression, "less 0") != 0) {
        return -1;
    }
    return setsockopt(ring->fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program));
}

int pfring_enable_ring(struct pfring *ring)
{
    ring->enabled = 1;
    return 0;
}

/* Frames as they should not be: cut, with lengths that contradict each other, without nanoseconds; an error; more. */
static int scripted(struct pfring *ring, struct pfring_header *header)
{
    static const struct {
        int result;
        uint32_t captured;
        uint32_t length;
        uint64_t nanoseconds;
        uint8_t received;
    } script[] = {
        {1, 60, 60, 1700000000123456789u, 1},  {1, 100, 1514, 0, 1}, {1, 1u << 30, 60, 1, 1}, {1, 0, 0, 2, 1},
        {1, 200, 100, 3, 0},                   {-1, 0, 0, 0, 0},     {0, 0, 0, 0, 0},        {1, 61, 61, 4, 1},
    };
    const int count = sizeof(script) / sizeof(script[0]);
    if (ring->step >= count) {
        return 0;
    }
    const int step = ring->step++;
    memset(ring->buffer, step + 1, sizeof(ring->buffer));
    header->seconds = 1700000000;
    header->microseconds = 5;
    header->captured = script[step].captured;
    header->length = script[step].length;
    header->nanoseconds = script[step].nanoseconds;
    header->rx_direction = script[step].received;
    header->hash = 0x1000u + (uint32_t)step;
    header->flags = PFRING_FLAG_CHECKSUM_OK;
    return script[step].result;
}

/* One frame from the socket with its tag put back; its length, or 0 if there is none. */
static ssize_t read_frame(struct pfring *ring, struct sockaddr_ll *from, struct pfring_header *header, uint32_t *length)
{
    _Alignas(struct cmsghdr) char control[256];
    struct iovec parts[2] = {{ring->buffer, 12}, {ring->buffer + 12 + TAG_BYTES, BUFFER_BYTES - 12 - TAG_BYTES}};
    struct msghdr message = {.msg_name = from, .msg_namelen = sizeof(*from), .msg_iov = parts, .msg_iovlen = 2,
                             .msg_control = control, .msg_controllen = sizeof(control)};
    ssize_t bytes = recvmsg(ring->fd, &message, MSG_DONTWAIT);
    if (bytes <= 0) {
        return 0;
    }
    int tagged = 0;
    for (struct cmsghdr *at = CMSG_FIRSTHDR(&message); at; at = CMSG_NXTHDR(&message, at)) {
        if (at->cmsg_level == SOL_PACKET && at->cmsg_type == PACKET_AUXDATA) {
            struct tpacket_auxdata told;
            memcpy(&told, CMSG_DATA(at), sizeof(told));
            if (told.tp_status & TP_STATUS_VLAN_VALID) {
                const uint16_t tag[2] = {htons(told.tp_vlan_tpid), htons(told.tp_vlan_tci)};
                memcpy(ring->buffer + 12, tag, sizeof(tag));
                tagged = 1;
            }
        } else if (at->cmsg_level == SOL_SOCKET && at->cmsg_type == SO_TIMESTAMPNS) {
            struct timespec stamp;
            memcpy(&stamp, CMSG_DATA(at), sizeof(stamp));
            const uint64_t nanoseconds = (uint64_t)stamp.tv_sec * 1000000000u + (uint64_t)stamp.tv_nsec;
            /* The kernel begins to stamp arrivals some time after it is asked to; until then it stamps what is read. */
            ring->newest = nanoseconds > ring->newest ? nanoseconds : ring->newest;
            header->nanoseconds = ring->newest;
        }
    }
    if (tagged) {
        bytes += TAG_BYTES;
    } else {
        memmove(ring->buffer + 12, ring->buffer + 12 + TAG_BYTES, (size_t)bytes - 12);
    }
    *length = (uint32_t)bytes;
    return bytes;
}

int pfring_recv(struct pfring *ring, uint8_t **buffer, unsigned bytes, struct pfring_header *header, uint8_t wait)
{
    if (!ring->enabled || ring->broken || bytes != 0 || wait != 0) {
        return -1;
    }
    memset(ring->buffer, 0xdd, sizeof(ring->buffer));
    *buffer = ring->buffer;
    if (ring->scripted) {
        return scripted(ring, header);
    }
    for (;;) {
        struct sockaddr_ll from;
        uint32_t length = 0;
        if (read_frame(ring, &from, header, &length) == 0) {
            return 0;
        }
        if (from.sll_pkttype == PACKET_OUTGOING && !ring->both) {
            continue;
        }
        ring->received++;
        header->length = length;
        header->captured = length < ring->longest ? length : ring->longest;
        header->flags = 0;
        header->rx_direction = from.sll_pkttype != PACKET_OUTGOING;
        return 1;
    }
}

int pfring_send(struct pfring *ring, char *frame, unsigned bytes, uint8_t flush)
{
    (void)flush;
    if (!ring->enabled || bytes > ring->longest) {
        return -1;
    }
    const ssize_t sent = send(ring->fd, frame, bytes, 0);
    return sent >= 0 ? (int)sent : errno == ENOBUFS ? PFRING_NO_SEND_SLOT : -1;
}

int pfring_stats(struct pfring *ring, struct pfring_counts *counts)
{
    if (!ring->scripted) {
        struct tpacket_stats delta = {0};
        socklen_t length = sizeof(delta);
        if (getsockopt(ring->fd, SOL_PACKET, PACKET_STATISTICS, &delta, &length) == 0) {
            ring->dropped += delta.tp_drops;
        }
    }
    *counts = (struct pfring_counts){.received = ring->received, .dropped = ring->scripted ? 7 : ring->dropped};
    return 0;
}

int pfring_version(struct pfring *ring, uint32_t *version)
{
    *version = 0x080900;
    return ring ? 0 : -1;
}

void pfring_breakloop(struct pfring *ring)
{
    ring->broken = 1;
}

int pfring_get_selectable_fd(struct pfring *ring)
{
    return ring->fd;
}

#ifndef WITHOUT_CLOSE
void pfring_close(struct pfring *ring)
{
    if (ring->fd >= 0) {
        close(ring->fd);
    }
    free(ring);
}
#endif
