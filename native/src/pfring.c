/*
 * PF_RING through libpfring, which is looked up at run time. Its ring could be walked from outside, but the layout is
 * its own affair; so frames are taken by its calls, a batch for each call from Java, and copied: what it hands out is
 * valid until the next frame is asked for.
 */
#include "interface.h"
#include "pfring_api.h"

#include <arpa/inet.h>
#include <dlfcn.h>
#include <linux/if_ether.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

/* Ethernet header and two VLAN tags, which the module puts back in place. */
#define LINK_HEADER 22
#define ALIGNED(bytes) (((bytes) + 7u) & ~7u)

struct functions {
    pfring_open_function *open;
    pfring_set_application_name_function *set_application_name;
    pfring_set_direction_function *set_direction;
    pfring_set_socket_mode_function *set_socket_mode;
    pfring_set_poll_watermark_function *set_poll_watermark;
    pfring_set_cluster_function *set_cluster;
    pfring_set_bpf_filter_function *set_bpf_filter;
    pfring_enable_ring_function *enable_ring;
    pfring_recv_function *recv;
    pfring_send_function *send;
    pfring_stats_function *stats;
    pfring_version_function *version;
    pfring_breakloop_function *breakloop;
    pfring_get_selectable_fd_function *get_selectable_fd;
    pfring_close_function *close;
};

struct weir_pfring {
    struct weir_waitable waitable; /* fd: the library's, or -1 if it has none: then the caller looks now and then */
    int packet;                    /* packet socket: asks about the interface */
    int index;
    uint32_t longest;
    char name[WEIR_NAME_BYTES];
    void *library;
    struct functions call;
    struct pfring *ring;
    uint64_t past_drops;
    struct pfring_header header;
};

static struct weir_pfring *pfring_of(uint64_t pfring)
{
    return (struct weir_pfring *)(uintptr_t)pfring;
}

static void say(const struct weir_pfring_request *request, const char *what)
{
    if (request->text_bytes > 0) {
        snprintf((char *)(uintptr_t)request->text, request->text_bytes, "%s", what ? what : "");
    }
}

static int find(struct weir_pfring *pfring, const struct weir_pfring_request *request, const char *name, void *function)
{
    char symbol[64];
    snprintf(symbol, sizeof(symbol), "pfring_%s", name);
    void *found = dlsym(pfring->library, symbol);
    if (!found) {
        say(request, symbol);
        return -ELIBBAD;
    }
    /* ISO C has no conversion from data to function pointers; POSIX says how it is done. */
    memcpy(function, &found, sizeof(found));
    return 0;
}

#define FIND(name) (result == 0 ? find(pfring, request, #name, (void *)&pfring->call.name) : result)

static int load(struct weir_pfring *pfring, const struct weir_pfring_request *request)
{
    say(request, "");
    pfring->library = dlopen((const char *)(uintptr_t)request->library, RTLD_NOW | RTLD_LOCAL);
    if (!pfring->library) {
        say(request, dlerror());
        return -ELIBACC;
    }
    int result = 0;
    result = FIND(open);
    result = FIND(set_application_name);
    result = FIND(set_direction);
    result = FIND(set_socket_mode);
    result = FIND(set_poll_watermark);
    result = FIND(set_cluster);
    result = FIND(set_bpf_filter);
    result = FIND(enable_ring);
    result = FIND(recv);
    result = FIND(send);
    result = FIND(stats);
    result = FIND(version);
    result = FIND(breakloop);
    result = FIND(get_selectable_fd);
    result = FIND(close);
    return result;
}

