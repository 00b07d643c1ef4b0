/*
 * A TPACKET_V3 receive ring. C sets it up, polls and counts; the blocks are walked by the caller, who reads the status
 * word with acquire and gives a block back by a release store.
 */
#include "interface.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/filter.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <linux/net_tstamp.h>
#include <net/if.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#ifndef PACKET_FANOUT_EBPF
#define PACKET_FANOUT_EBPF 7
#define PACKET_FANOUT_DATA 22
#endif
#ifndef PACKET_FANOUT_FLAG_UNIQUEID
#define PACKET_FANOUT_FLAG_UNIQUEID 0x2000
#endif
#ifndef PACKET_IGNORE_OUTGOING
#define PACKET_IGNORE_OUTGOING 23
#endif

struct weir_ring {
    int fd; /* this and the next as in struct weir_waitable */
    int wake;
    int index;
    uint32_t flags;
    char name[WEIR_NAME_BYTES];
    int program; /* of fan-out, or -1 */
    void *map;
    size_t map_bytes;
    struct weir_ring_totals totals;
};

static struct weir_ring *ring_of(uint64_t ring)
{
    return (struct weir_ring *)(uintptr_t)ring;
}

static int set(int fd, int option, int value)
{
    return setsockopt(fd, SOL_PACKET, option, &value, sizeof(value)) < 0 ? -errno : 0;
}

/* Index, link type and MTU of the interface that has the ring's name now. */
static int look_up(struct weir_ring *ring, struct weir_ring_request *request)
{
    struct ifreq answer;
    int result = interface_look_up(ring->fd, ring->name, &ring->index, &request->hardware, &request->mtu);
    if (result == 0) {
        result = interface_ask(ring->fd, ring->name, SIOCGIFFLAGS, &answer);
    }
    if (result < 0) {
        return result;
    }
    if (answer.ifr_flags & IFF_LOOPBACK) {
        /* Whatever is sent there comes back at once: with both directions every frame would be seen twice. */
        ring->flags |= WEIR_RING_IGNORE_OUTGOING;
    }
    return 0;
}

static int set_options(const struct weir_ring *ring)
{
    int result = set(ring->fd, PACKET_VERSION, TPACKET_V3);
    if (result == 0) {
        result = set(ring->fd, PACKET_RESERVE, WEIR_RING_HEADROOM);
    }
    if (result == 0 && (ring->flags & WEIR_RING_HARDWARE_STAMPS)) {
        result = set(ring->fd, PACKET_TIMESTAMP, SOF_TIMESTAMPING_RAW_HARDWARE);
    }
    if (result == 0 && (ring->flags & WEIR_RING_IGNORE_OUTGOING)) {
        /* Since Linux 4.20. Before, the reader leaves them out by packet type, so a refusal does no harm. */
        (void)set(ring->fd, PACKET_IGNORE_OUTGOING, 1);
    }
    return result;
}

/* Frames that were queued before a filter stay queued, so this happens before bind. */
static int attach(int fd, const struct sock_filter *filter, uint32_t count)
{
    if (count > BPF_MAXINSNS) {
        return -E2BIG;
    }
    const struct sock_fprog program = {.len = (unsigned short)count, .filter = (struct sock_filter *)filter};
    return setsockopt(fd, SOL_SOCKET, SO_ATTACH_FILTER, &program, sizeof(program)) < 0 ? -errno : 0;
}

static int reject_all(int fd)
{
    const struct sock_filter reject = {.code = BPF_RET | BPF_K, .k = 0};
    return attach(fd, &reject, 1);
}

/* Memory may be short of contiguous blocks: takes a quarter less each time, down to two, and says what it got. */
static int make_ring(struct weir_ring *ring, struct weir_ring_request *request)
{
    for (;;) {
        /* One "frame" per block: V3 packs frames of any size, but the kernel checks that the products agree. */
        struct tpacket_req3 wanted = {
            .tp_block_size = request->block_bytes,
            .tp_block_nr = request->block_count,
            .tp_frame_size = request->block_bytes,
            .tp_frame_nr = request->block_count,
            .tp_retire_blk_tov = request->block_timeout_ms,
        };
        if (setsockopt(ring->fd, SOL_PACKET, PACKET_RX_RING, &wanted, sizeof(wanted)) == 0) {
            ring->map_bytes = (size_t)request->block_bytes * request->block_count;
            return 0;
        }
        if (errno != ENOMEM || request->block_count <= 2) {
            return -errno;
        }
        request->block_count -= (request->block_count + 3) / 4;
        if (request->block_count < 2) {
            request->block_count = 2;
        }
    }
}

