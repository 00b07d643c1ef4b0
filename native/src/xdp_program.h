/* The program in the kernel that hands frames to AF_XDP sockets: inside the library only. */
#ifndef XDP_PROGRAM_H
#define XDP_PROGRAM_H

#include "weir.h"

struct xdp_program {
    int sockets; /* map: queue to socket */
    int counters; /* map: one struct weir_xdp_control */
    int program;
    int link; /* detaches by being closed, and so with the process */
    struct weir_xdp_control *control;
};

/* Makes maps and program, at first closed for frames; -errno. */
int xdp_program_load(struct xdp_program *program, uint32_t longest);
/* Attaches it, in the driver or before the stack; -errno. */
int xdp_program_attach(struct xdp_program *program, int index, int native);
/* Frames of a queue go to a socket from now on. */
int xdp_program_connect(const struct xdp_program *program, uint32_t queue, int socket);
/* Detaches it; counters stay. */
void xdp_program_detach(struct xdp_program *program);
/* Detaches and frees it. */
void xdp_program_close(struct xdp_program *program);

#endif
