/* Two rings of one PACKET_FANOUT group on the loopback interface of a private network namespace. */
#include "check.h"
#include "weir.h"

#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <netinet/in.h>

#define BLOCK_BYTES (128u << 10)
#define BLOCKS 4u
#define FRAMES 64

/* A hash that is the last byte of the destination port, whatever the rest. */
static uint32_t words[WEIR_FANOUT_WORDS];

static void make_words(void)
{
    for (uint32_t value = 0; value < 256; value++) {
        words[11 * 256 + value] = value;
    }
}

static struct weir_ring_request request_for(const struct weir_ring_request *first)
{
    struct weir_ring_request request = {.name = "lo", .block_bytes = BLOCK_BYTES, .block_count = BLOCKS,
                                        .block_timeout_ms = 2, .flags = WEIR_RING_IGNORE_OUTGOING,
                                        .words = (uint64_t)(uintptr_t)words,
                                        .group = first ? first->group : WEIR_NEW_GROUP};
    return request;
}

static void send_datagrams(uint16_t port)
{
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    struct sockaddr_in own = {.sin_family = AF_INET, .sin_port = htons(1), .sin_addr.s_addr = htonl(0x7f000001)};
    const struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(port),
                                   .sin_addr.s_addr = htonl(0x7f000002)};
    CHECK(fd >= 0);
    CHECK_EQUAL(0, bind(fd, (const struct sockaddr *)&own, sizeof(own)));
    for (int i = 0; i < FRAMES; i++) {
        CHECK(sendto(fd, &i, sizeof(i), 0, (const struct sockaddr *)&to, sizeof(to)) > 0 || errno == ECONNREFUSED);
    }
    close(fd);
}

static uint64_t received(int64_t ring)
{
    struct weir_ring_totals totals;
    CHECK_EQUAL(0, weir_ring_totals((uint64_t)ring, &totals));
    return totals.packets;
}

static void should_let_frames_in_when_told_and_to_the_ring_of_their_hash(void)
{
    struct weir_ring_request first = request_for(NULL);
    const int64_t even = weir_ring_open(&first);
    CHECK(even > 0);
    CHECK(first.group < WEIR_NEW_GROUP);
    struct weir_ring_request second = request_for(&first);
    const int64_t odd = weir_ring_open(&second);
    CHECK(odd > 0);
    CHECK_EQUAL(first.group, second.group);
    send_datagrams(10);
    CHECK_EQUAL(0, received(even) + received(odd));
    CHECK_EQUAL(0, weir_ring_admit((uint64_t)even, &first));
    CHECK_EQUAL(0, weir_ring_admit((uint64_t)odd, &second));
    send_datagrams(11);
    CHECK(received(odd) >= FRAMES);
    send_datagrams(10);
    CHECK(received(even) >= FRAMES);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)even));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)odd));
}

/* The kernel's first group after a boot, so that every member would found its own if 0 stood for none. */
static void should_join_the_group_numbered_0(void)
{
    struct weir_ring_request first = request_for(NULL);
    first.group = 0;
    const int64_t founder = weir_ring_open(&first);
    CHECK(founder > 0);
    CHECK_EQUAL(0, first.group);
    struct weir_ring_request second = request_for(&first);
    const int64_t other = weir_ring_open(&second);
    CHECK(other > 0);
    CHECK_EQUAL(0, second.group);
    CHECK_EQUAL(0, weir_ring_close((uint64_t)founder));
    CHECK_EQUAL(0, weir_ring_close((uint64_t)other));
}

static void should_refuse_a_member_without_an_interface(void)
{
    struct weir_ring_request missing = request_for(NULL);
    memcpy(missing.name, "none", sizeof("none"));
    CHECK_EQUAL(-ENODEV, weir_ring_open(&missing));
    CHECK_EQUAL(WEIR_STEP_INTERFACE, missing.step);
}

int main(void)
{
    enter_private_network("test_fanout");
    make_words();
    const int program = weir_fanout_load(words);
    if (program == -EPERM) {
        printf("SKIP  test_fanout: NOT TESTED, no program may be loaded\n");
        return 0;
    }
    CHECK(program > 0);
    CHECK_EQUAL(0, weir_fanout_close(program));
    RUN(should_let_frames_in_when_told_and_to_the_ring_of_their_hash);
    RUN(should_join_the_group_numbered_0);
    RUN(should_refuse_a_member_without_an_interface);
    return 0;
}
