package io.weir.perf.trace;

import java.util.SplittableRandom;

/** Flows that are alive at the same time, each at its own place in its script. */
final class FlowSet {
    private static final int FILLER = 64 * 1024;

    private final Script[] scripts;
    private final boolean endless;
    private final SplittableRandom random;
    private final byte[] filler = new byte[FILLER];

    private final short[] script;
    private final short[] step;
    private final int[] client;
    private final int[] server;
    private final char[] clientPort;
    private final int[] clientSequence;
    private final int[] serverSequence;
    private int flowsStarted;

    /**
     * Starts flows.
     *
     * @param endless true if a flow repeats its script for ever, false if a new flow takes its place
     */
    FlowSet(final int size, final Script[] scripts, final boolean endless, final SplittableRandom random) {
        this.scripts = scripts;
        this.endless = endless;
        this.random = random;
        random.nextBytes(filler);
        script = new short[size];
        step = new short[size];
        client = new int[size];
        server = new int[size];
        clientPort = new char[size];
        clientSequence = new int[size];
        serverSequence = new int[size];
        for (int i = 0; i < size; i++) {
            start(i);
        }
    }

    int size() {
        return script.length;
    }

    int flowsStarted() {
        return flowsStarted;
    }

    private void start(final int slot) {
        script[slot] = (short) random.nextInt(scripts.length);
        step[slot] = 0;
        // Flows are told apart by client address and port alone: 2^20 clients times 48k ports, in turn.
        client[slot] = flowsStarted & 0xfffff;
        clientPort[slot] = (char) (16_384 + (flowsStarted / 7) % 48_000);
        server[slot] = random.nextInt(4096);
        clientSequence[slot] = random.nextInt();
        serverSequence[slot] = random.nextInt();
        flowsStarted++;
    }

    /** Writes the flow's next frame to {@code frame} and answers its length. */
    int next(final int slot, final byte[] frame) {
        final Script lines = scripts[script[slot]];
        final Script.Step now = lines.steps().get(step[slot]);
        final int transport = Headers.transport(client[slot]);
        final int headerLength = lines.protocol() == Script.TCP ? 20 : 8;
        final int length = transport + headerLength + now.length();
        Headers.put(frame, client[slot], server[slot], now.fromServer(), lines.protocol(), step[slot],
            headerLength + now.length());
        final int sourcePort = now.fromServer() ? lines.serverPort() : clientPort[slot];
        final int destinationPort = now.fromServer() ? clientPort[slot] : lines.serverPort();
        Bytes.putShort(frame, transport, sourcePort);
        Bytes.putShort(frame, transport + 2, destinationPort);
        if (lines.protocol() == Script.TCP) {
            tcp(frame, transport, slot, now);
        } else {
            Bytes.putShort(frame, transport + 4, headerLength + now.length());
            Bytes.putShort(frame, transport + 6, 0);
        }
        final int payload = transport + headerLength;
        System.arraycopy(filler, (slot * 31 + step[slot] * 1021) & 0x7fff, frame, payload, now.length());
        for (int i = Math.min(now.head().length(), now.length()) - 1; i >= 0; i--) {
            frame[payload + i] = (byte) now.head().charAt(i);
        }
        Headers.checksum(frame, transport, length, lines.protocol());
        advance(slot, lines);
        return Headers.pad(frame, length);
    }

    private void advance(final int slot, final Script lines) {
        step[slot]++;
        if (step[slot] == lines.steps().size()) {
            if (endless) {
                step[slot] = 0;
            } else {
                start(slot);
            }
        }
    }

    private void tcp(final byte[] frame, final int at, final int slot, final Script.Step now) {
        Bytes.putInt(frame, at + 4, now.fromServer() ? serverSequence[slot] : clientSequence[slot]);
        Bytes.putInt(frame, at + 8,
            (now.flags() & 0x10) == 0 ? 0 : now.fromServer() ? clientSequence[slot] : serverSequence[slot]);
        Bytes.putShort(frame, at + 12, 0x5000 | now.flags());
        Bytes.putShort(frame, at + 14, 0xfff0);
        Bytes.putInt(frame, at + 16, 0);
        final int taken = now.length() + ((now.flags() & 0x03) != 0 ? 1 : 0);
        if (now.fromServer()) {
            serverSequence[slot] += taken;
        } else {
            clientSequence[slot] += taken;
        }
    }
}
