/* A program for the kernel's virtual machine, put together with names for the places that are jumped to: inside the library only. */
#ifndef BPF_ASSEMBLY_H
#define BPF_ASSEMBLY_H

#include "bpf.h"

#define MAX_CODE 768
#define MAX_JUMPS 160
#define MAX_LABELS 48

struct assembly {
    struct bpf_insn code[MAX_CODE];
    uint32_t count;
    int at[MAX_LABELS];
    struct {
        uint32_t from;
        int to;
    } jumps[MAX_JUMPS];
    uint32_t jump_count;
};

void put(struct assembly *a, struct bpf_insn instruction);
/* An instruction in two places: the address of a map, or of a value in one of its entries. */
void put_map(struct assembly *a, int reg, int kind, int map, int offset);
/* The label, below MAX_LABELS, is here. */
void place(struct assembly *a, int label);
/* A jump, of which the distance is left open. */
void jump_to(struct assembly *a, struct bpf_insn instruction, int label);
/* Fills in the distances and gives the program to the kernel: a descriptor, -E2BIG if there was no room, or -errno. */
int assembly_load(struct assembly *a, uint32_t type, uint32_t flags, const char *name);

#endif
