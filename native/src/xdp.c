/*
 * AF_XDP sockets, by system calls alone. C makes chunks, rings and sockets, and wakes the kernel; the rings are run by
 * the caller, who loads and stores their indices with acquire and release.
 */
#include "interface.h"
#include "xdp_program.h"

#include <linux/ethtool.h>
#include <linux/if_xdp.h>
#include <linux/sockios.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

#ifndef SO_PREFER_BUSY_POLL
#define SO_PREFER_BUSY_POLL 69
#define SO_BUSY_POLL_BUDGET 70
#endif
/* Since Linux 6.17: how many frames one call may send where the kernel copies, 32 before. */
#define OPTION_SEND_BUDGET 9
#define SEND_BUDGET 1024
#define BUSY_POLL_BUDGET 64
#define BIND_TRIES 150
#define BIND_PAUSE_NS 10000000
#define KICKS 64

enum { RX, TX, FILL, COMPLETION, RINGS };

struct mapping {
    void *address;
    size_t bytes;
};

struct socket_of_queue {
    int fd;
    struct mapping rings[RINGS];
};

struct weir_xdp {
    struct weir_waitable waitable; /* fd: the socket of the only queue, else an epoll set of all */
    int packet;                    /* packet socket: asks about the interface, holds the membership */
    int epoll;
    int index;
    uint32_t flags;
    char name[WEIR_NAME_BYTES];
    struct xdp_program program; /* without a leader */
    const struct weir_xdp *leader;
    struct mapping memory;
    uint32_t first_queue;
    uint32_t queue_count;
    struct socket_of_queue queues[WEIR_XDP_MAX_QUEUES];
};

static struct weir_xdp *xdp_of(uint64_t xdp)
{
    return (struct weir_xdp *)(uintptr_t)xdp;
}

static const struct xdp_program *program_of(const struct weir_xdp *xdp)
{
    return xdp->leader ? &xdp->leader->program : &xdp->program;
}

static struct weir_xdp_counters *counters_of(const struct weir_xdp *xdp, uint32_t queue)
{
    return &program_of(xdp)->control->queues[xdp->first_queue + queue];
}

static int set(int fd, int level, int option, const void *value, socklen_t bytes)
{
    return setsockopt(fd, level, option, value, bytes) < 0 ? -errno : 0;
}

static int set_int(int fd, int level, int option, int value)
{
    return set(fd, level, option, &value, sizeof(value));
}

/* Receive queues of the device; 1 if it does not tell. */
static uint32_t queues_of(int fd, const char *name)
{
    struct ethtool_channels channels = {.cmd = ETHTOOL_GCHANNELS};
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    memcpy(request.ifr_name, name, WEIR_NAME_BYTES);
    request.ifr_data = (void *)&channels;
    if (ioctl(fd, SIOCETHTOOL, &request) < 0) {
        return 1;
    }
    const uint32_t count = channels.combined_count + channels.rx_count;
    return count == 0 ? 1 : count;
}

int32_t weir_xdp_queues(const char *name)
{
    char padded[WEIR_NAME_BYTES] = {0};
    memcpy(padded, name, strnlen(name, WEIR_NAME_BYTES - 1));
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -errno;
    }
    const uint32_t count = queues_of(fd, padded);
    close(fd);
    return (int32_t)count;
}

static int map_ring(struct mapping *mapping, int fd, uint64_t at, const struct xdp_ring_offset *offset,
                    size_t entries_bytes, struct weir_xdp_ring *told)
{
    mapping->bytes = offset->desc + entries_bytes;
    void *address = mmap(NULL, mapping->bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, fd, (off_t)at);
    if (address == MAP_FAILED) {
        return -errno;
    }
    mapping->address = address;
    const uint64_t base = (uint64_t)(uintptr_t)address;
    told->producer = base + offset->producer;
    told->consumer = base + offset->consumer;
    told->flags = base + offset->flags;
    told->entries = base + offset->desc;
    return 0;
}

