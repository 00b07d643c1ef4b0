/*
 * libweir: what the engine needs from Linux that the JDK does not offer.
 *
 * Plain C ABI. No globals, no callbacks, no allocation after an open. Every function takes at most five scalar
 * arguments (jnr-ffi corrupts a sixth) and returns a value >= 0, or -errno. What needs more goes through a struct in
 * memory of the caller; Java maps these structs by hand and compares its offsets with weir_layout() at load. Handles
 * are returned as addresses and owned by the caller until the matching close.
 */
#ifndef WEIR_H
#define WEIR_H

#include <stdint.h>

#define WEIR_API __attribute__((visibility("default")))

/* The version of this interface; Java refuses a library that answers otherwise. */
#define WEIR_ABI 9

WEIR_API int32_t weir_abi(void);

/* Writes sizes and offsets of all shared structs, in the order of layout.c; returns how many there are. */
WEIR_API int32_t weir_layout(int32_t *values, int32_t capacity);

/* ---- ring.c: a TPACKET_V3 receive ring ------------------------------------------------------------------------- */

#define WEIR_NAME_BYTES 16

#define WEIR_RING_PROMISCUOUS 1u
#define WEIR_RING_IGNORE_OUTGOING 2u
#define WEIR_RING_HARDWARE_STAMPS 4u

/* Bytes the kernel leaves free before each frame, enough to put a VLAN tag back in place. */
#define WEIR_RING_HEADROOM 4

/* A group of its own: above all numbers of groups, which begin at 0 with the first after a boot. */
#define WEIR_NEW_GROUP 0x10000u

/* What weir_ring_open was doing when it failed. */
enum weir_ring_step {
    WEIR_STEP_SOCKET = 1,
    WEIR_STEP_INTERFACE,
    WEIR_STEP_OPTION,
    WEIR_STEP_FILTER,
    WEIR_STEP_RING,
    WEIR_STEP_MAP,
    WEIR_STEP_BIND,
    WEIR_STEP_PROMISCUOUS,
    WEIR_STEP_PROGRAM, /* of fan-out: it is loaded */
    WEIR_STEP_FANOUT   /* the socket joins its group */
};

struct weir_ring_request {
    char name[WEIR_NAME_BYTES];  /* in: interface, zero-terminated */
    uint32_t block_bytes;        /* in: a multiple of the page size */
    uint32_t block_count;        /* in: blocks wanted; out: blocks obtained */
    uint32_t block_timeout_ms;   /* in: an unfinished block is handed over after this long */
    uint32_t flags;              /* in: WEIR_RING_ bits */
    uint64_t filter;             /* in: address of struct sock_filter[], or 0 */
    uint32_t filter_count;       /* in: its instructions */
    uint32_t hardware;           /* out: ARPHRD_ type */
    uint64_t map;                /* out: address of the first block */
    uint32_t mtu;                /* out: MTU */
    int32_t step;                /* out: enum weir_ring_step that failed, 0 if none */
    uint64_t words;              /* in: for fan-out, address of uint32_t[WEIR_FANOUT_WORDS], see fanout.c; else 0 */
    uint32_t group;              /* in: group to join, or WEIR_NEW_GROUP; out: the group joined */
    uint32_t padding;
};

/* Words of a Toeplitz hash: for each of 36 bytes of input, one for each value of the byte. */
#define WEIR_FANOUT_WORDS (36 * 256)

struct weir_ring_totals {
    uint64_t packets; /* frames offered to the socket, dropped ones included */
    uint64_t drops;   /* frames dropped because the ring was full */
    uint64_t freezes; /* times the ring froze */
};

#define WEIR_POLL_READY 1   /* a block may be ready */
#define WEIR_POLL_WOKEN 2   /* weir_ring_wake was called */
#define WEIR_POLL_DOWN 4    /* the interface went down or away: ask weir_ring_state */
#define WEIR_POLL_FAULT 8   /* the socket reported another error */

#define WEIR_INTERFACE_UP 0     /* bound and up */
#define WEIR_INTERFACE_DOWN 1   /* bound and down: the socket resumes by itself */
#define WEIR_INTERFACE_GONE 2   /* the bound interface does not exist any more: call weir_ring_rebind */

#define WEIR_POLL_MAX 64

WEIR_API int64_t weir_ring_open(struct weir_ring_request *request);
WEIR_API int32_t weir_ring_poll(const uint64_t *rings, int32_t count, int64_t timeout_ns, uint64_t input,
                                int32_t *answers);