static int join(struct weir_ring *ring)
{
    const struct sockaddr_ll address = {
        .sll_family = AF_PACKET,
        .sll_protocol = htons(ETH_P_ALL),
        .sll_ifindex = ring->index,
    };
    return bind(ring->fd, (const struct sockaddr *)&address, sizeof(address)) < 0 ? -errno : 0;
}

static int be_promiscuous(const struct weir_ring *ring)
{
    return ring->flags & WEIR_RING_PROMISCUOUS ? interface_be_promiscuous(ring->fd, ring->index) : 0;
}

/*
 * Every member brings the program: a group begins with none, and any may be the first. No flag for rollover: frames of
 * a full ring are lost and counted there, and never those of another member's flow.
 */
static int join_group(struct weir_ring *ring, struct weir_ring_request *request)
{
    request->step = WEIR_STEP_PROGRAM;
    if (ring->program < 0) {
        ring->program = weir_fanout_load((const uint32_t *)(uintptr_t)request->words);
    }
    if (ring->program < 0) {
        return ring->program;
    }
    request->step = WEIR_STEP_FANOUT;
    const int founds = request->group == WEIR_NEW_GROUP;
    const uint32_t type = PACKET_FANOUT_EBPF | (founds ? PACKET_FANOUT_FLAG_UNIQUEID : 0);
    uint32_t group = founds ? 0 : request->group;
    int result = set(ring->fd, PACKET_FANOUT, (int)(group | type << 16));
    socklen_t length = sizeof(group);
    if (result == 0 && getsockopt(ring->fd, SOL_PACKET, PACKET_FANOUT, &group, &length) < 0) {
        result = -errno;
    }
    if (result == 0) {
        result = set(ring->fd, PACKET_FANOUT_DATA, ring->program);
    }
    if (result == 0) {
        request->group = group & 0xffff;
    }
    return result;
}

static int set_up(struct weir_ring *ring, struct weir_ring_request *request)
{
    int result;
    request->step = WEIR_STEP_SOCKET;
    /* Protocol 0: with ETH_P_ALL here, frames of every interface would be queued until bind. */
    ring->fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (ring->fd < 0) {
        return -errno;
    }
    if (ring->wake < 0) {
        ring->wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    }
    if (ring->wake < 0) {
        return -errno;
    }
    request->step = WEIR_STEP_INTERFACE;
    if ((result = look_up(ring, request)) < 0) {
        return result;
    }
    /* All of these answer EBUSY once the ring exists. */
    request->step = WEIR_STEP_OPTION;
    if ((result = set_options(ring)) < 0) {
        return result;
    }
    request->step = WEIR_STEP_FILTER;
    if (request->words) {
        /* Until all members run: what one takes in alone belongs to flows of others too. */
        if ((result = reject_all(ring->fd)) < 0) {
            return result;
        }
    } else if (request->filter_count > 0) {
        result = attach(ring->fd, (const struct sock_filter *)(uintptr_t)request->filter, request->filter_count);
        if (result < 0) {
            return result;
        }
    }
    request->step = WEIR_STEP_RING;
    if ((result = make_ring(ring, request)) < 0) {
        return result;
    }
    request->step = WEIR_STEP_MAP;
    /* Not MAP_LOCKED: ring pages cannot be swapped and are not charged to the memlock limit anyway. */
    void *map = mmap(NULL, ring->map_bytes, PROT_READ | PROT_WRITE, MAP_SHARED, ring->fd, 0);
    if (map == MAP_FAILED) {
        return -errno;
    }
    ring->map = map;
    request->map = (uint64_t)(uintptr_t)map;
    request->step = WEIR_STEP_BIND;
    if ((result = join(ring)) < 0) {
        return result;
    }
    request->step = WEIR_STEP_PROMISCUOUS;
    if ((result = be_promiscuous(ring)) < 0) {
        return result;
    }
    if (request->words && (result = join_group(ring, request)) < 0) {
        return result;
    }
    request->step = 0;
    return 0;
}