/* Registers the queue's chunks and makes its rings. Both rings for offsets must exist, whatever the socket is for. */
static int make_rings(const struct weir_xdp *xdp, struct socket_of_queue *queue, uint32_t number,
                      const struct weir_xdp_request *request)
{
    const size_t bytes = (size_t)request->frames * request->chunk_bytes;
    const struct xdp_umem_reg chunks = {
        .addr = (uint64_t)(uintptr_t)xdp->memory.address + number * bytes,
        .len = bytes,
        .chunk_size = request->chunk_bytes,
    };
    struct weir_xdp_queue *told = (struct weir_xdp_queue *)(uintptr_t)request->queues + number;
    memset(told, 0, sizeof(*told));
    const int entries = (int)request->frames;
    const int receives = (request->flags & WEIR_XDP_RECEIVE) != 0;
    const int sends = (request->flags & WEIR_XDP_SEND) != 0;
    int result = set(queue->fd, SOL_XDP, XDP_UMEM_REG, &chunks, sizeof(chunks));
    if (result == 0) {
        result = set_int(queue->fd, SOL_XDP, XDP_UMEM_FILL_RING, entries);
    }
    if (result == 0) {
        result = set_int(queue->fd, SOL_XDP, XDP_UMEM_COMPLETION_RING, entries);
    }
    if (result == 0 && receives) {
        result = set_int(queue->fd, SOL_XDP, XDP_RX_RING, entries);
    }
    if (result == 0 && sends) {
        result = set_int(queue->fd, SOL_XDP, XDP_TX_RING, entries);
        (void)set_int(queue->fd, SOL_XDP, OPTION_SEND_BUDGET, SEND_BUDGET);
    }
    struct xdp_mmap_offsets offsets;
    socklen_t length = sizeof(offsets);
    if (result == 0 && getsockopt(queue->fd, SOL_XDP, XDP_MMAP_OFFSETS, &offsets, &length) < 0) {
        result = -errno;
    }
    if (result == 0 && length != sizeof(offsets)) {
        /* Linux before 5.4 tells no flags. */
        result = -EOPNOTSUPP;
    }
    const size_t descriptors = request->frames * sizeof(struct xdp_desc);
    const size_t numbers = request->frames * sizeof(uint64_t);
    if (result == 0) {
        result = map_ring(&queue->rings[FILL], queue->fd, XDP_UMEM_PGOFF_FILL_RING, &offsets.fr, numbers, &told->fill);
    }
    if (result == 0) {
        result = map_ring(&queue->rings[COMPLETION], queue->fd, XDP_UMEM_PGOFF_COMPLETION_RING, &offsets.cr, numbers,
                          &told->completion);
    }
    if (result == 0 && receives) {
        result = map_ring(&queue->rings[RX], queue->fd, XDP_PGOFF_RX_RING, &offsets.rx, descriptors, &told->rx);
    }
    if (result == 0 && sends) {
        result = map_ring(&queue->rings[TX], queue->fd, XDP_PGOFF_TX_RING, &offsets.tx, descriptors, &told->tx);
    }
    return result;
}

/* Busy polling is a wish: a kernel that has none of it goes on with interrupts. */
static void poll_busily(int fd, uint32_t microseconds)
{
    if (microseconds > 0) {
        (void)set_int(fd, SOL_SOCKET, SO_PREFER_BUSY_POLL, 1);
        (void)set_int(fd, SOL_SOCKET, SO_BUSY_POLL, (int)microseconds);
        (void)set_int(fd, SOL_SOCKET, SO_BUSY_POLL_BUDGET, BUSY_POLL_BUDGET);
    }
}

/* The kernel lets go of a queue some time after its last socket was closed. */
static int bind_patiently(int fd, const struct sockaddr_xdp *address)
{
    for (int i = 0;; i++) {
        if (bind(fd, (const struct sockaddr *)address, sizeof(*address)) == 0) {
            return 0;
        }
        if (errno != EBUSY || i == BIND_TRIES) {
            return -errno;
        }
        const struct timespec pause = {.tv_nsec = BIND_PAUSE_NS};
        nanosleep(&pause, NULL);
    }
}

