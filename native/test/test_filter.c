/* BPF compilation. */
#include "check.h"
#include "weir.h"

#include <linux/filter.h>

#define CAPACITY 16384
#define ETHERNET 1

static struct sock_filter program[CAPACITY];
static char error[256];

static struct weir_filter_request request_for(const char *expression, const char *device)
{
    const struct weir_filter_request request = {
        .expression = (uint64_t)(uintptr_t)expression,
        .device = (uint64_t)(uintptr_t)device,
        .program = (uint64_t)(uintptr_t)program,
        .error = (uint64_t)(uintptr_t)error,
        .capacity = CAPACITY,
        .error_bytes = sizeof(error),
        .snap_length = 262144,
        .link_type = ETHERNET,
    };
    return request;
}

static int32_t compile(const char *expression)
{
    struct weir_filter_request request = request_for(expression, NULL);
    return weir_filter_compile(&request);
}

static int asks_for_the_tag(int32_t count)
{
    for (int32_t i = 0; i < count; i++) {
        if (program[i].code == (BPF_LD | BPF_B | BPF_ABS)
            && program[i].k == (uint32_t)(SKF_AD_OFF + SKF_AD_VLAN_TAG_PRESENT)) {
            return 1;
        }
    }
    return 0;
}

static void should_compile_a_short_expression(void)
{
    CHECK_EQUAL(4, compile("ip"));
    CHECK_EQUAL(0x800, program[1].k);
    CHECK_EQUAL(262144, program[2].k);
    CHECK_EQUAL(0, program[3].k);
    CHECK_EQUAL(0, strlen(error));
}

static void should_carry_the_message_of_a_wrong_expression(void)
{
    CHECK_EQUAL(-EINVAL, compile("tcp porrt 80"));
    CHECK(strstr(error, "syntax error"));
    CHECK_EQUAL(-EINVAL, compile("ip and arp"));
    CHECK(strstr(error, "rejects all"));
}

static void should_cut_a_message_to_the_room_there_is(void)
{
    struct weir_filter_request request = request_for("tcp porrt 80", NULL);
    memset(error, 'x', sizeof(error));
    request.error_bytes = 5;
    CHECK_EQUAL(-EINVAL, weir_filter_compile(&request));
    CHECK_EQUAL(4, strlen(error));
    CHECK_EQUAL('x', error[5]);
    request.error_bytes = 0;
    error[0] = 'x';
    CHECK_EQUAL(-EINVAL, weir_filter_compile(&request));
    CHECK_EQUAL('x', error[0]);
}

static void should_not_write_beyond_the_capacity(void)
{
    struct weir_filter_request request = request_for("ip", NULL);
    request.capacity = 3;
    memset(program, 0x55, sizeof(program));
    CHECK_EQUAL(-E2BIG, weir_filter_compile(&request));
    CHECK_EQUAL(0x5555, program[0].code);
    CHECK_EQUAL(0x5555, program[3].code);
}

static void should_bound_the_time_for_long_expressions(void)
{
    static char expression[WEIR_FILTER_TEXT_MAX + 32] = "host 10.0.0.1";
    size_t length = strlen(expression);
    for (int i = 0; i < 300; i++) {
        length += (size_t)sprintf(expression + length, " or host 10.1.%d.%d", i / 100, i % 100);
    }
    /* The optimizer would have made about 1500 of these, in seven seconds. */
    const clock_t start = clock(); /* CPU time: a busy machine must not fail this */
    CHECK(compile(expression) > WEIR_FILTER_OPTIMIZE_MAX);
    CHECK(clock() - start < 5 * CLOCKS_PER_SEC);
    memset(expression + length, ' ', WEIR_FILTER_TEXT_MAX + 1 - length);
    CHECK_EQUAL(-ENAMETOOLONG, compile(expression));
}

static void should_ask_the_kernel_for_the_tag_on_a_live_device_alone(void)
{
    struct weir_filter_request request = request_for("vlan 77 and udp port 80", "lo");
    request.link_type = -1;
    const int32_t live = weir_filter_compile(&request);
    CHECK(live > 0);
    CHECK_EQUAL(ETHERNET, request.link_type);
    CHECK(asks_for_the_tag(live));
    CHECK(!asks_for_the_tag(compile("vlan 77 and udp port 80")));
}

static void should_say_why_a_device_cannot_be_opened(void)
{
    struct weir_filter_request request = request_for("ip", "weir9");
    CHECK_EQUAL(-ENODEV, weir_filter_compile(&request));
    CHECK(strlen(error) > 0);
    set_up_or_down("lo", 0);
    request = request_for("ip", "lo");
    CHECK_EQUAL(-ENETDOWN, weir_filter_compile(&request));
}

static void should_refuse_a_device_without_the_capability(void)
{
    struct weir_filter_request request = request_for("ip", "lo");
    CHECK_EQUAL(0, setuid(65534));
    CHECK_EQUAL(-EPERM, weir_filter_compile(&request));
}

int main(void)
{
    RUN(should_compile_a_short_expression);
    RUN(should_carry_the_message_of_a_wrong_expression);
    RUN(should_cut_a_message_to_the_room_there_is);
    RUN(should_not_write_beyond_the_capacity);
    RUN(should_bound_the_time_for_long_expressions);
    enter_private_network("test_filter on live devices");
    RUN(should_ask_the_kernel_for_the_tag_on_a_live_device_alone);
    RUN(should_say_why_a_device_cannot_be_opened);
    RUN(should_refuse_a_device_without_the_capability);
    return 0;
}