static int set_options(struct weir_pfring *pfring, const struct weir_pfring_request *request)
{
    char name[] = "weir";
    const int sends = (request->flags & WEIR_PFRING_SEND) != 0;
    (void)pfring->call.set_application_name(pfring->ring, name);
    if (pfring->call.set_socket_mode(pfring->ring, sends ? PFRING_MODE_SEND : PFRING_MODE_RECEIVE) < 0) {
        return -EINVAL;
    }
    if (sends) {
        return 0;
    }
    const int direction = request->flags & WEIR_PFRING_OUTGOING ? PFRING_DIRECTION_BOTH : PFRING_DIRECTION_RECEIVED;
    if (pfring->call.set_direction(pfring->ring, direction) < 0) {
        return -EINVAL;
    }
    (void)pfring->call.set_poll_watermark(pfring->ring, (uint16_t)request->watermark);
    if (request->cluster != 0
        && pfring->call.set_cluster(pfring->ring, request->cluster, PFRING_CLUSTER_5_TUPLE) < 0) {
        return -EINVAL;
    }
    return 0;
}

static int open_ring(struct weir_pfring *pfring, struct weir_pfring_request *request)
{
    int result;
    request->step = WEIR_PFRING_STEP_INTERFACE;
    result = interface_look_up(pfring->packet, pfring->name, &pfring->index, &request->hardware, &request->mtu);
    if (result < 0) {
        return result;
    }
    /* Slots of the module's ring are as long as the longest frame: more than can come would be so many slots less. */
    const uint32_t most = request->mtu + LINK_HEADER;
    pfring->longest = request->longest == 0 || request->longest > most ? most : request->longest;
    request->step = WEIR_PFRING_STEP_OPEN;
    errno = 0;
    pfring->ring = pfring->call.open(pfring->name, pfring->longest, PFRING_LONG_HEADER | PFRING_TIMESTAMP
                                     | (request->flags & WEIR_PFRING_PROMISCUOUS ? PFRING_PROMISCUOUS : 0));
    if (!pfring->ring) {
        return errno ? -errno : -EIO;
    }
    request->step = WEIR_PFRING_STEP_OPTION;
    if ((result = set_options(pfring, request)) < 0) {
        return result;
    }
    (void)pfring->call.version(pfring->ring, &request->version);
    request->step = WEIR_PFRING_STEP_ENABLE;
    if (pfring->call.enable_ring(pfring->ring) < 0) {
        return -EIO;
    }
    pfring->waitable.fd = pfring->call.get_selectable_fd(pfring->ring);
    request->step = 0;
    return 0;
}

static void close_ring(struct weir_pfring *pfring)
{
    if (pfring->ring) {
        pfring->call.breakloop(pfring->ring);
        pfring->call.close(pfring->ring);
        pfring->ring = NULL;
        pfring->waitable.fd = -1;
    }
}

int64_t weir_pfring_open(struct weir_pfring_request *request)
{
    struct weir_pfring *pfring = calloc(1, sizeof(*pfring));
    if (!pfring) {
        return -ENOMEM;
    }
    memcpy(pfring->name, request->name, WEIR_NAME_BYTES);
    pfring->name[WEIR_NAME_BYTES - 1] = 0;
    pfring->waitable.fd = -1;
    pfring->waitable.wake = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    request->step = WEIR_PFRING_STEP_LIBRARY;
    int result = load(pfring, request);
    if (result == 0) {
        request->step = WEIR_PFRING_STEP_INTERFACE;
        pfring->packet = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
        result = pfring->packet < 0 || pfring->waitable.wake < 0 ? -errno : open_ring(pfring, request);
    } else {
        pfring->packet = -1;
    }
    if (result < 0) {
        weir_pfring_close((uint64_t)(uintptr_t)pfring);
        return result;
    }
    request->longest = pfring->longest;
    return (int64_t)(uintptr_t)pfring;
}