WEIR_API int32_t weir_ring_wake(uint64_t ring);
WEIR_API int32_t weir_ring_state(uint64_t ring);
WEIR_API int32_t weir_ring_rebind(uint64_t ring, struct weir_ring_request *request);
/* A ring in fan-out lets nothing in from its open to this; takes the request's filter. */
WEIR_API int32_t weir_ring_admit(uint64_t ring, const struct weir_ring_request *request);
WEIR_API int32_t weir_ring_stop(uint64_t ring);
WEIR_API int32_t weir_ring_totals(uint64_t ring, struct weir_ring_totals *totals);
WEIR_API int32_t weir_ring_close(uint64_t ring);

/* ---- fanout.c: the program that chooses a member of a fan-out group by the flow of a frame ---------------------- */

/* Loads the program, with the words of a hash; returns its descriptor. */
WEIR_API int32_t weir_fanout_load(const uint32_t *words);
/* Has the kernel run it over an Ethernet frame, as if that had come in; sets the hash. */
WEIR_API int32_t weir_fanout_hash(int32_t program, const void *frame, uint32_t length, uint32_t *hash);
WEIR_API int32_t weir_fanout_close(int32_t program);

/* ---- xdp.c: AF_XDP sockets, one for each queue of an interface --------------------------------------------------- */

#define WEIR_XDP_MAX_QUEUES 64

#define WEIR_XDP_RECEIVE 1u
#define WEIR_XDP_SEND 2u
#define WEIR_XDP_PROMISCUOUS 4u
#define WEIR_XDP_NEED_WAKEUP 8u

/* Where the program runs, and who copies. In a request: what may be tried, the better first. */
#define WEIR_XDP_GENERIC 1u
#define WEIR_XDP_NATIVE 2u
#define WEIR_XDP_COPY 4u
#define WEIR_XDP_ZERO_COPY 8u

/* What weir_xdp_open was doing when it failed. */
enum weir_xdp_step {
    WEIR_XDP_STEP_SOCKET = 1,
    WEIR_XDP_STEP_INTERFACE,
    WEIR_XDP_STEP_MEMORY,
    WEIR_XDP_STEP_PROGRAM,
    WEIR_XDP_STEP_ATTACH,
    WEIR_XDP_STEP_RINGS,
    WEIR_XDP_STEP_BIND,
    WEIR_XDP_STEP_PROMISCUOUS
};

struct weir_xdp_request {
    char name[WEIR_NAME_BYTES];  /* in: interface, zero-terminated */
    uint32_t flags;              /* in: WEIR_XDP_ bits of the first group */
    uint32_t modes;              /* in: WEIR_XDP_ bits of the second group; out: the two that were obtained */
    uint32_t queue_count;        /* in: queues from first_queue on, 0 for all; out: queues opened */
    uint32_t frames;             /* in: chunks and ring entries of each queue, a power of two, or 0 for what
                                    memory_bytes has room for; out */
    uint32_t chunk_bytes;        /* in: 2048 or 4096, or 0 for what the MTU needs; out */
    uint32_t longest;            /* in: longer frames are counted and dropped, 0 for what a chunk holds; out */
    uint32_t busy_poll_us;       /* in: preferred busy polling, 0 for none */
    uint32_t hardware;           /* out: ARPHRD_ type */
    uint32_t mtu;                /* out */
    int32_t step;                /* out: enum weir_xdp_step that failed, 0 if none */
    int32_t zero_copy_error;     /* out: errno with which zero copy was refused, 0 if it was not tried or works */
    int32_t native_error;        /* out: the same of the driver's own mode */
    uint64_t queues;             /* in: address of struct weir_xdp_queue[WEIR_XDP_MAX_QUEUES]; out: filled */
    uint64_t memory;             /* out: address of all chunks, those of queue q from q * frames * chunk_bytes on */
    uint64_t control;            /* out: address of struct weir_xdp_control; 0 if nothing is received */
    uint64_t memory_bytes;       /* in: most memory for chunks if frames is 0 */
    uint64_t leader;             /* in: handle whose program feeds these queues too, which outlives this one; or 0 */
    uint32_t first_queue;        /* in: queues are counted from this one on */
    uint32_t padding;
};

/* The kernel keeps this much of a chunk free before a frame. */
#define WEIR_XDP_HEADROOM 256
#define WEIR_XDP_MIN_FRAMES 64

