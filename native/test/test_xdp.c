/* AF_XDP sockets over a veth pair of a private network namespace: receiving, sending, counting, refusals. */
#include "check.h"
#include "weir.h"

#include <linux/if_xdp.h>
#include <sched.h>

#define FRAMES 256u
#define CHUNK 2048u
#define LENGTH 100
#define LONGEST 1500u

static struct weir_xdp_queue queues[WEIR_XDP_MAX_QUEUES];

static struct weir_xdp_request request_for(const char *name, uint32_t flags, uint32_t modes)
{
    struct weir_xdp_request request = {.flags = flags, .modes = modes, .frames = FRAMES, .chunk_bytes = CHUNK,
                                       .longest = LONGEST, .queues = (uint64_t)(uintptr_t)queues};
    strncpy(request.name, name, sizeof(request.name) - 1);
    return request;
}

static uint32_t load(uint64_t at)
{
    return __atomic_load_n((uint32_t *)(uintptr_t)at, __ATOMIC_ACQUIRE);
}

static void store(uint64_t at, uint32_t value)
{
    __atomic_store_n((uint32_t *)(uintptr_t)at, value, __ATOMIC_RELEASE);
}

static struct weir_xdp_control *control_of(const struct weir_xdp_request *request)
{
    return (struct weir_xdp_control *)(uintptr_t)request->control;
}

static int64_t open_receiver(struct weir_xdp_request *request)
{
    const int64_t xdp = weir_xdp_open(request);
    CHECK(xdp > 0);
    CHECK_EQUAL(0, request->step);
    CHECK_EQUAL(1, request->queue_count);
    uint64_t *fill = (uint64_t *)(uintptr_t)queues[0].fill.entries;
    for (uint32_t i = 0; i < FRAMES; i++) {
        fill[i] = (uint64_t)i * CHUNK;
    }
    store(queues[0].fill.producer, FRAMES);
    __atomic_store_n(&control_of(request)->queues[0].closed, 0, __ATOMIC_RELEASE);
    return xdp;
}

static uint8_t frame[9000];

/*
 * A new device drops what is sent until the kernel has noticed its carrier. Its flags say nothing of that: it counts as
 * running while its state is unknown.
 */
static void await_carrier(void)
{
    const int64_t end = now_ns() + 10000000000;
    while (system("test $(ip -o link show up | grep -c 'weir[01].*state UP ') = 2") != 0) {
        CHECK(now_ns() < end);
    }
}

static void make_wire(void)
{
    CHECK_EQUAL(0, system("ip link add weir0 mtu 9000 type veth peer name weir1 mtu 9000"));
    set_up_or_down("weir0", 1);
    set_up_or_down("weir1", 1);
    await_carrier();
}

static void send_frames(int count, int length)
{
    const int32_t sender = weir_sender_open("weir0", 0);
    const uint64_t address = (uint64_t)(uintptr_t)frame;
    CHECK(sender >= 0);
    for (int i = 0; i < count; i++) {
        int32_t result;
        while ((result = weir_sender_send(sender, &address, &length, 1)) == -ENOBUFS) {
            sched_yield();
        }
        CHECK_EQUAL(1, result);
    }
    CHECK_EQUAL(0, weir_sender_close(sender));
}

/* Waits until so many frames lie in the receive ring. */
static void await_received(uint64_t xdp, uint32_t wanted)
{
    const int64_t end = now_ns() + 10000000000;
    int32_t answer;
    while (load(queues[0].rx.producer) - load(queues[0].rx.consumer) < wanted) {
        CHECK(now_ns() < end);
        CHECK(weir_ring_poll(&xdp, 1, 10000000, 1, &answer) >= 0);
    }
}

