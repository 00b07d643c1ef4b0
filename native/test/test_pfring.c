/* PF_RING through the stand-in for its library: scripted frames, real ones, absent library, module and functions. */
#include "check.h"
#include "weir.h"

#define STANDIN "build/check/standin_pfring.so"
#define STANDIN_LACKING "build/check/standin_pfring_lacking.so"
#define CAPACITY 4u
#define MEMORY 4096u

static char text[200];
static struct weir_pfring_frame frames[CAPACITY];
static _Alignas(8) uint8_t memory[MEMORY];

static struct weir_pfring_request request_for(const char *library, const char *name)
{
    struct weir_pfring_request request = {.library = (uint64_t)(uintptr_t)library, .text = (uint64_t)(uintptr_t)text,
                                          .text_bytes = sizeof(text), .watermark = 1,
                                          .flags = WEIR_PFRING_PROMISCUOUS};
    strncpy(request.name, name, sizeof(request.name) - 1);
    return request;
}

static struct weir_pfring_batch batch(uint32_t memory_bytes)
{
    return (struct weir_pfring_batch){.frames = (uint64_t)(uintptr_t)frames, .memory = (uint64_t)(uintptr_t)memory,
                                      .memory_bytes = memory_bytes, .capacity = CAPACITY};
}

static void should_say_what_is_missing(void)
{
    struct weir_pfring_request request = request_for("libpfring-that-is-not-there.so", "lo");
    CHECK_EQUAL(-ELIBACC, weir_pfring_open(&request));
    CHECK_EQUAL(WEIR_PFRING_STEP_LIBRARY, request.step);
    CHECK(strstr(text, "libpfring-that-is-not-there.so"));
    request = request_for(STANDIN_LACKING, "lo");
    CHECK_EQUAL(-ELIBBAD, weir_pfring_open(&request));
    CHECK(strcmp(text, "pfring_close") == 0);
    setenv("STANDIN_PFRING_NO_MODULE", "1", 1);
    request = request_for(STANDIN, "lo");
    CHECK_EQUAL(-EAFNOSUPPORT, weir_pfring_open(&request));
    CHECK_EQUAL(WEIR_PFRING_STEP_OPEN, request.step);
    unsetenv("STANDIN_PFRING_NO_MODULE");
    request = request_for(STANDIN, "weir9");
    CHECK_EQUAL(-ENODEV, weir_pfring_open(&request));
    CHECK_EQUAL(WEIR_PFRING_STEP_INTERFACE, request.step);
    request = request_for(STANDIN, "lo");
    request.cluster = 256;
    CHECK_EQUAL(-EINVAL, weir_pfring_open(&request));
    CHECK_EQUAL(WEIR_PFRING_STEP_OPTION, request.step);
}

