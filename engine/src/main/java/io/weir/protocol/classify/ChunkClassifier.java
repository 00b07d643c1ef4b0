package io.weir.protocol.classify;

import io.weir.event.FlowEvent;
import io.weir.flow.FlowTable;
import io.weir.flow.FlowView;
import io.weir.packet.Frame;
import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Confidence;
import io.weir.protocol.Detector;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.ip.IpProtocols;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of the {@link Classifier} that takes packets of SCTP: says what their DATA chunks carry (RFC 9260, section
 * 3.3.1; I-DATA, RFC 8260), from the beginnings of the first few messages. Messages are not put together. One thread.
 */
final class ChunkClassifier {
    private static final int DATA = 0;
    private static final int I_DATA = 0x40;
    private static final int BEGINS = 2;
    private static final int ENDS = 1;
    private static final int DATA_HEADER = 16;
    private static final int I_DATA_HEADER = 20;
    private static final int CHUNK_HEADER = 4;
    /** Chunks of a packet that are looked at, and messages of a flow. */
    private static final int MOST_CHUNKS = 32;
    private static final int MOST_MESSAGES = 8;
    private static final int PAYLOADS = 256;

    private final FlowTable flows;
    private final Labels labels;
    private final Candidates candidates;
    private final Protocol[][] byPayload = new Protocol[PAYLOADS][];
    private final Protocol[] all;
    private final FlowView view = new FlowView();
    private final Bytes packet = new Bytes();
    private final Probe probe = new Probe();

    ChunkClassifier(final FlowTable flows, final Labels labels, final Candidates candidates) {
        this.flows = flows;
        this.labels = labels;
        this.candidates = candidates;
        final List<Protocol> recognised = new ArrayList<>();
        for (final Protocol protocol : Protocols.all()) {
            if (protocol.sctpDetector() != null) {
                recognised.add(protocol);
                for (final int payload : protocol.sctpPayloads()) {
                    byPayload[payload] = new Protocol[] {protocol};
                }
            }
        }
        all = recognised.toArray(Protocol[]::new);
    }

    /** Takes an SCTP frame of a flow; its payload begins with the first chunk. */
    void onPacket(final long handle, final Frame frame) {
        final int state = labels.inspection(handle);
        if (state == Labels.OVER || frame.fragmentOffset != 0 || frame.moreFragments) {
            return;
        }
        final long before = state == Labels.ASLEEP ? labels.wake(handle) : 0;
        packet.wrap(frame.address + frame.payloadOffset, frame.payloadLength);
        final int end = frame.payloadLength + frame.payloadMissing;
        long messages = before;
        int at = 0;
        for (int i = 0; i < MOST_CHUNKS && packet.has(at, CHUNK_HEADER); i++) {
            final int length = packet.u16(at + 2);
            if (length < CHUNK_HEADER || length > end - at) {
                break;
            }
            if (beginsMessage(at, length)) {
                final Protocol found = ask(handle, frame.fromUpper, at, length, ++messages);
                if (found != null || messages == MOST_MESSAGES) {
                    label(handle, found);
                    return;
                }
            }
            at += length + 3 & ~3;
        }
        if (messages > 0) {
            labels.sleep(handle, messages);
        }
    }

    private static int headerOf(final int type) {
        return type == DATA ? DATA_HEADER : type == I_DATA ? I_DATA_HEADER : 0;
    }

    private boolean beginsMessage(final int at, final int length) {
        final int header = headerOf(packet.u8(at));
        return header > 0 && (packet.u8(at + 1) & BEGINS) != 0 && length > header && packet.has(at, header + 1);
    }

    /** What the message at a chunk is of, or null. */
    private Protocol ask(final long handle, final boolean fromUpper, final int at, final int length,
        final long messages) {
        view.wrap(flows, handle);
        final boolean upperIsClient = view.initiatorIsUpper();
        final int header = headerOf(packet.u8(at));
        final boolean ends = (packet.u8(at + 1) & ENDS) != 0;
        final int payload = payloadProtocol(packet.u32(at + header - Integer.BYTES));
        probe.of(false, fromUpper == upperIsClient, upperIsClient ? view.upperPort() : view.lowerPort(),
                upperIsClient ? view.lowerPort() : view.upperPort())
            .midStream(messages > 1).counts(1, ends ? length - header : 0).payloadProtocol(payload);
        probe.now().wrap(packet, at + header, length - header);
        final Protocol[] named = payload < PAYLOADS ? byPayload[payload] : null;
        final Protocol found = askEach(named == null ? all : named);
        return found == null && named == null ? askOfStreams() : found;
    }

    /** Some senders leave the identifier in the order of their own machine. */
    private static int payloadProtocol(final long value) {
        return (int) ((value & 0x00ff_ffff) == 0 ? value >>> 24 : Math.min(value, PAYLOADS));
    }

    private Protocol askEach(final Protocol[] asked) {
        for (final Protocol protocol : asked) {
            if (isYes(protocol.sctpDetector())) {
                return protocol;
            }
        }
        return null;
    }

    /** Where the chunk does not say what it carries, that may be anything that else goes over TCP. */
    private Protocol askOfStreams() {
        final Candidates.Some possible = candidates.byFirstByte(false, probe.now().u8(0));
        for (int i = 0; i < possible.protocols.length; i++) {
            if (isYes(possible.detectors[i])) {
                return possible.protocols[i];
            }
        }
        return null;
    }

    private boolean isYes(final Detector detector) {
        final Answer answer = detector.detect(probe);
        return answer == Answer.YES || answer == Answer.YES_TURNED;
    }

    private void label(final long handle, final Protocol found) {
        labels.inspection(handle, Labels.OVER);
        if (found != null) {
            labels.add(handle, IpProtocols.SCTP, false);
            labels.add(handle, found, true);
            labels.confidence(handle, Confidence.CONTENT);
            if (found.isEncrypted()) {
                labels.addFlags(handle, FlowEvent.ENCRYPTED);
            }
        }
    }
}
