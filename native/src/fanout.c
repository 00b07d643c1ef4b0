/*
 * The program by which the kernel chooses a member of a PACKET_FANOUT group: the Toeplitz hash of the innermost flow it
 * can find, lower endpoint first, modulo the members. It looks through VLAN, MPLS, PPPoE, IP in IP, GRE, ERSPAN, VXLAN,
 * Geneve and GTP-U; of a fragment it hashes the addresses alone, so that those of a datagram meet. What it does not see
 * the members hand over to each other: it decides how often that happens, and never what is recorded.
 *
 * It is written out as instructions, as that of AF_XDP is, with names for the places that are jumped to.
 */
#include "bpf_assembly.h"
#include "weir.h"

#include <stddef.h>

#define HELPER_LOAD 68
#define FROM_NETWORK_HEADER 1
#define PROGRAM_TEST_RUN 10

#define STEPS 16     /* headers it goes through */
#define WORDS_BYTES (WEIR_FANOUT_WORDS * sizeof(uint32_t))

/* Places in the stack. */
#define HEADER (-40) /* the header that is looked at */
#define INPUT (-80)  /* addresses in order */
#define PORTS (-88)  /* ports in order, in network order */
#define FAMILY (-96) /* 0, 4 or 6 */
#define ORDER (-104) /* 0: the source is the lower, 1: the upper, 2: addresses are equal */

enum label { LAYER, VLAN, MPLS, PPPOE, ETHERNET, IPV4, IPV4_ORDERED, IPV6, IPV6_EQUAL, IPV6_TURNED, IPV6_ORDERED, TRANSPORT,
             EXTENSION, AUTHENTICATION, FRAGMENT, PORTED, PORTS_TURNED, PORTS_ORDERED, TUNNELS, VXLAN, GENEVE, GTP, ICMP, ICMP6,
             IDENTIFIER, GRE, GRE_KEY, GRE_SEQUENCE, GRE_CONTENT, ERSPAN, RAW, IS_IPV4, IS_IPV6, HASH, HASH_IPV4, HASH_IPV6, LABELS };
_Static_assert(LABELS <= MAX_LABELS, "too many places");

#define LOAD8(d, s, o) INSN(BPF_LDX | BPF_B | BPF_MEM, d, s, o, 0)
#define LOAD16(d, s, o) INSN(BPF_LDX | BPF_H | BPF_MEM, d, s, o, 0)
#define STORE16(d, o, s) INSN(BPF_STX | BPF_H | BPF_MEM, d, s, o, 0)
#define STORE32(d, o, s) INSN(BPF_STX | BPF_W | BPF_MEM, d, s, o, 0)
#define STORE_VALUE(d, o, i) INSN(BPF_ST | BPF_DW | BPF_MEM, d, 0, o, i)
#define AND_VALUE(d, i) INSN(BPF_ALU64 | BPF_AND | BPF_K, d, 0, 0, i)
#define SHIFT_RIGHT(d, i) INSN(BPF_ALU64 | BPF_RSH | BPF_K, d, 0, 0, i)
#define XOR(d, s) INSN(BPF_ALU64 | BPF_XOR | BPF_X, d, s, 0, 0)
#define TO_HOST(d, bits) INSN(BPF_ALU | BPF_END | BPF_TO_BE, d, 0, 0, bits)

/* Registers: 6 context, 7 where the next header is, 8 what it is, 9 how many more may follow; 10 is the stack. */

static void load_header(struct assembly *a, int ahead, int bytes)
{
    put(a, MOVE(1, 6));
    put(a, MOVE(2, 7));
    put(a, ADD_VALUE(2, ahead));
    put(a, MOVE(3, 10));
    put(a, ADD_VALUE(3, HEADER));
    put(a, SET(4, bytes));
    put(a, SET(5, FROM_NETWORK_HEADER));
    put(a, CALL(HELPER_LOAD));
    jump_to(a, JUMP_K(BPF_JNE, 0, 0), HASH);
}

static void load16(struct assembly *a, int reg, int at)
{
    put(a, LOAD16(reg, 10, (HEADER + at)));
    put(a, TO_HOST(reg, 16));
}