static void receive(uint32_t modes, uint32_t expected)
{
    struct weir_xdp_request request = request_for("weir1", WEIR_XDP_RECEIVE | WEIR_XDP_NEED_WAKEUP
                                                  | WEIR_XDP_PROMISCUOUS, modes);
    struct weir_xdp_totals totals;
    const int64_t xdp = open_receiver(&request);
    CHECK_EQUAL(expected, request.modes);
    CHECK_EQUAL(1, request.hardware);
    const int64_t before = now_ns();
    send_frames(10, LENGTH);
    await_received((uint64_t)xdp, 10);
    const struct xdp_desc *descriptors = (const struct xdp_desc *)(uintptr_t)queues[0].rx.entries;
    for (int i = 0; i < 10; i++) {
        const uint8_t *data = (const uint8_t *)(uintptr_t)(request.memory + descriptors[i].addr);
        int64_t stamp;
        CHECK_EQUAL(LENGTH, descriptors[i].len);
        CHECK(memcmp(data, frame, LENGTH) == 0);
        memcpy(&stamp, data - WEIR_XDP_STAMP_BYTES, sizeof(stamp));
        CHECK(stamp >= before && stamp <= now_ns());
    }
    store(queues[0].rx.consumer, 10);
    const struct weir_xdp_counters *counters = &control_of(&request)->queues[0];
    CHECK_EQUAL(10, counters->frames);
    CHECK_EQUAL(0, counters->unstamped);
    send_frames(3, 1501);
    send_frames(1, 1500);
    await_received((uint64_t)xdp, 1);
    CHECK_EQUAL(14, counters->frames);
    CHECK_EQUAL(3, counters->too_long);
    store(queues[0].rx.consumer, 11);
    /* No chunk is given back: what comes beyond them is dropped and counted. */
    send_frames(FRAMES, LENGTH);
    await_received((uint64_t)xdp, FRAMES - 11);
    CHECK_EQUAL(0, weir_xdp_totals((uint64_t)xdp, &totals));
    CHECK_EQUAL(11, totals.no_chunk + totals.ring_full);
    CHECK_EQUAL(0, totals.invalid);
    CHECK_EQUAL(FRAMES + 14, counters->frames);
    CHECK_EQUAL(0, weir_xdp_stop((uint64_t)xdp));
    send_frames(5, LENGTH);
    CHECK_EQUAL(FRAMES + 14, counters->frames);
    CHECK_EQUAL(0, weir_xdp_close((uint64_t)xdp));
}

static void should_receive_in_the_drivers_own_mode(void)
{
    receive(WEIR_XDP_NATIVE | WEIR_XDP_GENERIC | WEIR_XDP_ZERO_COPY | WEIR_XDP_COPY, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
}

static void should_receive_before_the_stack(void)
{
    receive(WEIR_XDP_GENERIC | WEIR_XDP_COPY, WEIR_XDP_GENERIC | WEIR_XDP_COPY);
}

static void should_say_why_zero_copy_is_refused(void)
{
    struct weir_xdp_request request =
        request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_ZERO_COPY | WEIR_XDP_COPY);
    const int64_t xdp = open_receiver(&request);
    CHECK_EQUAL(EOPNOTSUPP, request.zero_copy_error);
    CHECK_EQUAL(0, request.native_error);
    CHECK_EQUAL(0, weir_xdp_close((uint64_t)xdp));
    request = request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_ZERO_COPY);
    CHECK_EQUAL(-EOPNOTSUPP, weir_xdp_open(&request));
    CHECK_EQUAL(WEIR_XDP_STEP_BIND, request.step);
}

static void should_bind_again_at_once(void)
{
    for (int i = 0; i < 3; i++) {
        struct weir_xdp_request request =
            request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
        CHECK_EQUAL(0, weir_xdp_close((uint64_t)open_receiver(&request)));
    }
}

static void should_send_and_take_chunks_back(void)
{
    struct weir_xdp_request receiving = request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
    static struct weir_xdp_queue sending_queues[WEIR_XDP_MAX_QUEUES];
    const int64_t receiver = open_receiver(&receiving);
    struct weir_xdp_request sending =
        request_for("weir0", WEIR_XDP_SEND | WEIR_XDP_NEED_WAKEUP, WEIR_XDP_ZERO_COPY | WEIR_XDP_COPY);
    sending.queues = (uint64_t)(uintptr_t)sending_queues;
    const int64_t sender = weir_xdp_open(&sending);
    CHECK(sender > 0);
    CHECK_EQUAL(WEIR_XDP_COPY, sending.modes);
    struct xdp_desc *descriptors = (struct xdp_desc *)(uintptr_t)sending_queues[0].tx.entries;
    for (uint32_t i = 0; i < 100; i++) {
        memcpy((void *)(uintptr_t)(sending.memory + i * CHUNK), frame, LENGTH);
        descriptors[i] = (struct xdp_desc){.addr = i * CHUNK, .len = LENGTH};
    }
    store(sending_queues[0].tx.producer, 100);
    const int64_t end = now_ns() + 10000000000;
    while (load(sending_queues[0].completion.producer) < 100) {
        CHECK(now_ns() < end);
        const int32_t result = weir_xdp_kick((uint64_t)sender, 0, WEIR_XDP_SEND);
        CHECK(result == 0 || result == -EAGAIN);
    }
    await_received((uint64_t)receiver, 100);
    CHECK_EQUAL(-EINVAL, weir_xdp_kick((uint64_t)sender, 1, WEIR_XDP_SEND));
    CHECK_EQUAL(0, weir_xdp_close((uint64_t)sender));
    CHECK_EQUAL(0, weir_xdp_close((uint64_t)receiver));
}