int64_t weir_ring_open(struct weir_ring_request *request)
{
    struct weir_ring *ring = calloc(1, sizeof(*ring));
    if (!ring) {
        return -ENOMEM;
    }
    ring->fd = -1;
    ring->wake = -1;
    ring->program = -1;
    ring->flags = request->flags;
    memcpy(ring->name, request->name, WEIR_NAME_BYTES);
    ring->name[WEIR_NAME_BYTES - 1] = 0;
    const int result = set_up(ring, request);
    if (result < 0) {
        weir_ring_close((uint64_t)(uintptr_t)ring);
        return result;
    }
    return (int64_t)(uintptr_t)ring;
}

/* Reading SO_ERROR clears it; left unread, poll would answer at once for ever. */
static int32_t fault(int fd)
{
    int error = 0;
    socklen_t length = sizeof(error);
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &length) < 0 || error == 0) {
        return 0;
    }
    return error == ENETDOWN || error == ENODEV || error == ENXIO ? WEIR_POLL_DOWN : WEIR_POLL_FAULT;
}

/*
 * Waits until one of the rings, of whatever kind, has something to say. Where bit i of input is not set, a ready block of rings[i] does
 * not end the wait: the kernel reports input for as long as the newest finished block is not given back, so a caller
 * that still holds it would spin.
 * Sets answers[i] to the WEIR_POLL_ bits of rings[i]; returns all bits together.
 */
int32_t weir_ring_poll(const uint64_t *rings, int32_t count, int64_t timeout_ns, uint64_t input, int32_t *answers)
{
    struct pollfd fds[2 * WEIR_POLL_MAX];
    if (count < 0 || count > WEIR_POLL_MAX) {
        return -EINVAL;
    }
    for (int32_t i = 0; i < count; i++) {
        const struct weir_waitable *ring = (const struct weir_waitable *)(uintptr_t)rings[i];
        fds[2 * i] = (struct pollfd){.fd = ring->fd, .events = input >> i & 1 ? POLLIN : 0};
        fds[2 * i + 1] = (struct pollfd){.fd = ring->wake, .events = POLLIN};
        answers[i] = 0;
    }
    const struct timespec timeout = {.tv_sec = timeout_ns / 1000000000, .tv_nsec = timeout_ns % 1000000000};
    if (ppoll(fds, 2 * (nfds_t)count, &timeout, NULL) < 0) {
        return errno == EINTR ? 0 : -errno;
    }
    int32_t all = 0;
    for (int32_t i = 0; i < count; i++) {
        if (fds[2 * i].revents & POLLIN) {
            answers[i] |= WEIR_POLL_READY;
        }
        if (fds[2 * i].revents & (POLLERR | POLLHUP | POLLNVAL)) {
            answers[i] |= fault(fds[2 * i].fd);
        }
        if (fds[2 * i + 1].revents & POLLIN) {
            uint64_t ignored;
            answers[i] |= read(fds[2 * i + 1].fd, &ignored, sizeof(ignored)) > 0 ? WEIR_POLL_WOKEN : 0;
        }
        all |= answers[i];
    }
    return all;
}

/* Ends a running or the next poll; from any thread, until the ring, of whatever kind, is closed. */
int32_t weir_ring_wake(uint64_t ring)
{
    const uint64_t one = 1;
    /* EAGAIN: the counter is at its maximum, so the reader will wake all the same. */
    return write(((const struct weir_waitable *)(uintptr_t)ring)->wake, &one, sizeof(one)) < 0 && errno != EAGAIN ? -errno : 0;
}

/*
 * ENETDOWN says down as well as removed. After a removal the socket is silent for ever, so what the name stands for now
 * decides. An interface that was removed and made again has another index.
 */
int32_t weir_ring_state(uint64_t handle)
{
    const struct weir_ring *ring = ring_of(handle);
    return interface_state(ring->fd, ring->name, ring->index);
}