/* Addresses in one ring. Indices are 32 bits and run freely; the entry is the index modulo the ring's size. */
struct weir_xdp_ring {
    uint64_t producer;
    uint64_t consumer;
    uint64_t flags;              /* WEIR_XDP_WAKE_ME if the kernel wants weir_xdp_kick */
    uint64_t entries;            /* struct xdp_desc of 16 bytes, or offsets of 8 in fill and completion */
};

#define WEIR_XDP_WAKE_ME 1u

struct weir_xdp_queue {
    struct weir_xdp_ring rx;
    struct weir_xdp_ring tx;
    struct weir_xdp_ring fill;
    struct weir_xdp_ring completion;
};

/* Of one queue. Written by the program in the kernel, but for closed. They go on for as long as the handle lives. */
struct weir_xdp_counters {
    uint64_t frames;             /* that the program saw, those below included */
    uint64_t too_long;           /* dropped: longer than request.longest */
    uint64_t unstamped;          /* whose driver left no room for a stamp */
    uint64_t closed;             /* not 0: frames pass uncounted to the host's stack */
    uint64_t padding[4];
};

/* In the order of the device's queues. */
struct weir_xdp_control {
    struct weir_xdp_counters queues[WEIR_XDP_MAX_QUEUES];
};

/* In the 8 bytes before a received frame, unless unstamped grows: its CLOCK_MONOTONIC time in ns. */
#define WEIR_XDP_STAMP_BYTES 8

struct weir_xdp_totals {
    uint64_t no_chunk;           /* frames dropped because no chunk was free */
    uint64_t ring_full;          /* frames dropped because the receive ring was full */
    uint64_t invalid;            /* descriptors the kernel refused: a fault of the caller */
};

#define WEIR_XDP_FEATURE_REDIRECT 2
#define WEIR_XDP_FEATURE_ZERO_COPY 8

WEIR_API int64_t weir_xdp_open(struct weir_xdp_request *request);
/* Lets the kernel work on what was put into fill or send rings; takes WEIR_XDP_RECEIVE, WEIR_XDP_SEND. */
WEIR_API int32_t weir_xdp_kick(uint64_t xdp, uint32_t queue, uint32_t what);
WEIR_API int32_t weir_xdp_stop(uint64_t xdp);
WEIR_API int32_t weir_xdp_state(uint64_t xdp);
/* Lets go of the bound interface and opens the one that bears the name now; rings start anew, counters go on, chunks
 * stay where they are. -EMEDIUMTYPE if it is of another kind or has other queues; -EAGAIN while the leader has not. */
WEIR_API int32_t weir_xdp_rebind(uint64_t xdp, struct weir_xdp_request *request);
WEIR_API int32_t weir_xdp_totals(uint64_t xdp, struct weir_xdp_totals *totals);
WEIR_API int32_t weir_xdp_close(uint64_t xdp);
/* What the driver can do, as WEIR_XDP_FEATURE_ bits, without touching the interface; -EOPNOTSUPP before Linux 6.3. */
WEIR_API int32_t weir_xdp_features(const char *name);
/* Receive queues of a device; 1 if it does not tell. */
WEIR_API int32_t weir_xdp_queues(const char *name);

/* ---- pfring.c: PF_RING, by libpfring ---------------------------------------------------------------------------- */

#define WEIR_PFRING_PROMISCUOUS 1u
#define WEIR_PFRING_OUTGOING 2u
#define WEIR_PFRING_SEND 4u

/* What weir_pfring_open was doing when it failed. */
enum weir_pfring_step {
    WEIR_PFRING_STEP_LIBRARY = 1, /* -ELIBACC: it is missing; -ELIBBAD: it lacks a function; see text */
    WEIR_PFRING_STEP_INTERFACE,
    WEIR_PFRING_STEP_OPEN,        /* -EAFNOSUPPORT: the module is not loaded */
    WEIR_PFRING_STEP_OPTION,
    WEIR_PFRING_STEP_ENABLE
};

struct weir_pfring_request {
    char name[WEIR_NAME_BYTES];  /* in: interface, zero-terminated */
    uint64_t library;            /* in: address of a file name */
    uint64_t text;               /* in: address of text_bytes for what the loader says, zero-terminated on return */
    uint32_t text_bytes;         /* in */
    uint32_t flags;              /* in: WEIR_PFRING_ bits */
    uint32_t longest;            /* in: most bytes kept of a frame, 0 for what the MTU allows; out */
    uint32_t cluster;            /* in: id of a cluster to join, by flow, 0 for none */
    uint32_t watermark;          /* in: frames that end a wait */
    uint32_t hardware;           /* out: ARPHRD_ type */
    uint32_t mtu;                /* out */
    uint32_t version;            /* out: of the module */
    int32_t step;                /* out: enum weir_pfring_step that failed, 0 if none */
    uint32_t padding;
};

