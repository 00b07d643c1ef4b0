/* The interfaces of the calling thread's network namespace, asked of the kernel: sysfs shows those of its mount. */
#include "weir.h"

#include <errno.h>
#include <ifaddrs.h>
#include <linux/ethtool.h>
#include <linux/if_packet.h>
#include <linux/sockios.h>
#include <net/if.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int ethtool(int fd, const char *name, void *command)
{
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    memcpy(request.ifr_name, name, strnlen(name, sizeof(request.ifr_name) - 1));
    request.ifr_data = command;
    return ioctl(fd, SIOCETHTOOL, &request) < 0 ? -errno : 0;
}

static uint32_t offload(int fd, const char *name, uint32_t command, uint32_t bit)
{
    struct ethtool_value value = {.cmd = command};
    return ethtool(fd, name, &value) == 0 && value.data ? bit : 0;
}

/* The old get commands: one number each, without the string tables of their successor, and still answered by all. */
static uint32_t offloads(int fd, const char *name)
{
    uint32_t on = offload(fd, name, ETHTOOL_GRXCSUM, WEIR_OFFLOAD_RX_CHECKSUM)
        | offload(fd, name, ETHTOOL_GTXCSUM, WEIR_OFFLOAD_TX_CHECKSUM)
        | offload(fd, name, ETHTOOL_GSG, WEIR_OFFLOAD_SCATTER_GATHER)
        | offload(fd, name, ETHTOOL_GTSO, WEIR_OFFLOAD_TSO)
        | offload(fd, name, ETHTOOL_GGSO, WEIR_OFFLOAD_GSO)
        | offload(fd, name, ETHTOOL_GGRO, WEIR_OFFLOAD_GRO);
    struct ethtool_value flags = {.cmd = ETHTOOL_GFLAGS};
    if (ethtool(fd, name, &flags) == 0) {
        on |= flags.data & ETH_FLAG_LRO ? WEIR_OFFLOAD_LRO : 0;
        on |= flags.data & ETH_FLAG_RXVLAN ? WEIR_OFFLOAD_RX_VLAN : 0;
        on |= flags.data & ETH_FLAG_TXVLAN ? WEIR_OFFLOAD_TX_VLAN : 0;
        on |= flags.data & ETH_FLAG_RXHASH ? WEIR_OFFLOAD_RX_HASH : 0;
    }
    return on;
}

static void describe(int fd, const struct ifaddrs *entry, struct weir_interface *interface)
{
    const struct sockaddr_ll *link = (const struct sockaddr_ll *)(const void *)entry->ifa_addr;
    memset(interface, 0, sizeof(*interface));
    memcpy(interface->name, entry->ifa_name, strnlen(entry->ifa_name, WEIR_NAME_BYTES - 1));
    interface->index = link->sll_ifindex;
    interface->flags = entry->ifa_flags;
    interface->hardware = link->sll_hatype;
    memcpy(interface->mac, link->sll_addr, link->sll_halen == 6 ? 6 : 0);
    struct ifreq request;
    memset(&request, 0, sizeof(request));
    memcpy(request.ifr_name, interface->name, WEIR_NAME_BYTES);
    interface->mtu = ioctl(fd, SIOCGIFMTU, &request) == 0 ? (uint32_t)request.ifr_mtu : 0;
    struct ethtool_drvinfo driver = {.cmd = ETHTOOL_GDRVINFO};
    if (ethtool(fd, interface->name, &driver) == 0) {
        memcpy(interface->driver, driver.driver, strnlen(driver.driver, sizeof(interface->driver) - 1));
    }
    interface->offloads = offloads(fd, interface->name);
}

int32_t weir_interfaces(struct weir_interface *interfaces, int32_t capacity)
{
    struct ifaddrs *list;
    const int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -errno;
    }
    if (getifaddrs(&list) < 0) {
        const int error = errno;
        close(fd);
        return -error;
    }
    int32_t count = 0;
    for (const struct ifaddrs *entry = list; entry; entry = entry->ifa_next) {
        if (entry->ifa_addr && entry->ifa_addr->sa_family == AF_PACKET) {
            if (count < capacity) {
                describe(fd, entry, &interfaces[count]);
            }
            count++;
        }
    }
    freeifaddrs(list);
    close(fd);
    return count;
}

static int bits(const uint8_t *mask, int bytes)
{
    int count = 0;
    for (int i = 0; i < bytes; i++) {
        count += __builtin_popcount(mask[i]);
    }
    return count;
}

static int copy_address(const struct ifaddrs *entry, struct weir_address *address)
{
    const int six = entry->ifa_addr->sa_family == AF_INET6;
    memset(address, 0, sizeof(*address));
    address->index = (int32_t)if_nametoindex(entry->ifa_name);
    address->family = entry->ifa_addr->sa_family;
    const void *bytes;
    const void *mask;
    if (six) {
        bytes = &((const struct sockaddr_in6 *)(const void *)entry->ifa_addr)->sin6_addr;
        mask = entry->ifa_netmask ? &((const struct sockaddr_in6 *)(const void *)entry->ifa_netmask)->sin6_addr : NULL;
    } else {
        bytes = &((const struct sockaddr_in *)(const void *)entry->ifa_addr)->sin_addr;
        mask = entry->ifa_netmask ? &((const struct sockaddr_in *)(const void *)entry->ifa_netmask)->sin_addr : NULL;
    }
    memcpy(address->bytes, bytes, six ? 16 : 4);
    address->prefix = mask ? bits(mask, six ? 16 : 4) : (six ? 128 : 32);
    return 1;
}

int32_t weir_addresses(struct weir_address *addresses, int32_t capacity)
{
    struct ifaddrs *list;
    if (getifaddrs(&list) < 0) {
        return -errno;
    }
    int32_t count = 0;
    for (const struct ifaddrs *entry = list; entry; entry = entry->ifa_next) {
        if (entry->ifa_addr && (entry->ifa_addr->sa_family == AF_INET || entry->ifa_addr->sa_family == AF_INET6)) {
            if (count < capacity) {
                copy_address(entry, &addresses[count]);
            }
            count++;
        }
    }
    freeifaddrs(list);
    return count;
}