static void skip(struct assembly *a, int bytes)
{
    put(a, ADD_VALUE(7, bytes));
}

static void go_to(struct assembly *a, enum label label)
{
    jump_to(a, JUMP, label);
}

static void if_equal(struct assembly *a, int reg, int value, enum label label)
{
    jump_to(a, JUMP_K(BPF_JEQ, reg, value), label);
}

static void if_not(struct assembly *a, int reg, int value, enum label label)
{
    jump_to(a, JUMP_K(BPF_JNE, reg, value), label);
}

static void if_bits(struct assembly *a, int reg, int bits, enum label label)
{
    jump_to(a, JUMP_K(BPF_JSET, reg, bits), label);
}

static void enter(struct assembly *a, int type)
{
    put(a, SET(8, type));
    go_to(a, LAYER);
}

static void link_layers(struct assembly *a)
{
    place(a, LAYER);
    put(a, ADD_VALUE(9, -1));
    if_equal(a, 9, 0, HASH);
    if_equal(a, 8, 0x0800, IPV4);
    if_equal(a, 8, 0x86dd, IPV6);
    if_equal(a, 8, 0x8100, VLAN);
    if_equal(a, 8, 0x88a8, VLAN);
    if_equal(a, 8, 0x9100, VLAN);
    if_equal(a, 8, 0x9200, VLAN);
    if_equal(a, 8, 0x8847, MPLS);
    if_equal(a, 8, 0x8848, MPLS);
    if_equal(a, 8, 0x8864, PPPOE);
    if_equal(a, 8, 0x6558, ETHERNET);
    go_to(a, HASH);
    place(a, VLAN);
    load_header(a, 0, 4);
    load16(a, 8, 2);
    skip(a, 4);
    go_to(a, LAYER);
    place(a, ETHERNET);
    load_header(a, 0, 14);
    load16(a, 8, 12);
    skip(a, 14);
    go_to(a, LAYER);
    place(a, PPPOE);
    load_header(a, 0, 8);
    load16(a, 1, 6);
    skip(a, 8);
    if_equal(a, 1, 0x21, IS_IPV4);
    if_equal(a, 1, 0x57, IS_IPV6);
    go_to(a, HASH);
    place(a, MPLS);
    load_header(a, 0, 5);
    skip(a, 4);
    put(a, LOAD8(1, 10, HEADER + 2));
    put(a, AND_VALUE(1, 1));
    if_equal(a, 1, 0, LAYER);
    put(a, LOAD8(1, 10, HEADER + 4));
    put(a, SHIFT_RIGHT(1, 4));
    if_equal(a, 1, 4, IS_IPV4);
    if_equal(a, 1, 6, IS_IPV6);
    if_not(a, 1, 0, HASH);
    skip(a, 4); /* the control word of a pseudo-wire */
    enter(a, 0x6558);
    place(a, RAW);
    load_header(a, 0, 1);
    put(a, LOAD8(1, 10, HEADER));
    put(a, SHIFT_RIGHT(1, 4));
    if_equal(a, 1, 4, IS_IPV4);
    if_not(a, 1, 6, HASH);
    place(a, IS_IPV6);
    enter(a, 0x86dd);
    place(a, IS_IPV4);
    enter(a, 0x0800);
}

static void ipv4(struct assembly *a)
{
    place(a, IPV4);
    load_header(a, 0, 20);
    put(a, LOAD8(1, 10, HEADER));
    put(a, SHIFT_RIGHT(1, 4));
    if_not(a, 1, 4, HASH);
    put(a, STORE_VALUE(10, FAMILY, 4));
    put(a, STORE_VALUE(10, PORTS, 0));
    put(a, LOAD32(1, 10, HEADER + 12));
    put(a, LOAD32(2, 10, HEADER + 16));
    put(a, MOVE(3, 1));
    put(a, MOVE(4, 2));
    put(a, TO_HOST(3, 32));
    put(a, TO_HOST(4, 32));
    put(a, SET(5, 2));
    put(a, STORE32(10, INPUT, 1));
    put(a, STORE32(10, INPUT + 4, 2));
    jump_to(a, JUMP_X(BPF_JEQ, 3, 4), IPV4_ORDERED);
    put(a, SET(5, 0));
    jump_to(a, JUMP_X(BPF_JLT, 3, 4), IPV4_ORDERED);
    put(a, SET(5, 1));
    put(a, STORE32(10, INPUT, 2));
    put(a, STORE32(10, INPUT + 4, 1));
    place(a, IPV4_ORDERED);
    put(a, STORE64(10, ORDER, 5));
    load16(a, 1, 6);
    if_bits(a, 1, 0x3fff, HASH);
    put(a, LOAD8(8, 10, HEADER + 9));
    put(a, LOAD8(1, 10, HEADER));
    put(a, AND_VALUE(1, 15));
    put(a, SHIFT_LEFT(1, 2));
    put(a, ADD(7, 1));
    go_to(a, TRANSPORT);
}

