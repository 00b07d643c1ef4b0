/* What a service manager gets to read, at sockets with a name in the file system and without. */
#include "check.h"
#include "weir.h"

#include <stddef.h>
#include <sys/un.h>

/* Binds a socket as a service manager does. */
static int manager(const char *name, size_t bytes)
{
    struct sockaddr_un address;
    memset(&address, 0, sizeof(address));
    address.sun_family = AF_UNIX;
    memcpy(address.sun_path, name, bytes);
    const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    CHECK(fd >= 0);
    CHECK_EQUAL(0, bind(fd, (const struct sockaddr *)&address,
                        (socklen_t)(offsetof(struct sockaddr_un, sun_path) + bytes)));
    return fd;
}

static void check_gets(int fd, const char *expected)
{
    char text[64];
    const ssize_t bytes = recv(fd, text, sizeof(text), MSG_DONTWAIT);
    CHECK_EQUAL(strlen(expected), bytes);
    CHECK_EQUAL(0, memcmp(expected, text, strlen(expected)));
}

static void should_reach_a_socket_in_the_file_system(void)
{
    char directory[] = "/tmp/weir-notify-XXXXXX";
    char path[64];
    CHECK(mkdtemp(directory) != NULL);
    snprintf(path, sizeof(path), "%s/socket", directory);
    const int fd = manager(path, strlen(path) + 1);
    CHECK_EQUAL(0, weir_service_notify(path, "READY=1\nSTATUS=up", 17));
    check_gets(fd, "READY=1\nSTATUS=up");
    close(fd);
    CHECK_EQUAL(-ECONNREFUSED, weir_service_notify(path, "READY=1", 7));
    unlink(path);
    rmdir(directory);
    CHECK_EQUAL(-ENOENT, weir_service_notify(path, "READY=1", 7));
}

static void should_reach_an_abstract_socket(void)
{
    char name[32];
    const int length = snprintf(name, sizeof(name), "@weir-notify-%d", (int)getpid());
    char bound[32];
    memcpy(bound, name, sizeof(name));
    bound[0] = '\0';
    const int fd = manager(bound, (size_t)length);
    CHECK_EQUAL(0, weir_service_notify(name, "WATCHDOG=1", 10));
    check_gets(fd, "WATCHDOG=1");
    close(fd);
}

static void should_take_the_longest_name_there_is_and_no_longer_one(void)
{
    char name[sizeof(((struct sockaddr_un *)0)->sun_path) + 1];
    memset(name, 'w', sizeof(name));
    name[0] = '@';
    name[sizeof(name) - 1] = '\0';
    CHECK_EQUAL(-EINVAL, weir_service_notify(name, "READY=1", 7));
    name[sizeof(name) - 2] = '\0';
    char bound[sizeof(name)];
    memcpy(bound, name, sizeof(name));
    bound[0] = '\0';
    const int fd = manager(bound, sizeof(name) - 2);
    CHECK_EQUAL(0, weir_service_notify(name, "READY=1", 7));
    check_gets(fd, "READY=1");
    close(fd);
}

static void should_refuse_what_names_no_socket(void)
{
    CHECK_EQUAL(-EINVAL, weir_service_notify("", "READY=1", 7));
    CHECK_EQUAL(-EINVAL, weir_service_notify("@", "READY=1", 7));
    CHECK_EQUAL(-EINVAL, weir_service_notify("relative", "READY=1", 7));
    CHECK_EQUAL(-EINVAL, weir_service_notify("vsock:2:1", "READY=1", 7));
    CHECK_EQUAL(-EINVAL, weir_service_notify("/tmp/socket", "READY=1", -1));
}

int main(void)
{
    RUN(should_reach_a_socket_in_the_file_system);
    RUN(should_reach_an_abstract_socket);
    RUN(should_take_the_longest_name_there_is_and_no_longer_one);
    RUN(should_refuse_what_names_no_socket);
    return 0;
}
