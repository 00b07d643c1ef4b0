package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.protocol.catalogue.Protocols;
import io.weir.stats.IpProtocol;
import io.weir.stats.SlowFrame;

/** Writes what a slow frame was and where its time went, with EVE's names where EVE has them. */
final class SlowFrameEncoder {
    private static final int UDP_LITE = 136;
    private static final int DCCP = 33;
    private static final int NS_PER_US = 1_000;

    private static final byte[] KIND = ascii("{\"kind\":\"");
    private static final byte[] FROM = ascii("\",\"from_us\":");
    private static final byte[] TO = next("to_us");
    private static final byte[] NS = next("ns");
    private static final byte[] FRAME = next("frame");
    private static final byte[] TIMESTAMP = next("timestamp");
    private static final byte[] WORKER = next("worker");
    private static final byte[] BATCH_FRAMES = next("batch_frames");
    private static final byte[] BLOCK_WAIT = next("block_wait_ns");
    private static final byte[] DISPATCH = next("capture_to_dispatch_ns");
    private static final byte[] QUEUE = next("queue_wait_ns");
    private static final byte[] BATCH = next("batch_ns");
    private static final byte[] LENGTH = next("length");
    private static final byte[] FLOW_ID = next("flow_id");
    private static final byte[] SRC_IP = next("src_ip");
    private static final byte[] SRC_PORT = next("src_port");
    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] DEST_PORT = next("dest_port");
    private static final byte[] PROTO = next("proto");
    private static final byte[] APP_PROTO = next("app_proto");

    private static final byte[] FRAME_KIND = ascii("frame");
    private static final byte[] BATCH_KIND = ascii("batch");

    private SlowFrameEncoder() {
    }

    /** Writes a frame as one record, by the time until its verdict. */
    static void frame(final SlowFrame frame, final JsonWriter json) {
        encode(FRAME_KIND, frame.endNs - frame.rankNs, frame, json);
    }

    /** Writes a batch as one record: its time, and its frame with the longest payload. */
    static void batch(final SlowFrame frame, final JsonWriter json) {
        encode(BATCH_KIND, frame.beginNs, frame, json);
    }

    private static void encode(final byte[] kind, final long fromNs, final SlowFrame frame, final JsonWriter json) {
        json.begin().raw(KIND).raw(kind).raw(FROM).number(fromNs / NS_PER_US);
        json.raw(TO).number(frame.endNs / NS_PER_US).raw(NS).number(frame.rankNs);
        json.raw(FRAME).number(frame.number).raw(TIMESTAMP).timestamp(frame.stampNs);
        json.raw(WORKER).number(frame.worker).raw(BATCH_FRAMES).number(frame.batchFrames);
        if (frame.live) {
            json.raw(BLOCK_WAIT).number(frame.visibleNs - frame.stampNs);
        }
        json.raw(DISPATCH).number(frame.dispatchedNs - frame.visibleNs);
        json.raw(QUEUE).number(frame.beginNs - frame.dispatchedNs);
        json.raw(BATCH).number(frame.endNs - frame.beginNs).raw(LENGTH).number(frame.length);
        identity(frame, json);
        json.raw('}');
    }

    private static void identity(final SlowFrame frame, final JsonWriter json) {
        if (frame.flowId != 0) {
            json.raw(FLOW_ID).number(frame.flowId);
        }
        if (frame.ipVersion == 0) {
            return;
        }
        final int protocol = frame.protocol & 0xff;
        final boolean ports = protocol == IpProtocol.TCP || protocol == IpProtocol.UDP || protocol == IpProtocol.SCTP
            || protocol == UDP_LITE || protocol == DCCP;
        json.raw(SRC_IP).address(frame.ipVersion, frame.sourceHi, frame.sourceLo);
        if (ports) {
            json.raw(SRC_PORT).number(frame.sourcePort);
        }
        json.raw(DEST_IP).address(frame.ipVersion, frame.destinationHi, frame.destinationLo);
        if (ports) {
            json.raw(DEST_PORT).number(frame.destinationPort);
        }
        json.raw(PROTO).string(IpProtocol.name(protocol));
        if (frame.recognised != 0) {
            json.raw(APP_PROTO).string(Protocols.name(frame.recognised));
        }
    }
}