/* Stores source and destination: from the header at one offset each, to the input. */
static void store_ipv6(struct assembly *a, int lower, int upper)
{
    const int from[] = {lower, lower + 8, upper, upper + 8};
    for (int i = 0; i < 4; i++) {
        put(a, LOAD64(1, 10, (HEADER + from[i])));
        put(a, STORE64(10, (INPUT + 8 * i), 1));
    }
    put(a, STORE64(10, ORDER, 5));
}

static void ipv6(struct assembly *a)
{
    place(a, IPV6);
    load_header(a, 0, 40);
    put(a, LOAD8(1, 10, HEADER));
    put(a, SHIFT_RIGHT(1, 4));
    if_not(a, 1, 6, HASH);
    put(a, STORE_VALUE(10, FAMILY, 6));
    put(a, STORE_VALUE(10, PORTS, 0));
    put(a, SET(5, 0));
    for (int half = 0; half < 16; half += 8) {
        put(a, LOAD64(1, 10, (HEADER + 8 + half)));
        put(a, LOAD64(2, 10, (HEADER + 24 + half)));
        put(a, TO_HOST(1, 64));
        put(a, TO_HOST(2, 64));
        jump_to(a, JUMP_X(BPF_JGT, 1, 2), IPV6_TURNED);
        jump_to(a, JUMP_X(BPF_JLT, 1, 2), IPV6_EQUAL);
    }
    put(a, SET(5, 2));
    place(a, IPV6_EQUAL);
    store_ipv6(a, 8, 24);
    go_to(a, IPV6_ORDERED);
    place(a, IPV6_TURNED);
    put(a, SET(5, 1));
    store_ipv6(a, 24, 8);
    place(a, IPV6_ORDERED);
    put(a, LOAD8(8, 10, HEADER + 6));
    skip(a, 40);
    go_to(a, TRANSPORT);
}

/* A header that tells its length less some units of a power of two bytes. */
static void extension(struct assembly *a, enum label label, int more, int shift)
{
    place(a, label);
    load_header(a, 0, 2);
    put(a, LOAD8(8, 10, HEADER));
    put(a, LOAD8(1, 10, HEADER + 1));
    put(a, ADD_VALUE(1, more));
    put(a, SHIFT_LEFT(1, shift));
    put(a, ADD(7, 1));
    go_to(a, TRANSPORT);
}

static void extensions(struct assembly *a)
{
    extension(a, EXTENSION, 1, 3);
    extension(a, AUTHENTICATION, 2, 2);
    place(a, FRAGMENT);
    load_header(a, 0, 8);
    load16(a, 1, 2);
    if_bits(a, 1, 0xfff9, HASH);
    put(a, LOAD8(8, 10, HEADER));
    skip(a, 8);
    go_to(a, TRANSPORT);
}

static void transport(struct assembly *a)
{
    place(a, TRANSPORT);
    put(a, ADD_VALUE(9, -1));
    if_equal(a, 9, 0, HASH);
    const int ported[] = {6, 17, 33, 50, 132, 136};
    for (size_t i = 0; i < sizeof(ported) / sizeof(ported[0]); i++) {
        if_equal(a, 8, ported[i], PORTED);
    }
    if_equal(a, 8, 1, ICMP);
    if_equal(a, 8, 58, ICMP6);
    if_equal(a, 8, 4, IS_IPV4);
    if_equal(a, 8, 41, IS_IPV6);
    if_equal(a, 8, 47, GRE);
    if_equal(a, 8, 51, AUTHENTICATION);
    put(a, LOAD64(1, 10, FAMILY));
    if_not(a, 1, 6, HASH);
    if_equal(a, 8, 0, EXTENSION);
    if_equal(a, 8, 43, EXTENSION);
    if_equal(a, 8, 60, EXTENSION);
    if_equal(a, 8, 44, FRAGMENT);
    go_to(a, HASH);
}

