package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.FlowEvent;
import io.weir.stats.IpProtocol;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Keeps a flood from filling the disk: flows of a single frame that nobody answered are, beyond a rate per second, not
 * written one by one but as one record per destination and second.
 *
 * <p>Such a record is a {@code flow} record of everything sent to one destination by one IP protocol: no source, the
 * sums of frames and bytes, first start and last end, and {@code weir.flood} with the number of {@code flows} and
 * estimates (linear counting, some 2 % off, at most about 20,000) of how many {@code sources} and {@code ports} were
 * involved. {@code dest_port} is there if all went to one. Beyond {@link #MAX_DESTINATIONS} in one second the rest goes
 * into one record without {@code dest_ip}.
 *
 * <p>One thread; allocates nothing after it was made.
 */
final class FloodGate {
    /** Destinations told apart in one second. */
    static final int MAX_DESTINATIONS = 1_024;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final int SLOTS = 2 * MAX_DESTINATIONS;
    private static final int REST = SLOTS;
    private static final int BITS = 4_096;
    private static final int WORDS = BITS / Long.SIZE;
    private static final int NO_PORT = -1;

    private static final byte[] HEAD = ascii("{\"timestamp\":");
    private static final byte[] EVENT_TYPE = ascii(",\"event_type\":\"flow\"");
    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] DEST_PORT = next("dest_port");
    private static final byte[] PROTO = next("proto");
    private static final byte[] IP_V = next("ip_v");
    private static final byte[] FLOW = ascii(",\"flow\":{\"pkts_toserver\":");
    private static final byte[] BYTES = ascii(",\"pkts_toclient\":0,\"bytes_toserver\":");
    private static final byte[] START = ascii(",\"bytes_toclient\":0,\"start\":");
    private static final byte[] END = next("end");
    private static final byte[] AGE = next("age");
    private static final byte[] FLOOD =
        ascii(",\"state\":\"new\",\"reason\":\"timeout\",\"alerted\":false},\"weir\":{\"flood\":{\"flows\":");
    private static final byte[] SOURCES = next("sources");
    private static final byte[] PORTS = next("ports");

    private final long ratePerSecond;
    private final long seed = ThreadLocalRandom.current().nextLong();
    private final long[] addressHi = new long[SLOTS + 1];
    private final long[] addressLo = new long[SLOTS + 1];
    private final int[] protocol = new int[SLOTS + 1];
    private final int[] ipVersion = new int[SLOTS + 1];
    private final int[] port = new int[SLOTS + 1];
    private final long[] flows = new long[SLOTS + 1];
    private final long[] bytes = new long[SLOTS + 1];
    private final long[] startNs = new long[SLOTS + 1];
    private final long[] endNs = new long[SLOTS + 1];
    private final long[] sources = new long[(SLOTS + 1) * WORDS];
    private final long[] ports = new long[(SLOTS + 1) * WORDS];
    private int destinations;
    private long passed;
    private long secondBeganNs = Long.MIN_VALUE;

    /** Makes a gate that lets {@code ratePerSecond} such flows through. */
    FloodGate(final long ratePerSecond) {
        this.ratePerSecond = ratePerSecond;
    }

    /** Where the summary records go. */
    @FunctionalInterface
    interface Sink {
        /** Takes a finished record. */
        void line(JsonWriter record);
    }

    /** True if the flow was taken into a summary and must not be written by itself. */
    boolean withholds(final FlowEvent flow) {
        if (flow.initiatorFrames() + flow.responderFrames() != 1) {
            return false;
        }
        if (passed < ratePerSecond) {
            passed++;
            return false;
        }
        // A lone frame may have been sent by the responder, by the rule of registered ports.
        final boolean toResponder = flow.responderFrames() == 0;
        add(flow, toResponder,
            toResponder ? flow.responderHi() : flow.initiatorHi(),
            toResponder ? flow.responderLo() : flow.initiatorLo());
        return true;
    }

    /** Lets time pass: once a second is over, its summaries are written and counting starts anew. */
    void advance(final long nowNs, final JsonWriter json, final Sink sink) {
        if (secondBeganNs == Long.MIN_VALUE) {
            secondBeganNs = nowNs;
        } else if (nowNs - secondBeganNs >= SECOND_NS) {
            secondBeganNs = nowNs;
            drain(json, sink);
            passed = 0;
        }
    }

    /** Writes the summaries of the second that is not over. */
    void drain(final JsonWriter json, final Sink sink) {
        for (int slot = 0; slot <= REST && destinations > 0; slot++) {
            if (flows[slot] > 0) {
                encode(slot, json);
                sink.line(json);
                flows[slot] = 0;
                bytes[slot] = 0;
                Arrays.fill(sources, slot * WORDS, (slot + 1) * WORDS, 0);
                Arrays.fill(ports, slot * WORDS, (slot + 1) * WORDS, 0);
            }
        }
        destinations = 0;
    }

    private void add(final FlowEvent flow, final boolean toResponder, final long hi, final long lo) {
        final int slot = slot(hi, lo, flow.protocol() & 0xff, flow.ipVersion());
        final int toPort = toResponder ? flow.responderPort() : flow.initiatorPort();
        if (flows[slot] == 0) {
            destinations++;
            addressHi[slot] = hi;
            addressLo[slot] = lo;
            protocol[slot] = flow.protocol() & 0xff;
            ipVersion[slot] = flow.ipVersion();
            port[slot] = IdentityEncoder.hasPorts(flow.protocol() & 0xff) ? toPort : NO_PORT;
            startNs[slot] = flow.startNs();
            endNs[slot] = flow.endNs();
        }
        flows[slot]++;
        bytes[slot] += flow.initiatorBytes() + flow.responderBytes();
        startNs[slot] = Math.min(startNs[slot], flow.startNs());
        endNs[slot] = Math.max(endNs[slot], flow.endNs());
        port[slot] = port[slot] == toPort ? toPort : NO_PORT;
        final long sourceHi = toResponder ? flow.initiatorHi() : flow.responderHi();
        final long sourceLo = toResponder ? flow.initiatorLo() : flow.responderLo();
        mark(sources, slot, mix(mix(seed ^ sourceHi) ^ sourceLo));
        mark(ports, slot, mix(seed ^ toPort));
    }

    private int slot(final long hi, final long lo, final int toProtocol, final int version) {
        int slot = (int) (mix(mix(seed ^ hi) ^ lo ^ toProtocol) >>> 32) & SLOTS - 1;
        while (flows[slot] > 0) {
            if (addressHi[slot] == hi && addressLo[slot] == lo && protocol[slot] == toProtocol
                && ipVersion[slot] == version) {
                return slot;
            }
            slot = slot + 1 & SLOTS - 1;
        }
        return destinations < MAX_DESTINATIONS ? slot : REST;
    }

    private static void mark(final long[] bitmap, final int slot, final long hash) {
        final int bit = (int) (hash >>> 32) & BITS - 1;
        bitmap[slot * WORDS + bit / Long.SIZE] |= 1L << bit;
    }

    private static long estimate(final long[] bitmap, final int slot) {
        int zeros = BITS;
        for (int word = slot * WORDS; word < (slot + 1) * WORDS; word++) {
            zeros -= Long.bitCount(bitmap[word]);
        }
        return Math.round(-BITS * Math.log(Math.max(zeros, 0.5) / BITS));
    }

    /** The finaliser of SplitMix64. */
    private static long mix(final long value) {
        long mixed = value;
        mixed = (mixed ^ mixed >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    private void encode(final int slot, final JsonWriter json) {
        json.begin().raw(HEAD).timestamp(endNs[slot]).raw(EVENT_TYPE);
        if (slot != REST) {
            json.raw(DEST_IP).address(ipVersion[slot], addressHi[slot], addressLo[slot]);
            if (port[slot] != NO_PORT) {
                json.raw(DEST_PORT).number(port[slot]);
            }
            json.raw(PROTO).string(IpProtocol.name(protocol[slot])).raw(IP_V).number(ipVersion[slot]);
        }
        json.raw(FLOW).number(flows[slot]).raw(BYTES).number(bytes[slot]);
        json.raw(START).timestamp(startNs[slot]).raw(END).timestamp(endNs[slot]);
        json.raw(AGE).number(Math.floorDiv(endNs[slot], SECOND_NS) - Math.floorDiv(startNs[slot], SECOND_NS));
        json.raw(FLOOD).number(flows[slot]).raw(SOURCES).number(estimate(sources, slot));
        if (slot == REST || IdentityEncoder.hasPorts(protocol[slot])) {
            json.raw(PORTS).number(estimate(ports, slot));
        }
        json.raw('}').raw('}').raw('}');
    }
}
