/*
 * The XDP program, written out as instructions: no compiler for BPF and no libbpf are needed to build or to run. It
 * counts a frame, puts the time into the 8 bytes before it, and redirects it to the socket of its queue.
 */
#include "xdp_program.h"

#include "bpf_assembly.h"
#include "weir.h"

#include <linux/if_link.h>
#include <stddef.h>
#include <sys/mman.h>

/* Kernel headers may be older than the kernel. */
#define HELPER_REDIRECT_MAP 51
#define HELPER_KTIME 5
#define HELPER_ADJUST_META 54
#define HELPER_LENGTH 188
#define PROGRAM_HAS_FRAGMENTS (1u << 5)
#define MAP_IN_MEMORY (1u << 10)
#define ATTACH_XDP 37

#define PAGE 4096u
#define MAP_BYTES ((sizeof(struct weir_xdp_control) + PAGE - 1) / PAGE * PAGE)

#define COUNTER(field) ((int16_t)offsetof(struct weir_xdp_counters, field))

enum label { UNSTAMPED, REDIRECT, TOO_LONG, PASS };

static void count(struct assembly *a, int16_t counter)
{
    put(a, SET(1, 1));
    put(a, COUNT(7, counter, 1));
}

/* Registers: 6 context, 7 counters of the queue, 8 queue. */
static void assemble(struct assembly *a, const struct xdp_program *program, uint32_t longest, int fragments)
{
    put(a, MOVE(6, 1));
    put_map(a, 7, BPF_PSEUDO_MAP_VALUE, program->counters, 0);
    put(a, LOAD32(8, 6, offsetof(struct xdp_md, rx_queue_index)));
    jump_to(a, JUMP_K(BPF_JGE, 8, WEIR_XDP_MAX_QUEUES), PASS);
    put(a, MOVE(9, 8));
    put(a, SHIFT_LEFT(9, 6));
    put(a, ADD(7, 9));
    put(a, LOAD64(1, 7, COUNTER(closed)));
    jump_to(a, JUMP_K(BPF_JNE, 1, 0), PASS);
    count(a, COUNTER(frames));
    if (fragments) {
        put(a, MOVE(1, 6));
        put(a, CALL(HELPER_LENGTH));
        put(a, MOVE(1, 0));
    } else {
        put(a, LOAD32(1, 6, offsetof(struct xdp_md, data_end)));
        put(a, LOAD32(2, 6, offsetof(struct xdp_md, data)));
        put(a, SUBTRACT(1, 2));
    }
    jump_to(a, JUMP_K(BPF_JGT, 1, (int32_t)longest), TOO_LONG);
    put(a, CALL(HELPER_KTIME));
    put(a, MOVE(9, 0));
    put(a, MOVE(1, 6));
    put(a, SET(2, -WEIR_XDP_STAMP_BYTES));
    put(a, CALL(HELPER_ADJUST_META));
    jump_to(a, JUMP_K(BPF_JNE, 0, 0), UNSTAMPED);
    put(a, LOAD32(1, 6, offsetof(struct xdp_md, data_meta)));
    put(a, LOAD32(2, 6, offsetof(struct xdp_md, data)));
    put(a, MOVE(3, 1));
    put(a, ADD_VALUE(3, WEIR_XDP_STAMP_BYTES));
    jump_to(a, JUMP_X(BPF_JGT, 3, 2), UNSTAMPED);
    put(a, STORE64(1, 0, 9));
    jump_to(a, JUMP, REDIRECT);
    place(a, UNSTAMPED);
    count(a, COUNTER(unstamped));
    place(a, REDIRECT);
    put_map(a, 1, BPF_PSEUDO_MAP_FD, program->sockets, 0);
    put(a, MOVE(2, 8));
    put(a, SET(3, XDP_PASS));
    put(a, CALL(HELPER_REDIRECT_MAP));
    put(a, EXIT);
    place(a, TOO_LONG);
    count(a, COUNTER(too_long));
    put(a, SET(0, XDP_DROP));
    put(a, EXIT);
    place(a, PASS);
    put(a, SET(0, XDP_PASS));
    put(a, EXIT);
}

/*
 * With fragments: frames of more than a page may pass as several buffers, and the kernel is asked for the length of the
 * whole. Kernels before 5.18 have neither, and attach only where every frame fits one buffer.
 */
static int load(const struct xdp_program *program, uint32_t longest, int fragments)
{
    struct assembly assembly;
    memset(&assembly, 0, sizeof(assembly));
    assemble(&assembly, program, longest, fragments);
    return assembly_load(&assembly, BPF_PROG_TYPE_XDP, fragments ? PROGRAM_HAS_FRAGMENTS : 0, "weir");
}

/* Made once: whoever reads counters need not care whether the interface is there. */
static int make_counters(struct xdp_program *program)
{
    program->counters = bpf_make_map(BPF_MAP_TYPE_ARRAY, MAP_BYTES, 1, MAP_IN_MEMORY);
    if (program->counters < 0) {
        return program->counters;
    }
    void *control = mmap(NULL, MAP_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED, program->counters, 0);
    if (control == MAP_FAILED) {
        return -errno;
    }
    program->control = control;
    for (int i = 0; i < WEIR_XDP_MAX_QUEUES; i++) {
        program->control->queues[i].closed = 1;
    }
    return 0;
}

int xdp_program_load(struct xdp_program *program, uint32_t longest)
{
    if (!program->control) {
        const int result = make_counters(program);
        if (result < 0) {
            return result;
        }
    }
    program->sockets = bpf_make_map(BPF_MAP_TYPE_XSKMAP, sizeof(uint32_t), WEIR_XDP_MAX_QUEUES, 0);
    if (program->sockets < 0) {
        return program->sockets;
    }
    program->program = load(program, longest, 1);
    if (program->program == -EINVAL) {
        program->program = load(program, longest, 0);
    }
    return program->program < 0 ? program->program : 0;
}

int xdp_program_attach(struct xdp_program *program, int index, int native)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.link_create.prog_fd = (uint32_t)program->program;
    attributes.link_create.target_ifindex = (uint32_t)index;
    attributes.link_create.attach_type = ATTACH_XDP;
    attributes.link_create.flags = native ? XDP_FLAGS_DRV_MODE : XDP_FLAGS_SKB_MODE;
    program->link = bpf(BPF_LINK_CREATE, &attributes);
    return program->link < 0 ? program->link : 0;
}

int xdp_program_connect(const struct xdp_program *program, uint32_t queue, int socket)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.map_fd = (uint32_t)program->sockets;
    attributes.key = (uint64_t)(uintptr_t)&queue;
    attributes.value = (uint64_t)(uintptr_t)&socket;
    return bpf(BPF_MAP_UPDATE_ELEM, &attributes);
}

static void let_go(int *fd)
{
    if (*fd >= 0) {
        close(*fd);
    }
    *fd = -1;
}

void xdp_program_detach(struct xdp_program *program)
{
    let_go(&program->link);
    let_go(&program->program);
    let_go(&program->sockets);
}

void xdp_program_close(struct xdp_program *program)
{
    xdp_program_detach(program);
    let_go(&program->counters);
    if (program->control) {
        munmap(program->control, MAP_BYTES);
        program->control = NULL;
    }
}
