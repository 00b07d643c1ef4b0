/* What the receiving back ends share inside the library: nothing of it is exported. */
#ifndef INTERFACE_H
#define INTERFACE_H

#include "weir.h"

#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

/* What every handle that weir_ring_poll takes begins with. */
struct weir_waitable {
    int fd;   /* readable when frames may be ready */
    int wake; /* an eventfd */
};

static inline int interface_ask(int fd, const char *name, unsigned long what, struct ifreq *answer)
{
    memset(answer, 0, sizeof(*answer));
    memcpy(answer->ifr_name, name, WEIR_NAME_BYTES);
    return ioctl(fd, what, answer) < 0 ? -errno : 0;
}

/* Index, link type, MTU and IFF_ bits of the interface that has a name now. */
static inline int interface_look_up(int fd, const char *name, int *index, uint32_t *hardware, uint32_t *mtu)
{
    struct ifreq answer;
    int result = interface_ask(fd, name, SIOCGIFINDEX, &answer);
    if (result < 0) {
        return result;
    }
    *index = answer.ifr_ifindex;
    if ((result = interface_ask(fd, name, SIOCGIFHWADDR, &answer)) < 0) {
        return result;
    }
    *hardware = answer.ifr_hwaddr.sa_family;
    if ((result = interface_ask(fd, name, SIOCGIFMTU, &answer)) < 0) {
        return result;
    }
    *mtu = (uint32_t)answer.ifr_mtu;
    return 0;
}

/* One of WEIR_INTERFACE_ for what the name stands for now. */
static inline int32_t interface_state(int fd, const char *name, int index)
{
    struct ifreq answer;
    const int result = interface_ask(fd, name, SIOCGIFINDEX, &answer);
    if (result == -ENODEV || (result == 0 && answer.ifr_ifindex != index)) {
        return WEIR_INTERFACE_GONE;
    }
    if (result < 0 || interface_ask(fd, name, SIOCGIFFLAGS, &answer) < 0) {
        return result < 0 ? result : WEIR_INTERFACE_GONE;
    }
    return answer.ifr_flags & IFF_UP ? WEIR_INTERFACE_UP : WEIR_INTERFACE_DOWN;
}

/* By membership: the kernel counts it and takes it back with the packet socket, whatever becomes of this process. */
static inline int interface_be_promiscuous(int fd, int index)
{
    const struct packet_mreq membership = {.mr_ifindex = index, .mr_type = PACKET_MR_PROMISC};
    return setsockopt(fd, SOL_PACKET, PACKET_ADD_MEMBERSHIP, &membership, sizeof(membership)) < 0 ? -errno : 0;
}

#endif
