package io.weir.capture.filter;

import io.weir.capture.CaptureException;
import io.weir.packet.Frame;
import java.util.Arrays;

/**
 * Runs a classic BPF program over frames, with the answer the Linux kernel would give for the same frame live: VLAN
 * tags are seen beside the packet, division by zero and loads behind the captured bytes reject the frame, shifts count
 * modulo 32. Allocates nothing. For one thread.
 */
public final class FilterInterpreter {
    private final FilterProgram program;
    private final long[] instructions;
    private final int[] memory = new int[Instruction.MEMORY_WORDS];
    private final boolean usesMemory;
    private final PacketView packet = new PacketView();
    /** Set by a load that failed. */
    private boolean failed;

    /**
     * Prepares a program.
     *
     * @throws CaptureException if the program is not safe to run
     */
    public FilterInterpreter(final FilterProgram program) {
        ProgramCheck.check(program);
        this.program = program;
        instructions = program.instructions().clone();
        boolean loadsMemory = false;
        for (final long instruction : instructions) {
            final int code = (int) instruction & 0xffff;
            loadsMemory |= code == Instruction.LD_MEM || code == Instruction.LDX_MEM;
        }
        usesMemory = loadsMemory;
    }

    /** What is run. */
    public FilterProgram program() {
        return program;
    }

    /**
     * Judges a frame and, if it is accepted, cuts {@link Frame#capturedLength} to the length the program returns.
     *
     * @return false if the frame is rejected; it is unchanged then
     */
    public boolean accept(final Frame frame) {
        final int kept = result(frame);
        if (kept == 0) {
            return false;
        }
        if (Integer.compareUnsigned(kept, packet.length()) < 0) {
            frame.capturedLength = Math.min(frame.capturedLength, packet.frameBytes(kept));
        }
        return true;
    }

    /** What the program returns: how many bytes to keep, unsigned. */
    int result(final Frame frame) {
        packet.wrap(frame);
        if (usesMemory) {
            Arrays.fill(memory, 0);
        }
        failed = false;
        int a = 0;
        int x = 0;
        int pc = 0;
        while (true) {
            final long instruction = instructions[pc++];
            final int code = (int) instruction & 0xffff;
            final int k = (int) (instruction >>> 32);
            switch (code & Instruction.CLASS) {
                case Instruction.LD -> a = load(code, k, a, x);
                case Instruction.LDX -> x = loadIndex(code, k);
                case Instruction.ST -> memory[k] = a;
                case Instruction.STX -> memory[k] = x;
                case Instruction.ALU -> a = compute(code, a, k, x);
                case Instruction.JMP -> pc += code == Instruction.JA ? k : holds(code, a, k, x)
                    ? (int) (instruction >>> 16) & 0xff : (int) (instruction >>> 24) & 0xff;
                case Instruction.RET -> {
                    return code == Instruction.RET_K ? k : a;
                }
                default -> {
                    if (code == Instruction.TAX) {
                        x = a;
                    } else {
                        a = x;
                    }
                }
            }
            if (failed) {
                return 0;
            }
        }
    }

    private int load(final int code, final int k, final int a, final int x) {
        return switch (code) {
            case Instruction.LD_H_ABS -> k >= 0 ? half(k) : special(code, k, a, x);
            case Instruction.LD_B_ABS -> k >= 0 ? octet(k) : special(code, k, a, x);
            case Instruction.LD_W_ABS -> k >= 0 ? word(k) : special(code, k, a, x);
            case Instruction.LD_H_IND -> half(relative(x + k));
            case Instruction.LD_B_IND -> octet(relative(x + k));
            case Instruction.LD_W_IND -> word(relative(x + k));
            case Instruction.LD_MEM -> memory[k];
            case Instruction.LD_W_LEN -> packet.wireLength();
            default -> k;
        };
    }

    private int loadIndex(final int code, final int k) {
        return switch (code) {
            case Instruction.LDX_B_MSH -> (octet(relative(k)) & 0xf) << 2;
            case Instruction.LDX_MEM -> memory[k];
            case Instruction.LDX_W_LEN -> packet.wireLength();
            default -> k;
        };
    }

    private int special(final int code, final int k, final int a, final int x) {
        if (k >= Instruction.AD_OFF) {
            return k == Instruction.AD_ALU_XOR_X ? a ^ x : packet.ancillary(k);
        }
        final int offset = relative(k);
        return code == Instruction.LD_W_ABS ? word(offset)
            : code == Instruction.LD_H_ABS ? half(offset) : octet(offset);
    }

    /** Resolves offsets from the network and the link header; others that are negative stay so, and fail. */
    private int relative(final int offset) {
        if (offset >= 0 || offset < Instruction.LL_OFF || offset >= Instruction.AD_OFF) {
            return offset;
        }
        return offset >= Instruction.NET_OFF
            ? offset - Instruction.NET_OFF + packet.networkOffset() : offset - Instruction.LL_OFF;
    }

    private int octet(final int offset) {
        if (offset < 0 || offset >= packet.length()) {
            failed = true;
            return 0;
        }
        return packet.octet(offset);
    }

    private int half(final int offset) {
        if (offset < 0 || offset > packet.length() - 2) {
            failed = true;
            return 0;
        }
        return packet.half(offset);
    }

    private int word(final int offset) {
        if (offset < 0 || offset > packet.length() - 4) {
            failed = true;
            return 0;
        }
        return packet.word(offset);
    }

    private int compute(final int code, final int a, final int k, final int x) {
        final int operand = (code & 0x08) == 0 ? k : x;
        return switch (code & ~0x08) {
            case Instruction.ADD_K -> a + operand;
            case Instruction.SUB_K -> a - operand;
            case Instruction.MUL_K -> a * operand;
            case Instruction.OR_K -> a | operand;
            case Instruction.AND_K -> a & operand;
            case Instruction.LSH_K -> a << operand;
            case Instruction.RSH_K -> a >>> operand;
            case Instruction.XOR_K -> a ^ operand;
            case Instruction.NEG -> -a;
            case Instruction.DIV_K -> {
                failed = operand == 0;
                yield failed ? 0 : Integer.divideUnsigned(a, operand);
            }
            default -> {
                failed = operand == 0;
                yield failed ? 0 : Integer.remainderUnsigned(a, operand);
            }
        };
    }

    private static boolean holds(final int code, final int a, final int k, final int x) {
        final int operand = (code & 0x08) == 0 ? k : x;
        return switch (code & ~0x08) {
            case Instruction.JEQ_K -> a == operand;
            case Instruction.JGT_K -> Integer.compareUnsigned(a, operand) > 0;
            case Instruction.JGE_K -> Integer.compareUnsigned(a, operand) >= 0;
            default -> (a & operand) != 0;
        };
    }
}