/* A socket in a group cannot be bound again, so a new one takes its place; the caller holds no block. */
static int open_again(struct weir_ring *ring, struct weir_ring_request *request)
{
    struct weir_ring_totals totals;
    (void)weir_ring_totals((uint64_t)(uintptr_t)ring, &totals);
    if (ring->map) {
        munmap(ring->map, ring->map_bytes);
        ring->map = NULL;
    }
    if (ring->fd >= 0) {
        close(ring->fd);
        ring->fd = -1;
    }
    const uint32_t hardware = request->hardware;
    const uint32_t blocks = request->block_count;
    int result = set_up(ring, request);
    if (result == 0 && request->hardware != hardware) {
        result = -EMEDIUMTYPE;
    }
    if (result == 0 && request->block_count != blocks) {
        result = -ENOMEM;
    }
    if (result == 0) {
        result = weir_ring_admit((uint64_t)(uintptr_t)ring, request);
    }
    request->hardware = hardware;
    request->block_count = blocks;
    return result;
}

/*
 * Binds the same socket to the interface that bears the name now. Ring, filter, blocks in flight and statistics stay as
 * they are; only the promiscuous membership died with the old interface. request->hardware says what kind of device it
 * must be; -EMEDIUMTYPE if it is another, since its frames would not be what the caller expects.
 */
int32_t weir_ring_rebind(uint64_t handle, struct weir_ring_request *request)
{
    struct weir_ring *ring = ring_of(handle);
    const uint32_t hardware = request->hardware;
    int result;
    if (request->words) {
        if ((result = open_again(ring, request)) < 0) {
            ring->index = 0;
        }
        return result;
    }
    result = look_up(ring, request);
    if (result == 0 && request->hardware != hardware) {
        result = -EMEDIUMTYPE;
    }
    if (result == 0) {
        result = join(ring);
    }
    if (result == 0) {
        result = be_promiscuous(ring);
    }
    if (result < 0) {
        /* No interface has this index: the state stays "gone", so that the caller tries again. */
        ring->index = 0;
    }
    return result;
}

/* Lets nothing more in. What came before is still delivered, the last of it when the open block times out. */
int32_t weir_ring_stop(uint64_t ring)
{
    return reject_all(ring_of(ring)->fd);
}

/* Nothing was queued before, so there is nothing that another filter had let in. */
int32_t weir_ring_admit(uint64_t handle, const struct weir_ring_request *request)
{
    const int fd = ring_of(handle)->fd;
    const int none = 0;
    if (request->filter_count > 0) {
        return attach(fd, (const struct sock_filter *)(uintptr_t)request->filter, request->filter_count);
    }
    return setsockopt(fd, SOL_SOCKET, SO_DETACH_FILTER, &none, sizeof(none)) < 0 ? -errno : 0;
}

/* The kernel's counters start at 0 again with each read, and hold 32 bits: this is the only place that reads them. */
int32_t weir_ring_totals(uint64_t handle, struct weir_ring_totals *totals)
{
    struct weir_ring *ring = ring_of(handle);
    struct tpacket_stats_v3 delta = {.tp_packets = 0};
    socklen_t length = sizeof(delta);
    if (ring->fd >= 0 && getsockopt(ring->fd, SOL_PACKET, PACKET_STATISTICS, &delta, &length) < 0) {
        return -errno;
    }
    ring->totals.packets += delta.tp_packets;
    ring->totals.drops += delta.tp_drops;
    ring->totals.freezes += delta.tp_freeze_q_cnt;
    *totals = ring->totals;
    return 0;
}

/* Unmaps the ring: nobody may read a frame of it any more. */
int32_t weir_ring_close(uint64_t handle)
{
    struct weir_ring *ring = ring_of(handle);
    if (ring->map) {
        munmap(ring->map, ring->map_bytes);
    }
    if (ring->wake >= 0) {
        close(ring->wake);
    }
    if (ring->fd >= 0) {
        close(ring->fd);
    }
    if (ring->program >= 0) {
        close(ring->program);
    }
    free(ring);
    return 0;
}
