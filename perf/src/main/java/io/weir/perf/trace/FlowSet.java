package io.weir.perf.trace;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Flows that are alive at the same time, each at its own place in its script. */
final class FlowSet {
    private static final int ETHERNET = 14;
    private static final int MIN_FRAME = 60;
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
        final boolean v6 = client[slot] % 10 == 0;
        final int ipLength = v6 ? 40 : 20;
        final int transport = ETHERNET + ipLength;
        final int headerLength = lines.protocol() == Script.TCP ? 20 : 8;
        final int length = transport + headerLength + now.length();
        ethernet(frame, v6, now.fromServer());
        if (v6) {
            ipv6(frame, slot, lines.protocol(), now.fromServer(), headerLength + now.length());
        } else {
            ipv4(frame, slot, lines.protocol(), now.fromServer(), ipLength + headerLength + now.length());
        }
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
        checksum(frame, v6, transport, length, lines.protocol());
        advance(slot, lines);
        return length < MIN_FRAME ? pad(frame, length) : length;
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

    private static void ethernet(final byte[] frame, final boolean v6, final boolean fromServer) {
        Bytes.putInt(frame, 0, 0x00005e00);
        Bytes.putShort(frame, 4, fromServer ? 0x5301 : 0x5302);
        Bytes.putInt(frame, 6, 0x00005e00);
        Bytes.putShort(frame, 10, fromServer ? 0x5302 : 0x5301);
        Bytes.putShort(frame, 12, v6 ? 0x86dd : 0x0800);
    }

    private void ipv4(
        final byte[] frame, final int slot, final int protocol, final boolean fromServer, final int length) {
        final int clientAddress = 10 << 24 | client[slot];
        final int serverAddress = 198 << 24 | 18 << 16 | server[slot];
        Bytes.putInt(frame, 14, 0x45000000 | length);
        Bytes.putInt(frame, 18, (step[slot] & 0xffff) << 16 | 0x4000);
        Bytes.putInt(frame, 22, 64 << 24 | protocol << 16);
        Bytes.putInt(frame, 26, fromServer ? serverAddress : clientAddress);
        Bytes.putInt(frame, 30, fromServer ? clientAddress : serverAddress);
        Bytes.putShort(frame, 24, Bytes.fold(Bytes.sum(frame, 14, 20)));
    }

    private void ipv6(
        final byte[] frame, final int slot, final int protocol, final boolean fromServer, final int length) {
        Bytes.putInt(frame, 14, 0x60000000);
        Bytes.putInt(frame, 18, length << 16 | protocol << 8 | 64);
        address6(frame, fromServer ? 38 : 22, 0xc, client[slot]);
        address6(frame, fromServer ? 22 : 38, 0x5, server[slot]);
    }

    private static void address6(final byte[] frame, final int at, final int net, final int host) {
        Bytes.putInt(frame, at, 0x20010db8);
        Bytes.putInt(frame, at + 4, net);
        Bytes.putInt(frame, at + 8, 0);
        Bytes.putInt(frame, at + 12, host);
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

    private static void checksum(
        final byte[] frame, final boolean v6, final int transport, final int length, final int protocol) {
        final int addresses = v6 ? 22 : 26;
        final long pseudo = Bytes.sum(frame, addresses, transport - addresses) + protocol + (length - transport);
        final int sum = Bytes.fold(pseudo + Bytes.sum(frame, transport, length - transport));
        if (protocol == Script.TCP) {
            Bytes.putShort(frame, transport + 16, sum);
        } else {
            Bytes.putShort(frame, transport + 6, sum == 0 ? 0xffff : sum);
        }
    }

    private static int pad(final byte[] frame, final int length) {
        Arrays.fill(frame, length, MIN_FRAME, (byte) 0);
        return MIN_FRAME;
    }
}