/* Zero copy first. What the first queue has obtained, the others must obtain too. */
static int bind_queue(struct weir_xdp *xdp, uint32_t number, struct weir_xdp_request *request, uint32_t *copying)
{
    struct sockaddr_xdp address = {
        .sxdp_family = AF_XDP,
        .sxdp_ifindex = (uint32_t)xdp->index,
        .sxdp_queue_id = xdp->first_queue + number,
    };
    const uint16_t wakeup = request->flags & WEIR_XDP_NEED_WAKEUP ? XDP_USE_NEED_WAKEUP : 0;
    int result = -EOPNOTSUPP;
    if (*copying & WEIR_XDP_ZERO_COPY) {
        address.sxdp_flags = wakeup | XDP_ZEROCOPY;
        result = bind_patiently(xdp->queues[number].fd, &address);
        if (result == 0) {
            *copying = WEIR_XDP_ZERO_COPY;
            return 0;
        }
        request->zero_copy_error = -result;
    }
    if (*copying & WEIR_XDP_COPY && result != -EBUSY && result != -ENODEV) {
        address.sxdp_flags = wakeup | XDP_COPY;
        result = bind_patiently(xdp->queues[number].fd, &address);
        if (result == 0) {
            *copying = WEIR_XDP_COPY;
        }
    }
    return result;
}

static int attach(struct weir_xdp *xdp, struct weir_xdp_request *request)
{
    int result = -EOPNOTSUPP;
    if (request->modes & WEIR_XDP_NATIVE) {
        result = xdp_program_attach(&xdp->program, xdp->index, 1);
        if (result == 0) {
            request->modes &= ~WEIR_XDP_GENERIC;
            return 0;
        }
        request->native_error = -result;
    }
    if (request->modes & WEIR_XDP_GENERIC && result != -EBUSY && result != -EPERM) {
        result = xdp_program_attach(&xdp->program, xdp->index, 0);
        if (result == 0) {
            /* No driver takes part, so nobody could spare the copy. */
            request->modes &= ~(WEIR_XDP_NATIVE | WEIR_XDP_ZERO_COPY);
            request->modes |= WEIR_XDP_COPY;
        }
    }
    return result;
}

static int open_queues(struct weir_xdp *xdp, struct weir_xdp_request *request)
{
    uint32_t copying = request->modes & (WEIR_XDP_COPY | WEIR_XDP_ZERO_COPY);
    for (uint32_t i = 0; i < xdp->queue_count; i++) {
        struct socket_of_queue *queue = &xdp->queues[i];
        request->step = WEIR_XDP_STEP_RINGS;
        queue->fd = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
        if (queue->fd < 0) {
            return -errno;
        }
        int result = make_rings(xdp, queue, i, request);
        if (result < 0) {
            return result;
        }
        request->step = WEIR_XDP_STEP_BIND;
        poll_busily(queue->fd, request->busy_poll_us);
        if ((result = bind_queue(xdp, i, request, &copying)) < 0) {
            return result;
        }
        struct epoll_event event = {.events = EPOLLIN, .data.u32 = i};
        if (epoll_ctl(xdp->epoll, EPOLL_CTL_ADD, queue->fd, &event) < 0) {
            return -errno;
        }
        if (request->flags & WEIR_XDP_RECEIVE
            && (result = xdp_program_connect(program_of(xdp), xdp->first_queue + i, queue->fd)) < 0) {
            return result;
        }
    }
    request->modes = (request->modes & (WEIR_XDP_NATIVE | WEIR_XDP_GENERIC)) | copying;
    return 0;
}

/* Opens the interface that bears the name, with queues as in the request. */
static int open_interface(struct weir_xdp *xdp, struct weir_xdp_request *request)
{
    int result;
    request->step = WEIR_XDP_STEP_INTERFACE;
    result = interface_look_up(xdp->packet, xdp->name, &xdp->index, &request->hardware, &request->mtu);
    if (result < 0) {
        return result;
    }
    const uint32_t present = queues_of(xdp->packet, xdp->name);
    if (request->first_queue >= present) {
        return -ENXIO;
    }
    if (request->queue_count == 0 || request->queue_count > present - request->first_queue) {
        request->queue_count = present - request->first_queue;
    }
    return request->first_queue + request->queue_count > WEIR_XDP_MAX_QUEUES ? -E2BIG : 0;
}