struct weir_pfring_frame {
    uint64_t address;
    uint64_t nanoseconds;        /* since 1970 */
    uint32_t captured;
    uint32_t length;
    uint32_t hash;               /* of the module, over the outer tuple */
    uint32_t flags;              /* WEIR_PFRING_FRAME_ bits */
};

#define WEIR_PFRING_FRAME_OUTGOING 1u
#define WEIR_PFRING_FRAME_CHECKSUM_OK 2u

/* One call's frames: copied, for what the library hands out is gone with its next call. */
struct weir_pfring_batch {
    uint64_t frames;             /* in: address of struct weir_pfring_frame[capacity] */
    uint64_t memory;             /* in: where bytes go, from used on */
    uint32_t memory_bytes;       /* in */
    uint32_t used;               /* in, out */
    uint32_t capacity;           /* in */
    uint32_t count;              /* out */
};

WEIR_API int64_t weir_pfring_open(struct weir_pfring_request *request);
/* Takes what lies ready, until the longest frame would find no room; returns how many frames. */
WEIR_API int32_t weir_pfring_receive(uint64_t pfring, struct weir_pfring_batch *batch);
/* Lets nothing more in; -EOPNOTSUPP if the library cannot filter. */
WEIR_API int32_t weir_pfring_stop(uint64_t pfring);
/* As weir_sender_send. */
WEIR_API int32_t weir_pfring_send(uint64_t pfring, const uint64_t *addresses, const int32_t *lengths, int32_t count);
/* Frames the module dropped since the open, those of interfaces that are gone included. */
WEIR_API int64_t weir_pfring_dropped(uint64_t pfring);
WEIR_API int32_t weir_pfring_state(uint64_t pfring);
WEIR_API int32_t weir_pfring_rebind(uint64_t pfring, struct weir_pfring_request *request);
WEIR_API int32_t weir_pfring_close(uint64_t pfring);

/* ---- filter.c: BPF programs, compiled by libpcap ----------------------------------------------------------------- */

struct weir_filter_request {
    uint64_t expression;     /* in: address of a zero-terminated expression */
    uint64_t device;         /* in: address of a device name, or 0 to compile for link_type alone */
    uint64_t program;        /* in: address of struct sock_filter[capacity] */
    uint64_t error;          /* in: address of error_bytes for a message, zero-terminated on return */
    int32_t capacity;        /* in */
    int32_t error_bytes;     /* in */
    int32_t snap_length;     /* in: what an accepting program returns */
    int32_t link_type;       /* in: DLT_ value if there is no device; out: that of the device */
};

/* Returns the number of instructions, or: -EINVAL the expression is wrong, -E2BIG it needs more than capacity,
 * -ENAMETOOLONG it is longer than WEIR_FILTER_TEXT_MAX, -ELIBACC libpcap is absent, -EPERM, -ENODEV, -ENETDOWN
 * the device cannot be opened. */
WEIR_API int32_t weir_filter_compile(struct weir_filter_request *request);

/* libpcap's cost grows with the square of the expression, and worse in its optimizer. */
#define WEIR_FILTER_TEXT_MAX 16384
#define WEIR_FILTER_OPTIMIZE_MAX 6000

/* ---- pattern.c: thousands of literals at once, by Hyperscan or Vectorscan -------------------------------------- */

#define WEIR_PATTERN_NO_CASE 1u

struct weir_pattern_literal {
    uint64_t bytes;          /* in: address */
    uint32_t length;         /* in: at least 1 */
    uint32_t flags;          /* in: WEIR_PATTERN_ bits */
    uint32_t earliest_start; /* in: lowest offset at which a match starts */
    uint32_t latest_end;     /* in: highest offset at which it ends, or WEIR_PATTERN_UNBOUNDED */
};

#define WEIR_PATTERN_UNBOUNDED 0x7fffffffu

struct weir_pattern_request {
    uint64_t library;        /* in: handle */
    uint64_t literals;       /* in: address of struct weir_pattern_literal[count]; a pattern's number is its index */
    uint64_t error;          /* in: address of error_bytes for a message, zero-terminated on return */
    uint64_t bytes;          /* out: memory the database takes */
    uint32_t count;          /* in */
    uint32_t error_bytes;    /* in */
    uint32_t stream;         /* in: 1 for bytes that arrive in pieces, else 0 */
    uint32_t stream_bytes;   /* out: memory an open stream takes */
};

