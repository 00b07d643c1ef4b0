package io.weir.capture.filter;

import io.weir.capture.CaptureException;

/**
 * What a classic BPF program must fulfil before it runs: known instructions, jumps forward and inside, scratch words in
 * range, no division by a constant zero, a return at the end. Then every run ends after at most as many steps as the
 * program has instructions.
 */
final class ProgramCheck {
    private static final int MAX_INSTRUCTIONS = 65_536;
    private static final int MAX_SHIFT = 31;

    private ProgramCheck() {
    }

    /**
     * Checks a program.
     *
     * @throws CaptureException naming the first instruction that is wrong
     */
    static void check(final FilterProgram program) {
        final int length = program.length();
        if (length == 0 || length > MAX_INSTRUCTIONS) {
            throw fault(program, "has " + length + " instructions, and may have 1 to " + MAX_INSTRUCTIONS);
        }
        for (int i = 0; i < length; i++) {
            final String wrong = wrong(program, i);
            if (wrong != null) {
                throw fault(program, "instruction " + i + " " + wrong);
            }
        }
        if ((program.code(length - 1) & Instruction.CLASS) != Instruction.RET) {
            throw fault(program, "does not end with a return");
        }
    }

    private static String wrong(final FilterProgram program, final int index) {
        final int code = program.code(index);
        final int k = program.operand(index);
        return switch (code) {
            case Instruction.LD_W_ABS, Instruction.LD_H_ABS, Instruction.LD_B_ABS ->
                k < 0 && !isKnownOffset(k) ? "loads from an offset that exists in a live kernel alone" : null;
            case Instruction.LD_MEM, Instruction.LDX_MEM, Instruction.ST, Instruction.STX ->
                k < 0 || k >= Instruction.MEMORY_WORDS ? "uses scratch word " + Integer.toUnsignedString(k) : null;
            case Instruction.DIV_K, Instruction.MOD_K -> k == 0 ? "divides by zero" : null;
            case Instruction.LSH_K, Instruction.RSH_K ->
                k < 0 || k > MAX_SHIFT ? "shifts by " + Integer.toUnsignedString(k) : null;
            case Instruction.JA -> k < 0 || k >= program.length() - index - 1 ? "jumps out of the program" : null;
            case Instruction.JEQ_K, Instruction.JEQ_X, Instruction.JGT_K, Instruction.JGT_X, Instruction.JGE_K,
                Instruction.JGE_X, Instruction.JSET_K, Instruction.JSET_X ->
                Math.max(program.jumpTrue(index), program.jumpFalse(index)) >= program.length() - index - 1
                    ? "jumps out of the program" : null;
            case Instruction.LD_W_IMM, Instruction.LD_W_IND, Instruction.LD_H_IND, Instruction.LD_B_IND,
                Instruction.LD_W_LEN, Instruction.LDX_W_IMM, Instruction.LDX_W_LEN, Instruction.LDX_B_MSH,
                Instruction.ADD_K, Instruction.ADD_X, Instruction.SUB_K, Instruction.SUB_X, Instruction.MUL_K,
                Instruction.MUL_X, Instruction.DIV_X, Instruction.OR_K, Instruction.OR_X, Instruction.AND_K,
                Instruction.AND_X, Instruction.LSH_X, Instruction.RSH_X, Instruction.NEG, Instruction.MOD_X,
                Instruction.XOR_K, Instruction.XOR_X, Instruction.RET_K, Instruction.RET_A, Instruction.TAX,
                Instruction.TXA -> null;
            default -> "has the unknown opcode 0x" + Integer.toHexString(code);
        };
    }

    private static boolean isKnownOffset(final int k) {
        if (k < Instruction.AD_OFF) {
            return k >= Instruction.LL_OFF;
        }
        return switch (k) {
            case Instruction.AD_PROTOCOL, Instruction.AD_PKTTYPE, Instruction.AD_IFINDEX, Instruction.AD_MARK,
                Instruction.AD_QUEUE, Instruction.AD_HATYPE, Instruction.AD_RXHASH, Instruction.AD_CPU,
                Instruction.AD_ALU_XOR_X, Instruction.AD_VLAN_TAG, Instruction.AD_VLAN_TAG_PRESENT,
                Instruction.AD_VLAN_TPID -> true;
            default -> false;
        };
    }

    private static CaptureException fault(final FilterProgram program, final String what) {
        return new CaptureException(CaptureException.Kind.BAD_FILTER,
            "filter: the program for '" + program.expression() + "' " + what);
    }
}