static int open_device(struct weir_xdp *xdp, struct weir_xdp_request *request)
{
    int result;
    if (xdp->leader && xdp->leader->index != xdp->index) {
        return -EAGAIN;
    }
    if (request->flags & WEIR_XDP_RECEIVE && !xdp->leader) {
        request->step = WEIR_XDP_STEP_PROGRAM;
        if ((result = xdp_program_load(&xdp->program, request->longest)) < 0) {
            return result;
        }
        request->step = WEIR_XDP_STEP_ATTACH;
        if ((result = attach(xdp, request)) < 0) {
            return result;
        }
    }
    request->control = (uint64_t)(uintptr_t)program_of(xdp)->control;
    if ((result = open_queues(xdp, request)) < 0) {
        return result;
    }
    xdp->waitable.fd = xdp->queue_count == 1 ? xdp->queues[0].fd : xdp->epoll;
    request->step = WEIR_XDP_STEP_PROMISCUOUS;
    if (request->flags & WEIR_XDP_PROMISCUOUS && (result = interface_be_promiscuous(xdp->packet, xdp->index)) < 0) {
        return result;
    }
    request->step = 0;
    return 0;
}

/* The program goes first, so that nothing is redirected to a socket that is about to close. */
static void close_device(struct weir_xdp *xdp)
{
    weir_xdp_stop((uint64_t)(uintptr_t)xdp);
    xdp_program_detach(&xdp->program);
    xdp->waitable.fd = xdp->epoll;
    for (uint32_t i = 0; i < WEIR_XDP_MAX_QUEUES; i++) {
        struct socket_of_queue *queue = &xdp->queues[i];
        for (int ring = 0; ring < RINGS; ring++) {
            if (queue->rings[ring].address) {
                munmap(queue->rings[ring].address, queue->rings[ring].bytes);
                queue->rings[ring].address = NULL;
            }
        }
        if (queue->fd >= 0) {
            close(queue->fd);
            queue->fd = -1;
        }
    }
}

/* Ethernet header and two VLAN tags come on top of the MTU. */
#define LINK_HEADER 22

static void size_chunks(const struct weir_xdp *xdp, struct weir_xdp_request *request)
{
    if (request->chunk_bytes == 0) {
        request->chunk_bytes = request->mtu + LINK_HEADER + WEIR_XDP_HEADROOM <= 2048 ? 2048 : 4096;
    }
    if (request->longest == 0) {
        request->longest = request->chunk_bytes - WEIR_XDP_HEADROOM;
    }
    if (request->frames == 0) {
        request->frames = WEIR_XDP_MIN_FRAMES;
        while ((uint64_t)request->frames * 2 * request->chunk_bytes * xdp->queue_count <= request->memory_bytes) {
            request->frames *= 2;
        }
    }
}

static int set_up(struct weir_xdp *xdp, struct weir_xdp_request *request)
{
    request->step = WEIR_XDP_STEP_SOCKET;
    xdp->packet = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    xdp->epoll = epoll_create1(EPOLL_CLOEXEC);
    xdp->waitable.wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (xdp->packet < 0 || xdp->epoll < 0 || xdp->waitable.wake < 0) {
        return -errno;
    }
    const int result = open_interface(xdp, request);
    if (result < 0) {
        return result;
    }
    xdp->queue_count = request->queue_count;
    size_chunks(xdp, request);
    request->step = WEIR_XDP_STEP_MEMORY;
    const size_t bytes = (size_t)request->frames * request->chunk_bytes * xdp->queue_count;
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    if (memory == MAP_FAILED) {
        return -errno;
    }
    xdp->memory = (struct mapping){.address = memory, .bytes = bytes};
    request->memory = (uint64_t)(uintptr_t)memory;
    return open_device(xdp, request);
}

/* What is received passes on to the host's stack until the caller has filled the rings and cleared what closes each queue. */
int64_t weir_xdp_open(struct weir_xdp_request *request)
{
    struct weir_xdp *xdp = calloc(1, sizeof(*xdp));
    if (!xdp) {
        return -ENOMEM;
    }
    xdp->waitable = (struct weir_waitable){.fd = -1, .wake = -1};
    xdp->packet = -1;
    xdp->epoll = -1;
    xdp->program = (struct xdp_program){.sockets = -1, .counters = -1, .program = -1, .link = -1};
    xdp->leader = xdp_of(request->leader);
    xdp->first_queue = request->first_queue;
    for (uint32_t i = 0; i < WEIR_XDP_MAX_QUEUES; i++) {
        xdp->queues[i].fd = -1;
    }
    xdp->flags = request->flags;
    memcpy(xdp->name, request->name, WEIR_NAME_BYTES);
    xdp->name[WEIR_NAME_BYTES - 1] = 0;
    request->control = 0;
    request->memory = 0;
    request->zero_copy_error = 0;
    request->native_error = 0;
    const int result = set_up(xdp, request);
    if (result < 0) {
        weir_xdp_close((uint64_t)(uintptr_t)xdp);
        return result;
    }
    return (int64_t)(uintptr_t)xdp;
}

