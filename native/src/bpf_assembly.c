#include "bpf_assembly.h"

void put(struct assembly *a, struct bpf_insn instruction)
{
    if (a->count < MAX_CODE) {
        a->code[a->count] = instruction;
    }
    a->count++;
}

void put_map(struct assembly *a, int reg, int kind, int map, int offset)
{
    put(a, INSN(BPF_LD | BPF_DW | BPF_IMM, reg, kind, 0, map));
    put(a, INSN(0, 0, 0, 0, offset));
}

void place(struct assembly *a, int label)
{
    a->at[label] = (int)a->count;
}

void jump_to(struct assembly *a, struct bpf_insn instruction, int label)
{
    if (a->jump_count < MAX_JUMPS) {
        a->jumps[a->jump_count].from = a->count;
        a->jumps[a->jump_count].to = label;
    }
    a->jump_count++;
    put(a, instruction);
}

int assembly_load(struct assembly *a, uint32_t type, uint32_t flags, const char *name)
{
    if (a->count > MAX_CODE || a->jump_count > MAX_JUMPS) {
        return -E2BIG;
    }
    for (uint32_t i = 0; i < a->jump_count; i++) {
        const uint32_t from = a->jumps[i].from;
        a->code[from].off = (int16_t)(a->at[a->jumps[i].to] - (int)from - 1);
    }
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.prog_type = type;
    attributes.insn_cnt = a->count;
    attributes.insns = (uint64_t)(uintptr_t)a->code;
    attributes.license = (uint64_t)(uintptr_t)"Apache-2.0";
    attributes.prog_flags = flags;
    strncpy(attributes.prog_name, name, sizeof(attributes.prog_name) - 1);
    return bpf(BPF_PROG_LOAD, &attributes);
}
