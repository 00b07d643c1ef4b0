package io.weir.flow;

import io.weir.packet.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules of the flow table over java.util collections, to compare with. Of TCP it knows connections that are opened,
 * refused and opened again, for which three states suffice.
 */
final class FlowTableModel {
    private static final long SECOND = 1_000_000_000L;
    private static final int SYN = 0x02;

    private final FlowTableContext context;
    private final Map<List<Long>, Flow> flows = new HashMap<>();
    private final List<Set<Flow>> classes =
        List.of(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashSet<>());
    private final List<FlowRecords.FlowRow> written = new ArrayList<>();
    private long engineNs = Long.MIN_VALUE;

    FlowTableModel(final FlowTableContext context) {
        this.context = context;
    }

    private static final class Flow {
        private List<Long> key;
        private int protocol;
        private boolean initiatorIsUpper;
        private long firstFrame;
        private long startNs;
        private long endNs;
        private long seenNs;
        private final long[] frames = new long[2];
        private final long[] bytes = new long[2];
        private final int[] tcpFlags = new int[2];
        private TcpState tcpState = TcpState.NONE;
        private int initialSequence;
        private int evictionClass;
        private boolean seen;

        private FlowState state() {
            if (protocol == 6) {
                return tcpState == TcpState.CLOSED ? FlowState.CLOSED : FlowState.NEW;
            }
            return frames[0] > 0 && frames[1] > 0 ? FlowState.ESTABLISHED : FlowState.NEW;
        }
    }

    List<FlowRecords.FlowRow> written() {
        final List<FlowRecords.FlowRow> rows = List.copyOf(written);
        written.clear();
        return rows;
    }

    int size() {
        return flows.size();
    }

    void onFrame(final Frame frame) {
        final List<Long> key = List.of((long) frame.protocol, frame.lowerLo, frame.upperLo, (long) frame.lowerPort,
            (long) frame.upperPort);
        Flow flow = flows.get(key);
        if (flow != null && frame.timeNs - flow.endNs > timeoutNs(flow)) {
            end(flow, frame.sequence, EndReason.TIMEOUT);
            flow = null;
        }
        if (flow != null && frame.tcpFlags == SYN && flow.tcpState == TcpState.CLOSED
            && flow.initialSequence != frame.tcpSequence) {
            end(flow, frame.sequence, EndReason.TCP_REUSE);
            flow = null;
        }
        if (flow == null) {
            flow = start(key, frame);
        }
        final int direction = frame.fromUpper == flow.initiatorIsUpper ? 0 : 1;
        flow.frames[direction]++;
        flow.bytes[direction] += frame.wireLength;
        flow.tcpFlags[direction] |= frame.tcpFlags;
        flow.endNs = Math.max(flow.endNs, frame.timeNs);
        // the table keeps how far engine time was ahead in whole seconds
        flow.seenNs = engineNs > flow.endNs
            ? flow.endNs + (engineNs - flow.endNs + SECOND - 1) / SECOND * SECOND : flow.endNs;
        flow.seen = true;
        if (flow.protocol == 6) {
            flow.tcpState = (frame.tcpFlags & SYN) != 0 && flow.tcpState == TcpState.NONE ? TcpState.SYN_SENT
                : (frame.tcpFlags & 0x04) != 0 ? TcpState.CLOSED : flow.tcpState;
        } else {
            final int now = flow.frames[0] > 0 && flow.frames[1] > 0 ? 2
                : flow.frames[0] + flow.frames[1] >= 4 ? 1 : 0;
            if (now > flow.evictionClass) {
                classes.get(flow.evictionClass).remove(flow);
                flow.evictionClass = now;
                classes.get(now).add(flow);
            }
        }
    }

    private Flow start(final List<Long> key, final Frame frame) {
        if (flows.size() == context.flowsPerTable()) {
            end(victim(), frame.sequence, EndReason.FORCED);
        }
        final Flow flow = new Flow();
        flow.key = key;
        flow.protocol = frame.protocol;
        flow.initiatorIsUpper = frame.protocol != 1 && frame.sourcePort() == 53 ? !frame.fromUpper : frame.fromUpper;
        flow.firstFrame = frame.number;
        flow.startNs = frame.timeNs;
        flow.endNs = frame.timeNs;
        flow.initialSequence = frame.tcpSequence;
        flows.put(key, flow);
        classes.get(0).add(flow);
        return flow;
    }

    private Flow victim() {
        for (int i = 0; i < 2; i++) {
            if (!classes.get(i).isEmpty()) {
                return classes.get(i).iterator().next();
            }
        }
        final Set<Flow> established = classes.get(2);
        for (int spared = 0; spared < 16; spared++) {
            final Flow head = established.iterator().next();
            if (!head.seen) {
                return head;
            }
            head.seen = false;
            established.remove(head);
            established.add(head);
        }
        return established.iterator().next();
    }

    void onTick(final long sequence, final long timeNs) {
        engineNs = Math.max(engineNs, timeNs);
        flows.values().stream().filter(flow -> engineNs - flow.seenNs > timeoutNs(flow) + SECOND)
            .sorted(Comparator.comparingLong(flow -> flow.firstFrame)).toList()
            .forEach(flow -> end(flow, sequence, EndReason.TIMEOUT));
    }

    void endAll(final long sequence) {
        flows.values().stream().sorted(Comparator.comparingLong(flow -> flow.firstFrame)).toList()
            .forEach(flow -> end(flow, sequence, EndReason.SHUTDOWN));
    }

    private long timeoutNs(final Flow flow) {
        final FlowProtocol protocol = switch (flow.protocol) {
            case 1 -> FlowProtocol.ICMP;
            case 6 -> FlowProtocol.TCP;
            case 17 -> FlowProtocol.UDP;
            default -> FlowProtocol.OTHER;
        };
        return context.timeoutSeconds(protocol, flow.state()) * SECOND;
    }

    private void end(final Flow flow, final long sequence, final EndReason reason) {
        flows.remove(flow.key);
        classes.get(flow.evictionClass).remove(flow);
        final int from = flow.initiatorIsUpper ? 1 : 0;
        final long id = FlowId.of(0, flow.key.get(1), 0, flow.key.get(2),
            flow.key.get(3) | flow.key.get(4) << 16 | flow.key.get(0) << 32 | 4L << 40, 0, flow.startNs,
            flow.firstFrame);
        written.add(new FlowRecords.FlowRow(sequence, flow.firstFrame, id, flow.key.get(1 + from),
            flow.key.get(3 + from).intValue(), flow.key.get(2 - from), flow.key.get(4 - from).intValue(),
            flow.protocol, flow.firstFrame, flow.startNs, flow.endNs, flow.frames[0], flow.frames[1], flow.bytes[0],
            flow.bytes[1], flow.state(), reason, flow.tcpState, flow.tcpFlags[0], flow.tcpFlags[1]));
    }
}
