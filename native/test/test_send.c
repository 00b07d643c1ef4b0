/* Sending: every frame arrives on the loopback interface of a private network namespace. */
#include "check.h"
#include "weir.h"

static uint8_t frames[WEIR_SEND_BATCH][64];
static uint64_t addresses[WEIR_SEND_BATCH + 1];
static int32_t lengths[WEIR_SEND_BATCH + 1];

static uint64_t received(uint64_t ring)
{
    struct weir_ring_totals totals;
    CHECK_EQUAL(0, weir_ring_totals(ring, &totals));
    return totals.packets;
}

static void should_send_whole_batches_and_parts_of_one(void)
{
    struct weir_ring_request request = {.name = "lo", .block_bytes = 1 << 20, .block_count = 4, .block_timeout_ms = 2};
    const int64_t ring = weir_ring_open(&request);
    const int32_t sender = weir_sender_open("lo", 0);
    CHECK(ring > 0 && sender >= 0);
    CHECK_EQUAL(WEIR_SEND_BATCH, weir_sender_send(sender, addresses, lengths, WEIR_SEND_BATCH));
    CHECK_EQUAL(1, weir_sender_send(sender, addresses, lengths, 1));
    CHECK_EQUAL(WEIR_SEND_BATCH + 1, received((uint64_t)ring));
    CHECK_EQUAL(0, weir_sender_close(sender));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)ring));
}

static void should_refuse_what_it_cannot_send(void)
{
    const int32_t sender = weir_sender_open("lo", WEIR_SEND_QDISC_BYPASS);
    CHECK(sender >= 0);
    CHECK_EQUAL(-EINVAL, weir_sender_send(sender, addresses, lengths, WEIR_SEND_BATCH + 1));
    CHECK_EQUAL(-EINVAL, weir_sender_send(sender, addresses, lengths, -1));
    lengths[0] = 2;
    CHECK_EQUAL(-EINVAL, weir_sender_send(sender, addresses, lengths, 1));
    lengths[0] = 64;
    set_up_or_down("lo", 0);
    CHECK_EQUAL(-ENETDOWN, weir_sender_send(sender, addresses, lengths, 1));
    set_up_or_down("lo", 1);
    CHECK_EQUAL(0, weir_sender_close(sender));
    CHECK_EQUAL(-ENODEV, weir_sender_open("weir9", 0));
    CHECK_EQUAL(-ENODEV, weir_sender_open("a name of more than fifteen characters", 0));
}

int main(void)
{
    enter_private_network("test_send");
    for (int i = 0; i <= WEIR_SEND_BATCH; i++) {
        addresses[i] = (uint64_t)(uintptr_t)frames[i % WEIR_SEND_BATCH];
        lengths[i] = 64;
    }
    RUN(should_send_whole_batches_and_parts_of_one);
    RUN(should_refuse_what_it_cannot_send);
    return 0;
}
