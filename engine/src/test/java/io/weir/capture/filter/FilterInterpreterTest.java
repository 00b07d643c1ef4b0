package io.weir.capture.filter;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureException;
import io.weir.packet.Frame;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterInterpreterTest {
    private static final String MACS = "020000000001" + "020000000002";
    /** UDP 192.0.2.1:5000 to 192.0.2.2:80, 4 bytes. */
    private static final String UDP = "450000200001000040110000" + "c0000201" + "c0000202" + "13880050000c0000"
        + "01020304";
    private static final int ACCEPT_ALL = 0x40000;

    private final NativeMemory.Region memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, 4096, 8);
    private final Frame frame = new Frame();

    @AfterEach
    void shouldFreeMemory() {
        memory.close();
    }

    private Frame frame(final String hex) {
        final byte[] bytes = HexFormat.of().parseHex(hex);
        // At the end of the region, so that a read behind the frame is one behind the region, too.
        frame.address = memory.address() + memory.length() - bytes.length;
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(frame.address + i, bytes[i]);
        }
        frame.capturedLength = bytes.length;
        frame.wireLength = bytes.length;
        frame.linkType = 1;
        frame.flags = 0;
        frame.strippedVlan = 0;
        frame.interfaceId = 3;
        return frame;
    }

    private static long op(final int code, final int k) {
        return code | (long) k << 32;
    }

    private static long jump(final int code, final int k, final int jumpTrue, final int jumpFalse) {
        return op(code, k) | (long) jumpTrue << 16 | (long) jumpFalse << 24;
    }

    private static FilterInterpreter program(final long... instructions) {
        return new FilterInterpreter(new FilterProgram("test", 1, instructions));
    }

    /** What a program has in A at its end. */
    private int resultOf(final long... instructions) {
        final long[] all = Arrays.copyOf(instructions, instructions.length + 1);
        all[instructions.length] = op(Instruction.RET_A, 0);
        return program(all).result(frame);
    }

    @Test
    void shouldComputeAsTheKernelDoes() {
        frame(MACS + "0800");
        final long seven = op(Instruction.LD_W_IMM, 7);
        assertEquals(9, resultOf(seven, op(Instruction.ADD_K, 2)));
        assertEquals(5, resultOf(seven, op(Instruction.SUB_K, 2)));
        assertEquals(14, resultOf(seven, op(Instruction.MUL_K, 2)));
        assertEquals(3, resultOf(seven, op(Instruction.DIV_K, 2)));
        assertEquals(1, resultOf(seven, op(Instruction.MOD_K, 2)));
        assertEquals(15, resultOf(seven, op(Instruction.OR_K, 8)));
        assertEquals(2, resultOf(seven, op(Instruction.AND_K, 10)));
        assertEquals(5, resultOf(seven, op(Instruction.XOR_K, 2)));
        assertEquals(28, resultOf(seven, op(Instruction.LSH_K, 2)));
        assertEquals(1, resultOf(seven, op(Instruction.RSH_K, 2)));
        assertEquals(7, resultOf(op(Instruction.LD_W_IMM, -7), op(Instruction.NEG, 0)));
        // Unsigned: -2 / 2 is 0x7fffffff, and shifts by X count modulo 32.
        assertEquals(0x7fff_ffff, resultOf(op(Instruction.LD_W_IMM, -2), op(Instruction.DIV_K, 2)));
        assertEquals(14, resultOf(seven, op(Instruction.LDX_W_IMM, 33), op(Instruction.LSH_X, 0)));
        assertEquals(0, resultOf(seven, op(Instruction.DIV_X, 0), op(Instruction.LD_W_IMM, 1)));
        assertEquals(0, resultOf(seven, op(Instruction.MOD_X, 0), op(Instruction.LD_W_IMM, 1)));
        assertEquals(8, resultOf(seven, op(Instruction.TAX, 0), op(Instruction.LD_W_IMM, 1),
            op(Instruction.ADD_X, 0), op(Instruction.ST, 15), op(Instruction.LD_W_IMM, 0),
            op(Instruction.LD_MEM, 15)));
        assertEquals(7, resultOf(op(Instruction.LDX_W_IMM, 7), op(Instruction.STX, 0), op(Instruction.LDX_MEM, 0),
            op(Instruction.TXA, 0)));
        assertEquals(0, resultOf(op(Instruction.LD_MEM, 15)));
    }

    @Test
    void shouldJumpByUnsignedComparison() {
        frame(MACS + "0800");
        for (final int code : new int[] {Instruction.JGT_K, Instruction.JGE_K}) {
            assertEquals(1, resultOf(op(Instruction.LD_W_IMM, -1), jump(code, 5, 0, 1), op(Instruction.LD_W_IMM, 1),
                op(Instruction.JA, 0)));
        }
        assertEquals(2, resultOf(op(Instruction.LD_W_IMM, 6), jump(Instruction.JSET_K, 9, 0, 1),
            op(Instruction.JA, 1), op(Instruction.LD_W_IMM, 2)));
        assertEquals(6, resultOf(op(Instruction.LD_W_IMM, 6), op(Instruction.TAX, 0),
            jump(Instruction.JEQ_X, 0, 1, 0), op(Instruction.LD_W_IMM, 2)));
    }

    @ParameterizedTest
    @CsvSource({"0x20, 11", "0x28, 13", "0x30, 14", "0x20, 0x7fffffff", "0x28, 0x7fffffff", "0xb1, 14",
        "0x40, 0x7fffffff", "0x40, 0x80000000", "0x20, -1048575", "0x30, -2097137"})
    void shouldRejectAFrameThatEndsBeforeALoad(final String code, final String offset) {
        final Frame short14 = frame(MACS + "0800");
        assertFalse(program(op(Instruction.LDX_W_IMM, 1), op(Integer.decode(code), (int) (long) Long.decode(offset)),
            op(Instruction.RET_K, 1)).accept(short14));
    }

    @Test
    void shouldLoadFromTheNetworkAndLinkHeaders() {
        frame(MACS + "0800" + UDP);
        assertEquals(0x45, resultOf(op(Instruction.LD_B_ABS, Instruction.NET_OFF)));
        assertEquals(0x800, resultOf(op(Instruction.LD_H_ABS, Instruction.LL_OFF + 12)));
        assertEquals(20, resultOf(op(Instruction.LDX_B_MSH, 14), op(Instruction.TXA, 0)));
        assertEquals(80, resultOf(op(Instruction.LDX_B_MSH, 14), op(Instruction.LD_H_IND, 16)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"81006064", "88a86064"})
    void shouldSeeATagInPlaceAsIfTheKernelHadTakenItOut(final String tag) {
        final String inner = "0800" + UDP;
        for (int i = 0; i < 16; i++) {
            frame(MACS + inner);
            final int word = resultOf(op(Instruction.LD_W_ABS, i));
            final int half = resultOf(op(Instruction.LD_H_ABS, i));
            frame(MACS + tag + inner);
            assertEquals(word, resultOf(op(Instruction.LD_W_ABS, i)));
            assertEquals(half, resultOf(op(Instruction.LD_H_ABS, i)));
            assertEquals(0x45, resultOf(op(Instruction.LD_B_ABS, 14)));
        }
        assertEquals(0x6064, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_VLAN_TAG)));
        assertEquals(1, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_VLAN_TAG_PRESENT)));
        assertEquals(Integer.parseInt(tag.substring(0, 4), 16),
            resultOf(op(Instruction.LD_W_ABS, Instruction.AD_VLAN_TPID)));
        assertEquals(0x800, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_PROTOCOL)));
        assertEquals(3, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_IFINDEX)));
        frame(MACS + tag + inner);
        assertTrue(program(op(Instruction.LD_W_LEN, 0), jump(Instruction.JEQ_K, 46, 0, 1),
            op(Instruction.RET_K, ACCEPT_ALL), op(Instruction.RET_K, 0)).accept(frame));
        assertEquals(50, frame.capturedLength);
    }

    @Test
    void shouldGiveTheSameAnswerForATagBesideTheFrame() {
        frame(MACS + "0800" + UDP);
        frame.flags = Frame.VLAN_STRIPPED;
        frame.strippedVlan = 0x8100_0000;
        frame.wireLength += 4;
        assertTrue(program(op(Instruction.LD_W_LEN, 0), jump(Instruction.JEQ_K, 46, 0, 3),
            op(Instruction.LD_W_ABS, Instruction.AD_VLAN_TAG_PRESENT), jump(Instruction.JEQ_K, 1, 0, 1),
            op(Instruction.RET_K, ACCEPT_ALL), op(Instruction.RET_K, 0)).accept(frame));
        // A tag of 0 is a tag; an untagged frame has none.
        frame(MACS + "0800" + UDP);
        assertEquals(0, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_VLAN_TAG_PRESENT)));
    }

    @Test
    void shouldCutToTheReturnedLength() {
        frame(MACS + "0800" + UDP);
        assertTrue(program(op(Instruction.RET_K, 20)).accept(frame));
        assertEquals(20, frame.capturedLength);
        assertEquals(46, frame.wireLength);
        // A tag in place does not count: live it would be beside the 20 bytes.
        frame(MACS + "81000001" + "0800" + UDP);
        assertTrue(program(op(Instruction.RET_K, 20)).accept(frame));
        assertEquals(24, frame.capturedLength);
    }

    @Test
    void shouldTellBroadcastMulticastAndOwnFrames() {
        frame("ffffffffffff0200000000020800");
        assertEquals(1, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_PKTTYPE)));
        frame("01005e0000010200000000020800");
        assertEquals(2, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_PKTTYPE)));
        frame(MACS + "0800");
        frame.flags = Frame.OUTGOING;
        assertEquals(4, resultOf(op(Instruction.LD_W_ABS, Instruction.AD_PKTTYPE)));
    }

    @Test
    void shouldRefuseProgramsThatAreNotSafe() {
        final long ret = op(Instruction.RET_K, 1);
        for (final long[] bad : new long[][] {
            {}, {op(Instruction.LD_W_IMM, 1)}, {op(0xff, 0), ret}, {op(Instruction.DIV_K, 0), ret},
            {op(Instruction.MOD_K, 0), ret}, {op(Instruction.LSH_K, 32), ret}, {op(Instruction.ST, 16), ret},
            {op(Instruction.LD_MEM, -1), ret}, {op(Instruction.JA, 1), ret}, {op(Instruction.JA, -1), ret},
            {jump(Instruction.JEQ_K, 0, 1, 0), ret}, {jump(Instruction.JEQ_K, 0, 0, 255), ret},
            {op(Instruction.LD_W_ABS, Instruction.AD_OFF + 56), ret}, {op(Instruction.LD_W_ABS, -1), ret},
            {op(Instruction.LD_W_ABS, Instruction.LL_OFF - 1), ret}, new long[65_537]}) {
            final CaptureException e = assertThrows(CaptureException.class, () -> program(bad));
            assertEquals(CaptureException.Kind.BAD_FILTER, e.kind());
        }
    }

    @Test
    void shouldNeverThrowNorHangWhateverTheProgramAndTheFrame() {
        final Random random = new Random(42);
        int ran = 0;
        for (int i = 0; i < 200_000; i++) {
            final long[] instructions = new long[1 + random.nextInt(12)];
            for (int j = 0; j < instructions.length; j++) {
                final int k = random.nextInt(4) == 0 ? random.nextInt() >> random.nextInt(32) : random.nextInt(64);
                instructions[j] = jump(random.nextInt(256), k, random.nextInt(4), random.nextInt(4));
            }
            instructions[instructions.length - 1] = op(i % 2 == 0 ? Instruction.RET_A : Instruction.RET_K, i % 3);
            final FilterInterpreter interpreter;
            try {
                interpreter = program(instructions);
            } catch (final CaptureException e) {
                continue;
            }
            final byte[] bytes = new byte[random.nextInt(64)];
            random.nextBytes(bytes);
            frame(HexFormat.of().formatHex(bytes));
            frame.linkType = random.nextInt(2);
            assertDoesNotThrow(() -> interpreter.accept(frame));
            assertTrue(frame.capturedLength >= 0 && frame.capturedLength <= bytes.length);
            ran++;
        }
        assertTrue(ran > 2000, "ran " + ran);
    }

    @ParameterizedTest
    @CsvSource({
        "udp port 80, true, true", "tcp, false, false", "ip host 192.0.2.2, true, true", "len <= 46, true, true",
        "udp[8:4] = 0x01020304, true, true", "ether dst 02:00:00:00:00:01, true, true", "greater 47, false, false"
    })
    void shouldAnswerAlikeWithAndWithoutATag(final String expression, final boolean plain, final boolean tagged) {
        final FilterInterpreter interpreter =
            new FilterInterpreter(FilterCompiler.compileForLinkType(1, expression));
        assertEquals(plain, interpreter.accept(frame(MACS + "0800" + UDP)));
        assertEquals(tagged, interpreter.accept(frame(MACS + "81000064" + "0800" + UDP)));
    }
}