/* One scan. Each pattern is told at most once for a job, with the end of its first match. */
struct weir_pattern_job {
    uint64_t database;
    uint64_t stream;         /* handle, or 0 if the database is for whole blocks */
    uint64_t address;
    uint64_t base;           /* added to the offsets the stream counts, before bounds are looked at */
    uint32_t length;
    uint32_t padding;
};

struct weir_pattern_match {
    uint32_t pattern;
    uint32_t job;            /* first_job + index of the job */
    uint64_t end;            /* offset behind the last byte */
};

struct weir_pattern_answer {
    uint64_t matches;        /* in: address of struct weir_pattern_match[capacity] */
    uint64_t marks;          /* in: address of one uint32_t for each pattern of the largest database */
    uint32_t capacity;       /* in: at least the patterns of the largest database */
    uint32_t generation;     /* in: this and the next count - 1 numbers are in none of the marks */
    uint32_t first_job;      /* in */
    uint32_t count;          /* out: matches */
};

/* Loads a library by its file name. Returns a handle and writes its version to text, or -errno and the reason. */
WEIR_API int64_t weir_pattern_open(const char *name, char *text, int32_t text_bytes);
WEIR_API int32_t weir_pattern_close(uint64_t library);
/* Returns a database, which threads may share, or -errno with the message of the library. */
WEIR_API int64_t weir_pattern_compile(struct weir_pattern_request *request);
WEIR_API int32_t weir_pattern_free(uint64_t database);
/* A scanner belongs to one thread. Fitting it to a database returns the memory it takes then, in bytes. */
WEIR_API int64_t weir_pattern_scanner_open(uint64_t library);
WEIR_API int64_t weir_pattern_scanner_fit(uint64_t scanner, uint64_t database);
WEIR_API int32_t weir_pattern_scanner_close(uint64_t scanner);
/* Does jobs in order while all patterns of the next one would find room; returns how many, at least 1. */
WEIR_API int32_t weir_pattern_scan(uint64_t scanner, const struct weir_pattern_job *jobs, int32_t count,
                                   struct weir_pattern_answer *answer);
/* 0 if a block holds none of the patterns, 1 if it may; of 0 bytes, 1 if of all blocks. Needs no scanner. */
WEIR_API int32_t weir_pattern_may_hold(uint64_t database, uint64_t address, int32_t length);
WEIR_API int64_t weir_pattern_stream_open(uint64_t database);
WEIR_API int32_t weir_pattern_stream_reset(uint64_t database, uint64_t stream);
WEIR_API int32_t weir_pattern_stream_close(uint64_t database, uint64_t stream);

/* ---- send.c: AF_PACKET transmission --------------------------------------------------------------------------- */

#define WEIR_SEND_BATCH 64
#define WEIR_SEND_QDISC_BYPASS 1

/* Returns a file descriptor, to be given back with weir_sender_close. */
WEIR_API int32_t weir_sender_open(const char *name, int32_t flags);
/* Sends frames in order, at most WEIR_SEND_BATCH; returns how many the kernel took, or -errno if it took none. */
WEIR_API int32_t weir_sender_send(int32_t sender, const uint64_t *addresses, const int32_t *lengths, int32_t count);
WEIR_API int32_t weir_sender_close(int32_t sender);

/* ---- link.c: interfaces of the calling thread's network namespace ------------------------------------------------ */

struct weir_interface {
    char name[WEIR_NAME_BYTES];
    char driver[32];
    int32_t index;
    uint32_t flags;     /* IFF_ bits */
    uint32_t mtu;
    uint32_t hardware;  /* ARPHRD_ type */
    uint32_t offloads;  /* WEIR_OFFLOAD_ bits */
    uint8_t mac[6];
    uint8_t padding[2];
};

#define WEIR_OFFLOAD_RX_CHECKSUM 1u
#define WEIR_OFFLOAD_TX_CHECKSUM 2u
#define WEIR_OFFLOAD_SCATTER_GATHER 4u
#define WEIR_OFFLOAD_TSO 8u
#define WEIR_OFFLOAD_GSO 16u
#define WEIR_OFFLOAD_GRO 32u
#define WEIR_OFFLOAD_LRO 64u
#define WEIR_OFFLOAD_RX_VLAN 128u
#define WEIR_OFFLOAD_TX_VLAN 256u
#define WEIR_OFFLOAD_RX_HASH 512u