static void ports(struct assembly *a)
{
    place(a, PORTED);
    load_header(a, 0, 4);
    load16(a, 2, 0);
    load16(a, 3, 2);
    put(a, LOAD64(4, 10, ORDER));
    if_equal(a, 4, 0, PORTS_ORDERED);
    if_equal(a, 4, 1, PORTS_TURNED);
    jump_to(a, JUMP_X(BPF_JLE, 2, 3), PORTS_ORDERED);
    place(a, PORTS_TURNED);
    put(a, LOAD16(1, 10, HEADER + 2));
    put(a, STORE16(10, PORTS, 1));
    put(a, LOAD16(1, 10, HEADER));
    put(a, STORE16(10, PORTS + 2, 1));
    go_to(a, TUNNELS);
    place(a, PORTS_ORDERED);
    put(a, LOAD32(1, 10, HEADER));
    put(a, STORE32(10, PORTS, 1));
    place(a, TUNNELS);
    if_not(a, 8, 17, HASH);
    skip(a, 8);
    if_equal(a, 3, 4789, VXLAN);
    if_equal(a, 3, 8472, VXLAN);
    if_equal(a, 3, 6081, GENEVE);
    if_equal(a, 3, 2152, GTP);
    if_equal(a, 2, 2152, GTP);
    go_to(a, HASH);
    place(a, ICMP);
    load_header(a, 0, 8);
    put(a, LOAD8(1, 10, HEADER));
    const int paired[] = {0, 8, 13, 14, 15, 16, 17, 18, 42, 43};
    for (size_t i = 0; i < sizeof(paired) / sizeof(paired[0]); i++) {
        if_equal(a, 1, paired[i], IDENTIFIER);
    }
    go_to(a, HASH);
    place(a, ICMP6);
    load_header(a, 0, 8);
    put(a, LOAD8(1, 10, HEADER));
    if_equal(a, 1, 128, IDENTIFIER);
    if_equal(a, 1, 129, IDENTIFIER);
    if_equal(a, 1, 160, IDENTIFIER);
    if_not(a, 1, 161, HASH);
    place(a, IDENTIFIER);
    put(a, LOAD16(1, 10, HEADER + 4));
    put(a, STORE16(10, PORTS, 1));
    put(a, STORE16(10, PORTS + 2, 1));
    go_to(a, HASH);
}

static void tunnels(struct assembly *a)
{
    place(a, VXLAN);
    load_header(a, 0, 8);
    put(a, LOAD8(1, 10, HEADER));
    put(a, AND_VALUE(1, 0x7f));
    if_not(a, 1, 8, HASH);
    skip(a, 8);
    enter(a, 0x6558);
    place(a, GENEVE);
    load_header(a, 0, 8);
    load16(a, 8, 2);
    put(a, LOAD8(1, 10, HEADER));
    if_bits(a, 1, 0xc0, HASH);
    put(a, SHIFT_LEFT(1, 2));
    put(a, ADD(7, 1));
    skip(a, 8);
    go_to(a, LAYER);
    place(a, GTP);
    load_header(a, 0, 12);
    put(a, LOAD8(1, 10, HEADER + 1));
    if_not(a, 1, 255, HASH);
    put(a, LOAD8(1, 10, HEADER));
    skip(a, 8);
    if_equal(a, 1, 0x30, RAW);
    skip(a, 4);
    if_equal(a, 1, 0x32, RAW); /* with a sequence number; extension headers are left to Java */
    go_to(a, HASH);
    place(a, GRE);
    load_header(a, 0, 4);
    load16(a, 2, 0);
    load16(a, 8, 2);
    skip(a, 4);
    if_bits(a, 2, 0x4007, HASH); /* routing, or another version */
    put(a, MOVE(1, 2));
    put(a, AND_VALUE(1, 0x8000));
    if_equal(a, 1, 0, GRE_KEY);
    skip(a, 4);
    place(a, GRE_KEY);
    put(a, MOVE(1, 2));
    put(a, AND_VALUE(1, 0x2000));
    if_equal(a, 1, 0, GRE_SEQUENCE);
    skip(a, 4);
    place(a, GRE_SEQUENCE);
    put(a, AND_VALUE(2, 0x1000));
    if_equal(a, 2, 0, GRE_CONTENT);
    skip(a, 4);
    place(a, GRE_CONTENT);
    if_not(a, 8, 0x88be, LAYER);
    if_equal(a, 2, 0, ERSPAN);
    skip(a, 8);
    place(a, ERSPAN);
    enter(a, 0x6558);
}

