package io.weir.capture.filter;

/** Opcodes and special offsets of classic BPF (linux/bpf_common.h, linux/filter.h). */
final class Instruction {
    static final int CLASS = 0x07;
    static final int LD = 0x00;
    static final int LDX = 0x01;
    static final int ST = 0x02;
    static final int STX = 0x03;
    static final int ALU = 0x04;
    static final int JMP = 0x05;
    static final int RET = 0x06;

    static final int LD_W_IMM = 0x00;
    static final int LD_W_ABS = 0x20;
    static final int LD_H_ABS = 0x28;
    static final int LD_B_ABS = 0x30;
    static final int LD_W_IND = 0x40;
    static final int LD_H_IND = 0x48;
    static final int LD_B_IND = 0x50;
    static final int LD_MEM = 0x60;
    static final int LD_W_LEN = 0x80;
    static final int LDX_W_IMM = 0x01;
    static final int LDX_MEM = 0x61;
    static final int LDX_W_LEN = 0x81;
    static final int LDX_B_MSH = 0xb1;
    static final int ADD_K = 0x04;
    static final int ADD_X = 0x0c;
    static final int SUB_K = 0x14;
    static final int SUB_X = 0x1c;
    static final int MUL_K = 0x24;
    static final int MUL_X = 0x2c;
    static final int DIV_K = 0x34;
    static final int DIV_X = 0x3c;
    static final int OR_K = 0x44;
    static final int OR_X = 0x4c;
    static final int AND_K = 0x54;
    static final int AND_X = 0x5c;
    static final int LSH_K = 0x64;
    static final int LSH_X = 0x6c;
    static final int RSH_K = 0x74;
    static final int RSH_X = 0x7c;
    static final int NEG = 0x84;
    static final int MOD_K = 0x94;
    static final int MOD_X = 0x9c;
    static final int XOR_K = 0xa4;
    static final int XOR_X = 0xac;
    static final int JA = 0x05;
    static final int JEQ_K = 0x15;
    static final int JEQ_X = 0x1d;
    static final int JGT_K = 0x25;
    static final int JGT_X = 0x2d;
    static final int JGE_K = 0x35;
    static final int JGE_X = 0x3d;
    static final int JSET_K = 0x45;
    static final int JSET_X = 0x4d;
    static final int RET_K = 0x06;
    static final int RET_A = 0x16;
    static final int TAX = 0x07;
    static final int TXA = 0x87;

    /** Scratch words. */
    static final int MEMORY_WORDS = 16;

    /** Loads from here on take what lies beside the packet. */
    static final int AD_OFF = -0x1000;
    static final int AD_PROTOCOL = AD_OFF;
    static final int AD_PKTTYPE = AD_OFF + 4;
    static final int AD_IFINDEX = AD_OFF + 8;
    static final int AD_MARK = AD_OFF + 20;
    static final int AD_QUEUE = AD_OFF + 24;
    static final int AD_HATYPE = AD_OFF + 28;
    static final int AD_RXHASH = AD_OFF + 32;
    static final int AD_CPU = AD_OFF + 36;
    static final int AD_ALU_XOR_X = AD_OFF + 40;
    static final int AD_VLAN_TAG = AD_OFF + 44;
    static final int AD_VLAN_TAG_PRESENT = AD_OFF + 48;
    static final int AD_VLAN_TPID = AD_OFF + 60;
    /** Loads from here on are relative to the network header. */
    static final int NET_OFF = -0x100000;
    /** Loads from here on are relative to the link header. */
    static final int LL_OFF = -0x200000;

    private Instruction() {
    }
}
