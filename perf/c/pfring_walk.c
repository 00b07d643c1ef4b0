/*
 * pfring_walk INTERFACE FRAMES: the least a caller of the stand-in for libpfring can do: take each frame and touch its
 * headers, without a copy. What weir takes above that is its own. Ends after FRAMES frames or after two silent seconds.
 */
#include "../../native/src/pfring_api.h"
#include "headers.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* As long as weir waits: see pfring_get_selectable_fd in standin_pfring.c. */
#define STEP_NS 10000000L

extern pfring_open_function pfring_open;
extern pfring_recv_function pfring_recv;
extern pfring_stats_function pfring_stats;
extern pfring_close_function pfring_close;

int main(int argc, char **argv) {
    if (argc != 3) {
        fprintf(stderr, "usage: pfring_walk INTERFACE FRAMES\n");
        return 2;
    }
    uint64_t wanted = strtoull(argv[2], NULL, 10);
    struct pfring *ring = pfring_open(argv[1], 2048, 0);
    if (!ring) {
        fprintf(stderr, "pfring_walk: %s: %s\n", argv[1], strerror(errno));
        return 3;
    }
    printf("ready\n");
    fflush(stdout);

    static struct pfring_header header;
    uint64_t frames = 0, found = 0;
    int silent = 0;
    double before = cpu_seconds();
    while (frames < wanted) {
        uint8_t *data;
        if (pfring_recv(ring, &data, 0, &header, 0) <= 0) {
            struct timespec step = {.tv_nsec = STEP_NS};
            nanosleep(&step, NULL);
            if (frames > 0 && ++silent == 200) break;
            continue;
        }
        silent = 0;
        struct tuple tuple;
        if (parse(data, header.captured, &tuple)) found += tuple.port[0];
        frames++;
    }
    double seconds = cpu_seconds() - before;
    struct pfring_counts counts = {0};
    pfring_stats(ring, &counts);
    printf("c pfring walk: %llu frames, %llu lost, %.0f ns CPU per frame (%llu)\n", (unsigned long long)frames,
           (unsigned long long)counts.dropped, seconds * 1e9 / (double)(frames ? frames : 1),
           (unsigned long long)found);
    pfring_close(ring);
    return 0;
}
