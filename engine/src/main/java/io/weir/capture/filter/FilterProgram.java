package io.weir.capture.filter;

import java.util.Arrays;

/**
 * A classic BPF program.
 *
 * <p>Each instruction is the 8 bytes of {@code struct sock_filter} read as a little-endian long: opcode in bits 0 to
 * 15, jump if true in bits 16 to 23, jump if false in bits 24 to 31, operand in bits 32 to 63. A program for a live
 * Ethernet device may load the VLAN tag that lies beside the frame ({@code SKF_AD_VLAN_TAG} and
 * {@code SKF_AD_VLAN_TAG_PRESENT}, linux/filter.h).
 */
public final class FilterProgram {
    /** Most instructions the kernel attaches. */
    public static final int KERNEL_MAX_INSTRUCTIONS = 4096;

    private static final int RET_K = 0x06;

    private final String expression;
    private final int linkType;
    private final long[] instructions;

    /**
     * Creates one.
     *
     * @param expression   what was compiled
     * @param linkType     libpcap DLT_ value the program was made for
     * @param instructions the program; not copied, nobody changes it
     */
    public FilterProgram(final String expression, final int linkType, final long[] instructions) {
        this.expression = expression;
        this.linkType = linkType;
        this.instructions = instructions;
    }

    /** What was compiled; empty if nothing was. */
    public String expression() {
        return expression;
    }

    /** libpcap DLT_ value the program was made for. */
    public int linkType() {
        return linkType;
    }

    /** The program itself, not a copy. */
    public long[] instructions() {
        return instructions;
    }

    /** Opcode of instruction {@code index}. */
    public int code(final int index) {
        return (int) instructions[index] & 0xffff;
    }

    /** Instructions to skip if the condition of a jump holds. */
    public int jumpTrue(final int index) {
        return (int) (instructions[index] >>> 16) & 0xff;
    }

    /** Instructions to skip if it does not. */
    public int jumpFalse(final int index) {
        return (int) (instructions[index] >>> 24) & 0xff;
    }

    /** Operand. */
    public int operand(final int index) {
        return (int) (instructions[index] >>> 32);
    }

    /** Number of instructions. */
    public int length() {
        return instructions.length;
    }

    /** A program that accepts every frame and lets the kernel keep the first {@code snapLength} bytes. */
    public static FilterProgram acceptAll(final int linkType, final int snapLength) {
        return new FilterProgram("", linkType, new long[] {RET_K | (long) snapLength << 32});
    }

    /** The same program, keeping the first {@code snapLength} bytes of the frames it accepts. */
    public FilterProgram withSnapLength(final int snapLength) {
        final long[] changed = instructions.clone();
        for (int i = 0; i < changed.length; i++) {
            if (code(i) == RET_K && operand(i) != 0) {
                changed[i] = RET_K | (long) snapLength << 32;
            }
        }
        return new FilterProgram(expression, linkType, changed);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof FilterProgram that && linkType == that.linkType
            && expression.equals(that.expression) && Arrays.equals(instructions, that.instructions);
    }

    @Override
    public int hashCode() {
        return 31 * expression.hashCode() + Arrays.hashCode(instructions);
    }

    @Override
    public String toString() {
        return "FilterProgram[" + expression + ", link type " + linkType + ", " + length() + " instructions]";
    }
}
