/* Layout, interfaces, addresses, affinity, priority, namespaces, huge pages. */
#include "check.h"
#include "weir.h"

#include <sys/mman.h>
#include <sys/resource.h>

static void should_tell_its_version_and_layout_within_the_room_there_is(void)
{
    int32_t values[256];
    CHECK_EQUAL(WEIR_ABI, weir_abi());
    const int32_t count = weir_layout(values, 256);
    CHECK(count > 40 && count < 256);
    CHECK_EQUAL(8, values[0]);
    values[1] = -1;
    CHECK_EQUAL(count, weir_layout(values, 1));
    CHECK_EQUAL(-1, values[1]);
}

static void should_pin_the_calling_thread(void)
{
    uint8_t before[1024];
    uint8_t one[1024] = {0};
    uint8_t now[1024] = {0};
    const int32_t used = weir_affinity_get(before, sizeof(before));
    CHECK(used > 0);
    int32_t byte = 0;
    while (before[byte] == 0) {
        byte++;
    }
    one[byte] = (uint8_t)(before[byte] & -before[byte]);
    CHECK(weir_affinity_set(one, sizeof(one)) > 0);
    CHECK_EQUAL(used, weir_affinity_get(now, sizeof(now)));
    CHECK_EQUAL(0, memcmp(one, now, (size_t)used));
    memset(one, 0, sizeof(one));
    CHECK_EQUAL(-EINVAL, weir_affinity_set(one, sizeof(one)));
    CHECK(weir_affinity_set(before, (int32_t)used) > 0);
    CHECK_EQUAL(-EINVAL, weir_affinity_get(now, 0));
}

static void should_lower_the_priority_of_the_calling_thread(void)
{
    CHECK_EQUAL(0, weir_thread_nice(3));
    errno = 0;
    CHECK_EQUAL(3, getpriority(PRIO_PROCESS, 0));
    CHECK_EQUAL(0, weir_thread_nice(19));
    CHECK_EQUAL(19, getpriority(PRIO_PROCESS, 0));
}

static void should_ask_for_huge_pages_behind_a_mapping_alone(void)
{
    const size_t bytes = 4 << 20;
    void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    CHECK(memory != MAP_FAILED);
    const int32_t answer = weir_huge_pages((uint64_t)(uintptr_t)memory, (int64_t)bytes);
    /* A kernel without transparent huge pages says EINVAL. */
    CHECK(answer == 0 || answer == -EINVAL);
    CHECK_EQUAL(-EINVAL, weir_huge_pages((uint64_t)(uintptr_t)memory + 1, (int64_t)bytes));
    munmap(memory, bytes);
}

static void should_list_the_interfaces_of_its_namespace(void)
{
    struct weir_interface interfaces[8];
    CHECK_EQUAL(1, weir_interfaces(interfaces, 0));
    CHECK_EQUAL(1, weir_interfaces(interfaces, 8));
    CHECK_EQUAL(0, strcmp("lo", interfaces[0].name));
    CHECK_EQUAL(1, interfaces[0].index);
    CHECK_EQUAL(772, interfaces[0].hardware);
    CHECK_EQUAL(65536, interfaces[0].mtu);
    CHECK(interfaces[0].flags & IFF_UP);
    CHECK(interfaces[0].offloads & WEIR_OFFLOAD_TSO);
}

static void should_list_addresses(void)
{
    struct weir_address addresses[8];
    const int32_t count = weir_addresses(addresses, 8);
    CHECK(count >= 1 && count <= 2);
    const uint8_t localhost[4] = {127, 0, 0, 1};
    CHECK_EQUAL(AF_INET, addresses[0].family);
    CHECK_EQUAL(0, memcmp(localhost, addresses[0].bytes, 4));
    CHECK_EQUAL(8, addresses[0].prefix);
    CHECK_EQUAL(1, addresses[0].index);
}

static void should_enter_a_namespace_by_path(void)
{
    CHECK_EQUAL(-ENOENT, weir_enter_namespace("/run/netns/weir-nowhere"));
    CHECK_EQUAL(-EINVAL, weir_enter_namespace("/dev/null"));
    CHECK_EQUAL(0, weir_enter_namespace("/proc/self/ns/net"));
}

int main(void)
{
    RUN(should_tell_its_version_and_layout_within_the_room_there_is);
    RUN(should_pin_the_calling_thread);
    RUN(should_lower_the_priority_of_the_calling_thread);
    RUN(should_ask_for_huge_pages_behind_a_mapping_alone);
    enter_private_network("test_machine on interfaces");
    RUN(should_list_the_interfaces_of_its_namespace);
    RUN(should_list_addresses);
    RUN(should_enter_a_namespace_by_path);
    return 0;
}
