/* The receive ring on the loopback interface of a private network namespace. */
#include "check.h"
#include "weir.h"

#include <arpa/inet.h>
#include <linux/filter.h>
#include <linux/if_packet.h>
#include <netinet/in.h>
#include <pthread.h>

#define BLOCK_BYTES (128u << 10)
#define BLOCKS 4u

static struct weir_ring_request request_for(const char *name)
{
    struct weir_ring_request request = {.block_bytes = BLOCK_BYTES, .block_count = BLOCKS, .block_timeout_ms = 2,
                                        .flags = WEIR_RING_PROMISCUOUS | WEIR_RING_IGNORE_OUTGOING};
    strncpy(request.name, name, sizeof(request.name) - 1);
    return request;
}

static void send_datagrams(int count)
{
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(9),
                                   .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    CHECK(fd >= 0);
    for (int i = 0; i < count; i++) {
        /* Nobody listens: every other send reports the ICMP answer to the one before. */
        (void)sendto(fd, &i, sizeof(i), 0, (const struct sockaddr *)&to, sizeof(to));
    }
    close(fd);
}

static struct tpacket_block_desc *block_of(const struct weir_ring_request *request, uint32_t block)
{
    const uint64_t offset = (uint64_t)(block % request->block_count) * BLOCK_BYTES;
    return (struct tpacket_block_desc *)(uintptr_t)(request->map + offset);
}

static uint32_t status_of(const struct tpacket_block_desc *block)
{
    return __atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE);
}

/* Walks finished blocks until `wanted` UDP frames were seen, giving blocks back; returns the frames of all kinds. */
static uint32_t read_frames(uint64_t ring, const struct weir_ring_request *request, uint32_t *block, uint32_t wanted)
{
    const int64_t end = now_ns() + 10000000000;
    int32_t answer;
    uint32_t all = 0;
    for (uint32_t udp = 0; udp < wanted;) {
        struct tpacket_block_desc *at = block_of(request, *block);
        if (!(status_of(at) & TP_STATUS_USER)) {
            CHECK(now_ns() < end);
            CHECK(weir_ring_poll(&ring, 1, 100000000, 1, &answer) >= 0);
            continue;
        }
        const uint8_t *frame = (const uint8_t *)at + at->hdr.bh1.offset_to_first_pkt;
        for (uint32_t i = 0; i < at->hdr.bh1.num_pkts; i++) {
            const struct tpacket3_hdr *header = (const struct tpacket3_hdr *)(const void *)frame;
            CHECK(header->tp_snaplen <= header->tp_len);
            CHECK(header->tp_mac >= sizeof(*header) + WEIR_RING_HEADROOM);
            udp += frame[header->tp_mac + 14 + 9] == IPPROTO_UDP;
            all++;
            frame += header->tp_next_offset;
        }
        __atomic_store_n(&at->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
        (*block)++;
    }
    return all;
}

static void should_receive_and_keep_totals_that_the_kernel_resets(void)
{
    struct weir_ring_request request = request_for("lo");
    struct weir_ring_totals totals;
    uint32_t block = 0;
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    CHECK_EQUAL(0, request.step);
    CHECK_EQUAL(BLOCKS, request.block_count);
    CHECK_EQUAL(772, request.hardware);
    CHECK_EQUAL(65536, request.mtu);
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    CHECK_EQUAL(0, totals.packets);
    send_datagrams(1);
    uint32_t frames = read_frames((uint64_t)ring, &request, &block, 1);
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    CHECK(totals.packets >= frames);
    const uint64_t before = totals.packets;
    send_datagrams(1);
    read_frames((uint64_t)ring, &request, &block, 1);
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    CHECK(totals.packets > before);
    CHECK_EQUAL(0, totals.drops);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_let_nothing_in_before_the_filter(void)
{
    struct sock_filter none = {.code = BPF_RET | BPF_K, .k = 0};
    struct weir_ring_request request = request_for("lo");
    struct weir_ring_totals totals;
    request.filter = (uint64_t)(uintptr_t)&none;
    request.filter_count = 1;
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    send_datagrams(5);
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    CHECK_EQUAL(0, totals.packets);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_let_nothing_in_after_stop(void)
{
    struct weir_ring_request request = request_for("lo");
    struct weir_ring_totals totals;
    uint32_t block = 0;
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    send_datagrams(1);
    CHECK_EQUAL(0, weir_ring_stop((uint64_t)ring));
    send_datagrams(5);
    const uint32_t frames = read_frames((uint64_t)ring, &request, &block, 1);
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    CHECK_EQUAL(frames, totals.packets);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_count_drops_of_a_full_ring(void)
{
    struct weir_ring_request request = request_for("lo");
    struct weir_ring_totals totals;
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    send_datagrams(20000);
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    CHECK(totals.drops > 0);
    CHECK(totals.packets > totals.drops);
    CHECK(totals.freezes > 0);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void *wake(void *ring)
{
    CHECK_EQUAL(0, weir_ring_wake((uint64_t)(uintptr_t)ring));
    return NULL;
}

static void should_wake_a_blocked_poll(void)
{
    struct weir_ring_request request = request_for("lo");
    pthread_t other;
    int32_t answer;
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    const uint64_t rings[1] = {(uint64_t)ring};
    const int64_t start = now_ns();
    CHECK_EQUAL(0, pthread_create(&other, NULL, wake, (void *)(uintptr_t)ring));
    CHECK_EQUAL(WEIR_POLL_WOKEN, weir_ring_poll(rings, 1, 30000000000, 1, &answer));
    CHECK_EQUAL(WEIR_POLL_WOKEN, answer);
    CHECK(now_ns() - start < 20000000000);
    CHECK_EQUAL(0, pthread_join(other, NULL));
    CHECK_EQUAL(0, weir_ring_poll(rings, 1, 0, 1, &answer));
    CHECK_EQUAL(-EINVAL, weir_ring_poll(rings, WEIR_POLL_MAX + 1, 0, 1, &answer));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_not_wake_for_input_that_was_not_asked_for(void)
{
    struct weir_ring_request request = request_for("lo");
    int32_t answers[2];
    const int64_t first = weir_ring_open(&request);
    struct weir_ring_request another = request_for("lo");
    const int64_t second = weir_ring_open(&another);
    CHECK(first > 0 && second > 0);
    const uint64_t rings[2] = {(uint64_t)first, (uint64_t)second};
    send_datagrams(3);
    CHECK_EQUAL(WEIR_POLL_READY, weir_ring_poll(rings, 2, 10000000000, 2, answers));
    CHECK_EQUAL(0, answers[0]);
    CHECK_EQUAL(WEIR_POLL_READY, answers[1]);
    CHECK_EQUAL(0, weir_ring_poll(rings, 2, 0, 0, answers));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)first));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)second));
}

