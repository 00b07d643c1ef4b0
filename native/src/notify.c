/* Tells a service manager how the process is: the datagrams of sd_notify(3), without its library. */
#include "weir.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

/* A manager that is busy gets this long; a state that is lost then is better than a thread that waits for ever. */
#define WAIT_S 1

int32_t weir_service_notify(const char *path, const char *state, int32_t bytes)
{
    struct sockaddr_un address;
    const size_t length = strnlen(path, sizeof(address.sun_path));
    /* One byte is left for the zero that ends a name in the file system; an abstract one has none. */
    if ((path[0] != '/' && path[0] != '@') || length < 2 || length >= sizeof(address.sun_path) || bytes < 0) {
        return -EINVAL;
    }
    memset(&address, 0, sizeof(address));
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path, path, length);
    if (path[0] == '@') {
        address.sun_path[0] = '\0';
    }
    const socklen_t address_bytes =
        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length + (path[0] == '@' ? 0 : 1));
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (fd < 0) {
        return -errno;
    }
    const struct timeval wait = {.tv_sec = WAIT_S};
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &wait, sizeof(wait));
    const ssize_t sent =
        sendto(fd, state, (size_t)bytes, MSG_NOSIGNAL, (const struct sockaddr *)&address, address_bytes);
    const int result = sent < 0 ? -errno : 0;
    close(fd);
    return result;
}