struct weir_address {
    int32_t index;      /* interface */
    int32_t family;     /* AF_INET or AF_INET6 */
    uint8_t bytes[16];
    int32_t prefix;     /* bits of the network */
};

/* Both fill at most capacity entries and return how many there are in all. */
WEIR_API int32_t weir_interfaces(struct weir_interface *interfaces, int32_t capacity);
WEIR_API int32_t weir_addresses(struct weir_address *addresses, int32_t capacity);

/* ---- thread.c: the calling thread and its memory ----------------------------------------------------------------- */

/* Both masks are arrays of bytes, CPU 0 in the lowest bit of the first. Returns the bytes written. */
WEIR_API int32_t weir_affinity_get(uint8_t *mask, int32_t bytes);
WEIR_API int32_t weir_affinity_set(const uint8_t *mask, int32_t bytes);
/* Sets the nice value of the calling thread: up to 19, the lowest priority. To lower it again takes CAP_SYS_NICE. */
WEIR_API int32_t weir_thread_nice(int32_t nice);
/* Moves the calling thread alone into the network namespace that a path such as /run/netns/NAME stands for. */
WEIR_API int32_t weir_enter_namespace(const char *path);
/* Asks for huge pages behind [address, address + bytes). */
WEIR_API int32_t weir_huge_pages(uint64_t address, int64_t bytes);

/* ---- checksum.c: the checksums of TCP ---------------------------------------------------------------------------- */

struct weir_segment {
    uint64_t ip;        /* in: address of the IP header */
    uint32_t header;    /* in: its bytes, 20 in IPv4 and 40 in IPv6; TCP is right behind it */
    uint32_t bytes;     /* in: of TCP header and data, at least 20 */
    uint32_t right;     /* out: 1 if the checksums of TCP and of an IPv4 header are right, else 0 */
    uint32_t padding;
};

/* Judges TCP segments; returns count, or -EOPNOTSUPP where the processor lacks AVX2. Any thread. */
WEIR_API int32_t weir_checksums(struct weir_segment *segments, int32_t count);

/* ---- header.c: header lines of messages -------------------------------------------------------------------------- */

#define WEIR_NAME_BITS 6
#define WEIR_NAME_FACTOR 0xdcf4bb99u
#define WEIR_HEADERS_FOUND 32

/* A name that is looked for, of 4 to 24 bytes in lower case, in eight bytes each as memory has them, zeros behind. */
struct weir_name {
    uint64_t first;     /* from the first on */
    uint64_t second;    /* from the ninth on */
    uint64_t last;      /* the last eight; of shorter names 0 */
    uint32_t bytes;
    uint32_t number;    /* from 1 on */
};

struct weir_header {
    uint32_t number;    /* of its name */
    uint32_t from;      /* its value in the text, without blanks around it */
    uint32_t to;
};

struct weir_header_lines {
    uint32_t bytes;     /* of the lines, and of a first line in front of them */
    uint32_t lines;     /* how many */
    uint32_t last;      /* number of the last one's name, or 0 */
    uint32_t first;     /* bytes of a first line that is no header, without its end, or 0 */
    struct weir_header found[WEIR_HEADERS_FOUND];
};

/*
 * Finds headers in the lines in front of a text of 32 bytes at least, at most so many lines: those of bytes from 0x20
 * to 0x9f, CR LF behind them, that begin with a name and a colon right behind it, and with eight bytes that are there.
 * The first that is another ends them.
 *
 * names  2^WEIR_NAME_BITS, each at ((its first four bytes | 0x20202020) + its length) * WEIR_NAME_FACTOR >> 26, the bytes
 *        as a number in the order of the machine; a place without one has no bytes. They are made of letters and '-'.
 *
 * Returns how many were found, or -EOPNOTSUPP where the processor lacks AVX2. Any thread.
 */
WEIR_API int32_t weir_header_lines(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines);

/* The same behind a first line of such bytes, CR LF behind it, that begins with no blank; without it there are none. */
WEIR_API int32_t weir_message_head(const uint8_t *text, int32_t bytes, int32_t most, const struct weir_name *names,
    struct weir_header_lines *lines);

/* ---- notify.c: the service manager ------------------------------------------------------------------------------- */

/* Sends a state, such as "READY=1", to the socket that NOTIFY_SOCKET names: a path, or '@' and an abstract name.
 * Waits a second at most for a manager that does not read. */
WEIR_API int32_t weir_service_notify(const char *path, const char *state, int32_t bytes);

#endif
