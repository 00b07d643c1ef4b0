/*
 * The part of libpfring's interface that is used, in declarations of our own: nothing of PF_RING is needed to build.
 * As of PF_RING 6 to 8; what lies behind the fields named here differs between releases and is only room.
 */
#ifndef PFRING_API_H
#define PFRING_API_H

#include <stdint.h>

struct pfring;

#define PFRING_LONG_HEADER (1u << 2)
#define PFRING_PROMISCUOUS (1u << 3)
#define PFRING_TIMESTAMP (1u << 4)

#define PFRING_DIRECTION_BOTH 0
#define PFRING_DIRECTION_RECEIVED 1
#define PFRING_MODE_SEND 1
#define PFRING_MODE_RECEIVE 2
#define PFRING_CLUSTER_5_TUPLE 4
#define PFRING_NO_SEND_SLOT (-4)

#pragma pack(push, 1)
struct pfring_header {
    int64_t seconds;
    int64_t microseconds;
    uint32_t captured;
    uint32_t length;
    uint64_t nanoseconds; /* since 1970, 0 if not known */
    uint32_t flags;
    uint8_t rx_direction;
    uint8_t other[3];
    int32_t index;
    uint32_t hash;
    uint8_t room[976];
};
#pragma pack(pop)

#define PFRING_FLAG_CHECKSUM_OK (1u << 1)

struct pfring_counts {
    uint64_t received;
    uint64_t dropped;
};

typedef struct pfring *pfring_open_function(const char *device, uint32_t longest, uint32_t flags);
typedef int pfring_set_application_name_function(struct pfring *ring, char *name);
typedef int pfring_set_direction_function(struct pfring *ring, int direction);
typedef int pfring_set_socket_mode_function(struct pfring *ring, int mode);
typedef int pfring_set_poll_watermark_function(struct pfring *ring, uint16_t frames);
typedef int pfring_set_cluster_function(struct pfring *ring, unsigned id, int type);
typedef int pfring_set_bpf_filter_function(struct pfring *ring, char *expression);
typedef int pfring_enable_ring_function(struct pfring *ring);
typedef int pfring_recv_function(struct pfring *ring, uint8_t **buffer, unsigned bytes, struct pfring_header *header,
                                 uint8_t wait);
typedef int pfring_send_function(struct pfring *ring, char *frame, unsigned bytes, uint8_t flush);
typedef int pfring_stats_function(struct pfring *ring, struct pfring_counts *counts);
typedef int pfring_version_function(struct pfring *ring, uint32_t *version);
typedef void pfring_breakloop_function(struct pfring *ring);
typedef int pfring_get_selectable_fd_function(struct pfring *ring);
typedef void pfring_close_function(struct pfring *ring);

#endif