static void should_copy_frames_and_mistrust_their_lengths(void)
{
    setenv("STANDIN_PFRING_SCRIPTED", "1", 1);
    struct weir_pfring_request request = request_for(STANDIN, "lo");
    request.longest = 1514;
    request.cluster = 7;
    const int64_t pfring = weir_pfring_open(&request);
    CHECK(pfring > 0);
    CHECK_EQUAL(0x080900, request.version);
    CHECK_EQUAL(1514, request.longest);
    CHECK_EQUAL(772, request.hardware);
    struct weir_pfring_batch taken = batch(MEMORY);
    /* Room for the longest is asked for before a frame is taken. */
    CHECK_EQUAL(4, weir_pfring_receive((uint64_t)pfring, &taken));
    CHECK_EQUAL(4, taken.count);
    CHECK_EQUAL(64 + 104 + 1520, taken.used);
    CHECK_EQUAL(60, frames[0].captured);
    CHECK_EQUAL(1700000000123456789, frames[0].nanoseconds);
    CHECK_EQUAL(0x1000, frames[0].hash);
    CHECK_EQUAL(WEIR_PFRING_FRAME_CHECKSUM_OK, frames[0].flags);
    CHECK_EQUAL(1, memory[0]);
    CHECK_EQUAL(1, memory[59]);
    CHECK_EQUAL(1514, frames[1].length);
    CHECK_EQUAL(1700000000000005000, frames[1].nanoseconds);
    CHECK_EQUAL(2, memory[frames[1].address - (uint64_t)(uintptr_t)memory]);
    CHECK_EQUAL(1514, frames[2].captured);
    CHECK_EQUAL(1514, frames[2].length);
    CHECK_EQUAL(0, frames[3].captured);
    CHECK_EQUAL(1, weir_pfring_receive((uint64_t)pfring, &taken));
    CHECK_EQUAL(200, frames[0].length);
    CHECK_EQUAL(WEIR_PFRING_FRAME_CHECKSUM_OK | WEIR_PFRING_FRAME_OUTGOING, frames[0].flags);
    /* The error ended that batch; what follows it is still taken. */
    CHECK_EQUAL(0, weir_pfring_receive((uint64_t)pfring, &taken));
    taken = batch(1513);
    CHECK_EQUAL(0, weir_pfring_receive((uint64_t)pfring, &taken));
    taken = batch(1514);
    CHECK_EQUAL(1, weir_pfring_receive((uint64_t)pfring, &taken));
    CHECK_EQUAL(61, frames[0].captured);
    CHECK_EQUAL(7, weir_pfring_dropped((uint64_t)pfring));
    CHECK_EQUAL(-EOPNOTSUPP, weir_pfring_stop((uint64_t)pfring));
    int32_t answer;
    const uint64_t handle = (uint64_t)pfring;
    CHECK_EQUAL(0, weir_ring_wake(handle));
    CHECK_EQUAL(WEIR_POLL_WOKEN, weir_ring_poll(&handle, 1, 10000000000, 1, &answer));
    CHECK_EQUAL(0, weir_pfring_close(handle));
    unsetenv("STANDIN_PFRING_SCRIPTED");
}

static void should_send_and_receive(void)
{
    struct weir_pfring_request receiving = request_for(STANDIN, "lo");
    struct weir_pfring_request sending = request_for(STANDIN, "lo");
    sending.flags = WEIR_PFRING_SEND;
    receiving.longest = 1000;
    const int64_t receiver = weir_pfring_open(&receiving);
    const int64_t sender = weir_pfring_open(&sending);
    CHECK(receiver > 0 && sender > 0);
    static uint8_t frame[100];
    memset(frame, 0x5a, sizeof(frame));
    const uint64_t addresses[2] = {(uint64_t)(uintptr_t)frame, (uint64_t)(uintptr_t)frame};
    const int32_t lengths[2] = {100, 100};
    CHECK_EQUAL(2, weir_pfring_send((uint64_t)sender, addresses, lengths, 2));
    const int64_t end = now_ns() + 10000000000;
    uint32_t seen = 0;
    struct weir_pfring_batch taken = batch(MEMORY);
    while (seen < 2) {
        int32_t answer;
        const uint64_t handle = (uint64_t)receiver;
        CHECK(now_ns() < end);
        CHECK(weir_ring_poll(&handle, 1, 10000000, 1, &answer) >= 0);
        taken.used = 0;
        const int32_t count = weir_pfring_receive(handle, &taken);
        CHECK(count >= 0);
        for (int32_t i = 0; i < count; i++) {
            CHECK_EQUAL(100, frames[i].length);
            CHECK(memcmp((const void *)(uintptr_t)frames[i].address, frame, 100) == 0);
        }
        seen += (uint32_t)count;
    }
    CHECK_EQUAL(0, weir_pfring_stop((uint64_t)receiver));
    CHECK_EQUAL(2, weir_pfring_send((uint64_t)sender, addresses, lengths, 2));
    CHECK_EQUAL(0, weir_pfring_receive((uint64_t)receiver, &taken));
    CHECK_EQUAL(WEIR_INTERFACE_UP, weir_pfring_state((uint64_t)receiver));
    CHECK_EQUAL(0, weir_pfring_rebind((uint64_t)receiver, &receiving));
    CHECK_EQUAL(0, weir_pfring_dropped((uint64_t)receiver));
    CHECK_EQUAL(0, weir_pfring_close((uint64_t)receiver));
    CHECK_EQUAL(0, weir_pfring_close((uint64_t)sender));
}

int main(void)
{
    enter_private_network("test_pfring");
    RUN(should_say_what_is_missing);
    RUN(should_copy_frames_and_mistrust_their_lengths);
    RUN(should_send_and_receive);
    return 0;
}