int32_t weir_pfring_receive(uint64_t handle, struct weir_pfring_batch *batch)
{
    struct weir_pfring *pfring = pfring_of(handle);
    struct weir_pfring_frame *frames = (struct weir_pfring_frame *)(uintptr_t)batch->frames;
    struct pfring_header *header = &pfring->header;
    batch->count = 0;
    if (!pfring->ring) {
        return 0;
    }
    while (batch->count < batch->capacity && batch->used + (uint64_t)pfring->longest <= batch->memory_bytes) {
        uint8_t *data = NULL;
        header->nanoseconds = 0;
        const int result = pfring->call.recv(pfring->ring, &data, 0, header, 0);
        if (result < 0 && batch->count == 0) {
            return -EIO;
        }
        if (result <= 0 || !data) {
            break;
        }
        uint32_t captured = header->captured;
        if (captured > pfring->longest) {
            captured = pfring->longest;
        }
        struct weir_pfring_frame *frame = &frames[batch->count++];
        frame->address = batch->memory + batch->used;
        frame->captured = captured;
        frame->length = header->length < captured ? captured : header->length;
        frame->hash = header->hash;
        frame->flags = (header->rx_direction ? 0 : WEIR_PFRING_FRAME_OUTGOING)
            | (header->flags & PFRING_FLAG_CHECKSUM_OK ? WEIR_PFRING_FRAME_CHECKSUM_OK : 0);
        frame->nanoseconds = header->nanoseconds != 0 ? header->nanoseconds
            : (uint64_t)header->seconds * 1000000000 + (uint64_t)header->microseconds * 1000;
        memcpy((void *)(uintptr_t)frame->address, data, captured);
        batch->used += ALIGNED(captured);
        if (batch->used > batch->memory_bytes) {
            batch->used = batch->memory_bytes;
        }
    }
    return (int32_t)batch->count;
}

/* No frame is shorter than nothing. A library built without filters refuses. */
int32_t weir_pfring_stop(uint64_t handle)
{
    struct weir_pfring *pfring = pfring_of(handle);
    char nothing[] = "less 0";
    return pfring->ring && pfring->call.set_bpf_filter(pfring->ring, nothing) < 0 ? -EOPNOTSUPP : 0;
}

int32_t weir_pfring_send(uint64_t handle, const uint64_t *addresses, const int32_t *lengths, int32_t count)
{
    struct weir_pfring *pfring = pfring_of(handle);
    for (int32_t i = 0; i < count; i++) {
        const int result = pfring->call.send(pfring->ring, (char *)(uintptr_t)addresses[i], (unsigned)lengths[i],
                                             i + 1 == count);
        if (result < 0) {
            return i > 0 ? i : result == PFRING_NO_SEND_SLOT ? -ENOBUFS : -EIO;
        }
    }
    return count;
}

int64_t weir_pfring_dropped(uint64_t handle)
{
    const struct weir_pfring *pfring = pfring_of(handle);
    struct pfring_counts counts = {0};
    if (pfring->ring && pfring->call.stats(pfring->ring, &counts) < 0) {
        return -EIO;
    }
    return (int64_t)(pfring->past_drops + counts.dropped);
}

int32_t weir_pfring_state(uint64_t handle)
{
    const struct weir_pfring *pfring = pfring_of(handle);
    return interface_state(pfring->packet, pfring->name, pfring->index);
}

/* Opens a ring on the interface that bears the name now. */
int32_t weir_pfring_rebind(uint64_t handle, struct weir_pfring_request *request)
{
    struct weir_pfring *pfring = pfring_of(handle);
    const uint32_t hardware = request->hardware;
    const int64_t dropped = weir_pfring_dropped(handle);
    if (dropped > 0) {
        pfring->past_drops = (uint64_t)dropped;
    }
    close_ring(pfring);
    int result = open_ring(pfring, request);
    if (result == 0 && request->hardware != hardware) {
        result = -EMEDIUMTYPE;
    }
    if (result < 0) {
        close_ring(pfring);
        /* No interface has this index: the state stays "gone", so that the caller tries again. */
        pfring->index = 0;
    }
    return result;
}

int32_t weir_pfring_close(uint64_t handle)
{
    struct weir_pfring *pfring = pfring_of(handle);
    close_ring(pfring);
    if (pfring->library) {
        dlclose(pfring->library);
    }
    if (pfring->packet >= 0) {
        close(pfring->packet);
    }
    if (pfring->waitable.wake >= 0) {
        close(pfring->waitable.wake);
    }
    free(pfring);
    return 0;
}