static void should_tell_down_once_and_resume_after_up(void)
{
    struct weir_ring_request request = request_for("lo");
    uint32_t block = 0;
    int32_t answer;
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    const uint64_t rings[1] = {(uint64_t)ring};
    CHECK_EQUAL(WEIR_INTERFACE_UP, weir_ring_state((uint64_t)ring));
    set_up_or_down("lo", 0);
    CHECK_EQUAL(WEIR_POLL_DOWN, weir_ring_poll(rings, 1, 10000000000, 1, &answer));
    CHECK_EQUAL(WEIR_INTERFACE_DOWN, weir_ring_state((uint64_t)ring));
    CHECK_EQUAL(0, weir_ring_poll(rings, 1, 0, 1, &answer));
    set_up_or_down("lo", 1);
    CHECK_EQUAL(WEIR_INTERFACE_UP, weir_ring_state((uint64_t)ring));
    send_datagrams(1);
    read_frames((uint64_t)ring, &request, &block, 1);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_say_which_step_failed(void)
{
    struct weir_ring_request request = request_for("weir9");
    CHECK_EQUAL(-ENODEV, weir_ring_open(&request));
    CHECK_EQUAL(WEIR_STEP_INTERFACE, request.step);
    request = request_for("lo");
    request.block_bytes = 5000;
    CHECK_EQUAL(-EINVAL, weir_ring_open(&request));
    CHECK_EQUAL(WEIR_STEP_RING, request.step);
    struct sock_filter nonsense = {.code = 0xffff};
    request = request_for("lo");
    request.filter = (uint64_t)(uintptr_t)&nonsense;
    request.filter_count = 1;
    CHECK_EQUAL(-EINVAL, weir_ring_open(&request));
    CHECK_EQUAL(WEIR_STEP_FILTER, request.step);
    request.filter_count = 5000;
    CHECK_EQUAL(-E2BIG, weir_ring_open(&request));
}

static void should_bind_again_only_to_a_device_of_the_same_kind(void)
{
    struct weir_ring_request request = request_for("lo");
    const int64_t ring = weir_ring_open(&request);
    CHECK(ring > 0);
    CHECK_EQUAL(0, weir_ring_rebind((uint64_t)ring, &request));
    CHECK_EQUAL(WEIR_INTERFACE_UP, weir_ring_state((uint64_t)ring));
    request.hardware = 1;
    CHECK_EQUAL(-EMEDIUMTYPE, weir_ring_rebind((uint64_t)ring, &request));
    CHECK_EQUAL(WEIR_INTERFACE_GONE, weir_ring_state((uint64_t)ring));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_refuse_a_thread_without_the_capability(void)
{
    /* User 65534 has none. There is no way back, so this test is the last of its process. */
    struct weir_ring_request request = request_for("lo");
    CHECK_EQUAL(0, setuid(65534));
    CHECK_EQUAL(-EPERM, weir_ring_open(&request));
    CHECK_EQUAL(WEIR_STEP_SOCKET, request.step);
    CHECK_EQUAL(-EPERM, weir_sender_open("lo", 0));
}

int main(void)
{
    enter_private_network("test_ring");
    RUN(should_receive_and_keep_totals_that_the_kernel_resets);
    RUN(should_let_nothing_in_before_the_filter);
    RUN(should_let_nothing_in_after_stop);
    RUN(should_count_drops_of_a_full_ring);
    RUN(should_wake_a_blocked_poll);
    RUN(should_not_wake_for_input_that_was_not_asked_for);
    RUN(should_tell_down_once_and_resume_after_up);
    RUN(should_say_which_step_failed);
    RUN(should_bind_again_only_to_a_device_of_the_same_kind);
    RUN(should_refuse_a_thread_without_the_capability);
    return 0;
}
