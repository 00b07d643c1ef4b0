/* The little a C test needs. A failed check ends the test with its place; sanitizers end it on their own. */
#ifndef CHECK_H
#define CHECK_H

#include <errno.h>
#include <inttypes.h>
#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CHECK(condition) \
    do { \
        if (!(condition)) { \
            fprintf(stderr, "%s:%d: %s: not so: %s\n", __FILE__, __LINE__, __func__, #condition); \
            exit(1); \
        } \
    } while (0)

#define CHECK_EQUAL(expected, actual) \
    do { \
        const int64_t e_ = (int64_t)(expected); \
        const int64_t a_ = (int64_t)(actual); \
        if (e_ != a_) { \
            fprintf(stderr, "%s:%d: %s: %s is %" PRId64 ", not %" PRId64 "\n", __FILE__, __LINE__, __func__, \
                    #actual, a_, e_); \
            exit(1); \
        } \
    } while (0)

#define RUN(test) \
    do { \
        test(); \
        printf("ok    %s\n", #test); \
    } while (0)

static inline int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static inline void set_up_or_down(const char *name, int up)
{
    struct ifreq request;
    const int fd = socket(AF_INET, SOCK_DGRAM, 0);
    CHECK(fd >= 0);
    memset(&request, 0, sizeof(request));
    strncpy(request.ifr_name, name, sizeof(request.ifr_name) - 1);
    CHECK_EQUAL(0, ioctl(fd, SIOCGIFFLAGS, &request));
    request.ifr_flags = (short)(up ? request.ifr_flags | IFF_UP : request.ifr_flags & ~IFF_UP);
    CHECK_EQUAL(0, ioctl(fd, SIOCSIFFLAGS, &request));
    close(fd);
}

/* Moves the test into a network namespace of its own, with loopback up. Ends it, loudly, where that is not allowed. */
static inline void enter_private_network(const char *test)
{
    if (unshare(CLONE_NEWNET) < 0) {
        printf("SKIP  %s: NOT TESTED, no network namespace can be made: %s\n", test, strerror(errno));
        exit(0);
    }
    set_up_or_down("lo", 1);
}

#endif