static void should_tell_states_and_refusals(void)
{
    struct weir_xdp_request request = request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
    const int64_t xdp = open_receiver(&request);
    CHECK_EQUAL(WEIR_INTERFACE_UP, weir_xdp_state((uint64_t)xdp));
    set_up_or_down("weir1", 0);
    CHECK_EQUAL(WEIR_INTERFACE_DOWN, weir_xdp_state((uint64_t)xdp));
    set_up_or_down("weir1", 1);
    struct weir_xdp_request second = request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
    CHECK_EQUAL(-EBUSY, weir_xdp_open(&second));
    CHECK_EQUAL(WEIR_XDP_STEP_ATTACH, second.step);
    CHECK_EQUAL(0, weir_xdp_close((uint64_t)xdp));
    request = request_for("weir9", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
    CHECK_EQUAL(-ENODEV, weir_xdp_open(&request));
    CHECK_EQUAL(WEIR_XDP_STEP_INTERFACE, request.step);
}

static void should_follow_the_name_to_another_interface(void)
{
    struct weir_xdp_request request = request_for("weir1", WEIR_XDP_RECEIVE, WEIR_XDP_NATIVE | WEIR_XDP_COPY);
    const int64_t xdp = open_receiver(&request);
    CHECK_EQUAL(0, system("ip link del weir0"));
    CHECK_EQUAL(WEIR_INTERFACE_GONE, weir_xdp_state((uint64_t)xdp));
    CHECK_EQUAL(-ENODEV, weir_xdp_rebind((uint64_t)xdp, &request));
    make_wire();
    CHECK_EQUAL(WEIR_INTERFACE_GONE, weir_xdp_state((uint64_t)xdp));
    CHECK_EQUAL(0, weir_xdp_rebind((uint64_t)xdp, &request));
    CHECK_EQUAL(WEIR_INTERFACE_UP, weir_xdp_state((uint64_t)xdp));
    store(queues[0].fill.producer, FRAMES / 2);
    __atomic_store_n(&control_of(&request)->queues[0].closed, 0, __ATOMIC_RELEASE);
    send_frames(1, LENGTH);
    await_received((uint64_t)xdp, 1);
    CHECK_EQUAL(0, weir_xdp_close((uint64_t)xdp));
}

static void should_tell_what_the_driver_can_do(void)
{
    const int32_t features = weir_xdp_features("weir1");
    CHECK(features == -EOPNOTSUPP || features == -ENOENT
          || (features & (WEIR_XDP_FEATURE_REDIRECT | WEIR_XDP_FEATURE_ZERO_COPY)) == WEIR_XDP_FEATURE_REDIRECT);
    CHECK_EQUAL(-ENODEV, weir_xdp_features("weir9"));
}

int main(void)
{
    enter_private_network("test_xdp");
    if (system("echo 1 > /proc/sys/net/ipv6/conf/default/disable_ipv6; ip link add weir8 type veth peer name weir9 "
               "&& ip link del weir8") != 0) {
        printf("SKIP  test_xdp: NOT TESTED, no interface can be made\n");
        return 0;
    }
    make_wire();
    for (size_t i = 0; i < sizeof(frame); i++) {
        frame[i] = (uint8_t)(i < 6 ? 0xff : i);
    }
    RUN(should_receive_in_the_drivers_own_mode);
    RUN(should_receive_before_the_stack);
    RUN(should_say_why_zero_copy_is_refused);
    RUN(should_bind_again_at_once);
    RUN(should_send_and_take_chunks_back);
    RUN(should_tell_states_and_refusals);
    RUN(should_follow_the_name_to_another_interface);
    RUN(should_tell_what_the_driver_can_do);
    return 0;
}
