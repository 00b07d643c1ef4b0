/* Frames onto the wire through AF_PACKET. On veth a batch of 32 to 64 per call was the cheapest simple way. */
#include "weir.h"

#include <arpa/inet.h>
#include <errno.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

static int index_of(int fd, const char *name, int *index)
{
    struct ifreq answer;
    if (strlen(name) >= sizeof(answer.ifr_name)) {
        return -ENODEV;
    }
    memset(&answer, 0, sizeof(answer));
    memcpy(answer.ifr_name, name, strlen(name));
    if (ioctl(fd, SIOCGIFINDEX, &answer) < 0) {
        return -errno;
    }
    *index = answer.ifr_ifindex;
    return 0;
}

int32_t weir_sender_open(const char *name, int32_t flags)
{
    /* Protocol 0 to the end: this socket receives nothing. */
    const int fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -errno;
    }
    struct sockaddr_ll address = {.sll_family = AF_PACKET};
    int result = index_of(fd, name, &address.sll_ifindex);
    if (result == 0 && (flags & WEIR_SEND_QDISC_BYPASS)) {
        const int on = 1;
        result = setsockopt(fd, SOL_PACKET, PACKET_QDISC_BYPASS, &on, sizeof(on)) < 0 ? -errno : 0;
    }
    if (result == 0 && bind(fd, (const struct sockaddr *)&address, sizeof(address)) < 0) {
        result = -errno;
    }
    if (result < 0) {
        close(fd);
        return result;
    }
    return fd;
}

int32_t weir_sender_send(int32_t sender, const uint64_t *addresses, const int32_t *lengths, int32_t count)
{
    struct mmsghdr messages[WEIR_SEND_BATCH];
    struct iovec parts[WEIR_SEND_BATCH];
    if (count < 0 || count > WEIR_SEND_BATCH) {
        return -EINVAL;
    }
    memset(messages, 0, sizeof(messages[0]) * (size_t)count);
    for (int32_t i = 0; i < count; i++) {
        parts[i] = (struct iovec){.iov_base = (void *)(uintptr_t)addresses[i], .iov_len = (size_t)lengths[i]};
        messages[i].msg_hdr.msg_iov = &parts[i];
        messages[i].msg_hdr.msg_iovlen = 1;
    }
    const int sent = sendmmsg(sender, messages, (unsigned)count, 0);
    return sent < 0 ? -errno : sent;
}

int32_t weir_sender_close(int32_t sender)
{
    return close(sender) < 0 ? -errno : 0;
}