/* One byte of input chooses one of 256 words. */
static void hash_byte(struct assembly *a, int map, int at, int position)
{
    put(a, LOAD8(1, 10, at));
    put(a, SHIFT_LEFT(1, 2));
    put_map(a, 2, BPF_PSEUDO_MAP_VALUE, map, position * 1024);
    put(a, ADD(2, 1));
    put(a, LOAD32(3, 2, 0));
    put(a, XOR(0, 3));
}

static void hash_input(struct assembly *a, int map, int address_bytes)
{
    for (int i = 0; i < address_bytes; i++) {
        hash_byte(a, map, INPUT + i, i);
    }
    for (int i = 0; i < 4; i++) {
        hash_byte(a, map, PORTS + i, address_bytes + i);
    }
    put(a, EXIT);
}

static void assemble(struct assembly *a, int map)
{
    put(a, MOVE(6, 1));
    put(a, SET(7, 0));
    put(a, LOAD32(8, 6, offsetof(struct __sk_buff, protocol)));
    put(a, TO_HOST(8, 16));
    put(a, SET(9, STEPS));
    for (int at = ORDER; at < HEADER; at += 8) {
        put(a, STORE_VALUE(10, at, 0));
    }
    link_layers(a);
    ipv4(a);
    ipv6(a);
    extensions(a);
    transport(a);
    ports(a);
    tunnels(a);
    place(a, HASH);
    put(a, SET(0, 0));
    put(a, LOAD64(1, 10, FAMILY));
    if_equal(a, 1, 4, HASH_IPV4);
    if_not(a, 1, 0, HASH_IPV6);
    put(a, EXIT);
    place(a, HASH_IPV6);
    hash_input(a, map, 32);
    place(a, HASH_IPV4);
    hash_input(a, map, 8);
}

int32_t weir_fanout_load(const uint32_t *words)
{
    const int map = bpf_make_map(BPF_MAP_TYPE_ARRAY, WORDS_BYTES, 1, 0);
    if (map < 0) {
        return map;
    }
    const uint32_t key = 0;
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.map_fd = (uint32_t)map;
    attributes.key = (uint64_t)(uintptr_t)&key;
    attributes.value = (uint64_t)(uintptr_t)words;
    int result = bpf(BPF_MAP_UPDATE_ELEM, &attributes);
    if (result == 0) {
        struct assembly assembly;
        memset(&assembly, 0, sizeof(assembly));
        assemble(&assembly, map);
        result = assembly_load(&assembly, BPF_PROG_TYPE_SOCKET_FILTER, 0, "weir_fanout");
    }
    /* The program keeps it. */
    close(map);
    return result;
}

int32_t weir_fanout_hash(int32_t program, const void *frame, uint32_t length, uint32_t *hash)
{
    union bpf_attr attributes;
    memset(&attributes, 0, sizeof(attributes));
    attributes.test.prog_fd = (uint32_t)program;
    attributes.test.data_in = (uint64_t)(uintptr_t)frame;
    attributes.test.data_size_in = length;
    const int result = bpf(PROGRAM_TEST_RUN, &attributes);
    *hash = attributes.test.retval;
    return result;
}

int32_t weir_fanout_close(int32_t program)
{
    return close(program) < 0 ? -errno : 0;
}
