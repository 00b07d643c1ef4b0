/*
 * The XDP program, written out as instructions: no compiler for BPF and no libbpf are needed to build or to run. It
 * counts a frame, puts the time into the 8 bytes before it, and redirects it to the socket of its queue.
 */
#include "xdp_program.h"

#include "bpf.h"
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

/*
 * With fragments: frames of more than a page may pass as several buffers, and the kernel is asked for the length of the
 * whole. Kernels before 5.18 have neither, and attach only where every frame fits one buffer.
 */
static int load(const struct xdp_program *program, uint32_t longest, int fragments)
{
    const struct bpf_insn length_of_all[] = {MOVE(1, 6), CALL(HELPER_LENGTH), MOVE(1, 0)};
    const struct bpf_insn length_of_one[] = {LOAD32(1, 6, 4), LOAD32(2, 6, 0), SUBTRACT(1, 2)};
    const struct bpf_insn *length = fragments ? length_of_all : length_of_one;
    const struct bpf_insn code[] = {
        /* 0: r6 context, r7 counters, r8 queue */
        MOVE(6, 1),
        LOAD_MAP(7, BPF_PSEUDO_MAP_VALUE, program->counters),
        LOAD32(8, 6, offsetof(struct xdp_md, rx_queue_index)),
        JUMP_IF_AT_LEAST(8, WEIR_XDP_MAX_QUEUES, 36),     /* 4: pass */
        MOVE(9, 8),
        SHIFT_LEFT(9, 6),
        ADD(7, 9),
        LOAD64(1, 7, COUNTER(closed)),
        JUMP_IF_NOT(1, 0, 31),                            /* 9: pass */
        SET(1, 1),
        COUNT(7, COUNTER(frames), 1),
        length[0], length[1], length[2],                  /* 12 */
        JUMP_IF_MORE(1, (int32_t)longest, 21),            /* 15: too long */
        /* 16: the stamp */
        CALL(HELPER_KTIME),
        MOVE(9, 0),
        MOVE(1, 6),
        SET(2, -WEIR_XDP_STAMP_BYTES),
        CALL(HELPER_ADJUST_META),
        JUMP_IF_NOT(0, 0, 7),                             /* 21: unstamped */
        LOAD32(1, 6, offsetof(struct xdp_md, data_meta)),
        LOAD32(2, 6, offsetof(struct xdp_md, data)),
        MOVE(3, 1),
        ADD_VALUE(3, WEIR_XDP_STAMP_BYTES),
        JUMP_IF_GREATER(3, 2, 2),                         /* 26: unstamped */
        STORE64(1, 0, 9),
        JUMP(2),                                          /* 28: redirect */
        /* 29: unstamped */
        SET(1, 1),
        COUNT(7, COUNTER(unstamped), 1),
        /* 31: redirect */
        LOAD_MAP(1, BPF_PSEUDO_MAP_FD, program->sockets),
        MOVE(2, 8),
        SET(3, XDP_PASS),
        CALL(HELPER_REDIRECT_MAP),
        EXIT,
        /* 37: too long */
        SET(1, 1),
        COUNT(7, COUNTER(too_long), 1),
        SET(0, XDP_DROP),
        EXIT,
        /* 41: pass */
        SET(0, XDP_PASS),
        EXIT,
    };
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.prog_type = BPF_PROG_TYPE_XDP;
    attributes.insn_cnt = sizeof(code) / sizeof(code[0]);
    attributes.insns = (uint64_t)(uintptr_t)code;
    attributes.license = (uint64_t)(uintptr_t)"Apache-2.0";
    attributes.prog_flags = fragments ? PROGRAM_HAS_FRAGMENTS : 0;
    memcpy(attributes.prog_name, "weir", sizeof("weir"));
    return bpf(BPF_PROG_LOAD, &attributes);
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