int32_t weir_xdp_kick(uint64_t handle, uint32_t queue, uint32_t what)
{
    const struct weir_xdp *xdp = xdp_of(handle);
    if (queue >= xdp->queue_count) {
        return -EINVAL;
    }
    const int fd = xdp->queues[queue].fd;
    if (what & WEIR_XDP_RECEIVE && recvfrom(fd, NULL, 0, MSG_DONTWAIT, NULL, NULL) < 0 && errno != EAGAIN) {
        return -errno;
    }
    if (what & WEIR_XDP_SEND) {
        /* EAGAIN: the call has used up its share and there is more; the queue of the device may be full as well. */
        for (int i = 0; i < KICKS; i++) {
            if (sendto(fd, NULL, 0, MSG_DONTWAIT, NULL, 0) >= 0) {
                return 0;
            }
            if (errno != EAGAIN && errno != EBUSY && errno != ENOBUFS) {
                return -errno;
            }
        }
        return -EAGAIN;
    }
    return 0;
}

/* Lets nothing more in: frames pass on to the host's stack. */
int32_t weir_xdp_stop(uint64_t handle)
{
    const struct weir_xdp *xdp = xdp_of(handle);
    for (uint32_t i = 0; i < xdp->queue_count && program_of(xdp)->control; i++) {
        __atomic_store_n(&counters_of(xdp, i)->closed, 1, __ATOMIC_RELEASE);
    }
    return 0;
}

int32_t weir_xdp_state(uint64_t handle)
{
    const struct weir_xdp *xdp = xdp_of(handle);
    return interface_state(xdp->packet, xdp->name, xdp->index);
}

int32_t weir_xdp_rebind(uint64_t handle, struct weir_xdp_request *request)
{
    struct weir_xdp *xdp = xdp_of(handle);
    const uint32_t hardware = request->hardware;
    close_device(xdp);
    int result = open_interface(xdp, request);
    if (result == 0 && (request->hardware != hardware || request->queue_count != xdp->queue_count)) {
        request->queue_count = xdp->queue_count;
        result = -EMEDIUMTYPE;
    }
    if (result == 0) {
        result = open_device(xdp, request);
    }
    if (result < 0) {
        close_device(xdp);
        /* No interface has this index: the state stays "gone", so that the caller tries again. */
        xdp->index = 0;
    }
    return result;
}

int32_t weir_xdp_totals(uint64_t handle, struct weir_xdp_totals *totals)
{
    const struct weir_xdp *xdp = xdp_of(handle);
    memset(totals, 0, sizeof(*totals));
    for (uint32_t i = 0; i < xdp->queue_count; i++) {
        struct xdp_statistics statistics;
        socklen_t length = sizeof(statistics);
        memset(&statistics, 0, sizeof(statistics));
        if (getsockopt(xdp->queues[i].fd, SOL_XDP, XDP_STATISTICS, &statistics, &length) < 0) {
            return -errno;
        }
        totals->no_chunk += statistics.rx_dropped;
        totals->ring_full += statistics.rx_ring_full;
        totals->invalid += statistics.rx_invalid_descs + statistics.tx_invalid_descs;
    }
    return 0;
}

/* Frees rings and chunks: nobody may read a frame any more. */
int32_t weir_xdp_close(uint64_t handle)
{
    struct weir_xdp *xdp = xdp_of(handle);
    close_device(xdp);
    xdp_program_close(&xdp->program);
    const int fds[] = {xdp->packet, xdp->epoll, xdp->waitable.wake};
    for (size_t i = 0; i < sizeof(fds) / sizeof(fds[0]); i++) {
        if (fds[i] >= 0) {
            close(fds[i]);
        }
    }
    if (xdp->memory.address) {
        munmap(xdp->memory.address, xdp->memory.bytes);
    }
    free(xdp);
    return 0;
}
