/* What a driver can do for AF_XDP, asked of the netdev family of generic netlink: nothing is bound or changed. */
#include "interface.h"

#include <linux/genetlink.h>
#include <linux/netlink.h>
#include <unistd.h>

/* From linux/netdev.h of Linux 6.3, which the headers here may be older than. */
#define NETDEV_DEVICE_GET 1
#define NETDEV_ATTRIBUTE_INDEX 1
#define NETDEV_ATTRIBUTE_FEATURES 3

#define BUFFER_BYTES 8192

struct message {
    struct nlmsghdr header;
    struct genlmsghdr command;
    uint8_t attributes[64];
};

static void put(struct message *message, uint16_t type, const void *value, size_t bytes)
{
    struct nlattr attribute = {.nla_len = (uint16_t)(NLA_HDRLEN + bytes), .nla_type = type};
    uint8_t *at = (uint8_t *)message + message->header.nlmsg_len;
    memcpy(at, &attribute, sizeof(attribute));
    memcpy(at + NLA_HDRLEN, value, bytes);
    message->header.nlmsg_len += NLA_ALIGN(attribute.nla_len);
}

/* Sends a request and copies the value of one attribute of its answer; -ENOENT if that is missing. */
static int ask(int fd, struct message *message, uint16_t wanted, void *value, size_t bytes)
{
    _Alignas(8) uint8_t buffer[BUFFER_BYTES];
    if (send(fd, message, message->header.nlmsg_len, 0) < 0) {
        return -errno;
    }
    const ssize_t received = recv(fd, buffer, sizeof(buffer), 0);
    if (received < 0) {
        return -errno;
    }
    struct nlmsghdr header;
    if ((size_t)received < sizeof(header) + sizeof(int32_t)) {
        return -EPROTO;
    }
    memcpy(&header, buffer, sizeof(header));
    if (header.nlmsg_type == NLMSG_ERROR) {
        int32_t error;
        memcpy(&error, buffer + NLMSG_HDRLEN, sizeof(error));
        return error;
    }
    const size_t end = header.nlmsg_len < (size_t)received ? header.nlmsg_len : (size_t)received;
    for (size_t at = NLMSG_HDRLEN + GENL_HDRLEN; at + NLA_HDRLEN <= end;) {
        struct nlattr attribute;
        memcpy(&attribute, buffer + at, sizeof(attribute));
        if (attribute.nla_len < NLA_HDRLEN || at + attribute.nla_len > end) {
            return -EPROTO;
        }
        if ((attribute.nla_type & NLA_TYPE_MASK) == wanted && attribute.nla_len >= NLA_HDRLEN + bytes) {
            memcpy(value, buffer + at + NLA_HDRLEN, bytes);
            return 0;
        }
        at += NLA_ALIGN(attribute.nla_len);
    }
    return -ENOENT;
}

static struct message request(uint16_t family, uint8_t command)
{
    return (struct message){
        .header = {.nlmsg_len = NLMSG_HDRLEN + GENL_HDRLEN, .nlmsg_type = family, .nlmsg_flags = NLM_F_REQUEST},
        .command = {.cmd = command, .version = 1},
    };
}

int32_t weir_xdp_features(const char *name)
{
    const int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_GENERIC);
    if (fd < 0) {
        return -errno;
    }
    const uint32_t index = if_nametoindex(name);
    uint16_t family = 0;
    uint64_t features = 0;
    int result = index == 0 ? -ENODEV : 0;
    if (result == 0) {
        struct message find = request(GENL_ID_CTRL, CTRL_CMD_GETFAMILY);
        put(&find, CTRL_ATTR_FAMILY_NAME, "netdev", sizeof("netdev"));
        result = ask(fd, &find, CTRL_ATTR_FAMILY_ID, &family, sizeof(family));
        result = result == -ENOENT ? -EOPNOTSUPP : result;
    }
    if (result == 0) {
        struct message get = request(family, NETDEV_DEVICE_GET);
        put(&get, NETDEV_ATTRIBUTE_INDEX, &index, sizeof(index));
        result = ask(fd, &get, NETDEV_ATTRIBUTE_FEATURES, &features, sizeof(features));
    }
    close(fd);
    return result < 0 ? result : (int32_t)(features & 0x7fffffff);
}
