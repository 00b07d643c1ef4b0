package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.AlertEvent;
import io.weir.event.FlowEvent;
import io.weir.packet.LinkType;
import io.weir.protocol.RecordType;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.Action;
import io.weir.rule.model.Metadata;
import io.weir.rule.model.Rule;
import java.nio.charset.StandardCharsets;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes alerts as EVE JSON: the rule, the transaction it matched as its protocol records it, the flow so far, and the
 * bytes where they are wanted. Source is who sent what matched. One thread; allocates nothing for a rule that has
 * alerted before.
 */
final class AlertEncoder {
    private static final byte[] TX_ID = next("tx_id");
    private static final byte[] APP_PROTO = next("app_proto");
    private static final byte[] TO_SERVER = ascii(",\"direction\":\"to_server\"");
    private static final byte[] TO_CLIENT = ascii(",\"direction\":\"to_client\"");
    private static final byte[] WIRE = ascii(",\"pkt_src\":\"wire/pcap\"");
    private static final byte[] FLOW_END = ascii(",\"pkt_src\":\"stream (flow timeout)\"");
    private static final byte[] FLOW = ascii(",\"flow\":{\"pkts_toserver\":");
    private static final byte[] PKTS_TOCLIENT = next("pkts_toclient");
    private static final byte[] BYTES_TOSERVER = next("bytes_toserver");
    private static final byte[] BYTES_TOCLIENT = next("bytes_toclient");
    private static final byte[] START = next("start");
    private static final byte[] SRC_IP = next("src_ip");
    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] SRC_PORT = next("src_port");
    private static final byte[] DEST_PORT = next("dest_port");
    private static final byte[] SOURCE = ascii(",\"source\":{\"ip\":");
    private static final byte[] TARGET = ascii(",\"target\":{\"ip\":");
    private static final byte[] PORT = next("port");
    private static final byte[] VERDICT = ascii(",\"verdict\":{\"action\":\"alert\"}");
    private static final byte[] FLOW_BITS = ascii(",\"metadata\":{\"flowbits\":[");
    private static final byte[] LABELS = ascii(",\"metadata\":{\"labels\":[");
    private static final byte[] MORE_LABELS = ascii(",\"labels\":[");
    private static final byte[] CAPTURE_FILE = next("capture_file");
    private static final byte[] PAYLOAD = next("payload");
    private static final byte[] PAYLOAD_LENGTH = next("payload_length");
    private static final byte[] PRINTABLE = next("payload_printable");
    private static final byte[] MISSING = ascii(" bytes missing]");
    private static final byte[] STREAM = ascii(",\"stream\":1");
    private static final byte[] NO_STREAM = ascii(",\"stream\":0");
    /** The frame in base64. */
    static final byte[] PACKET = next("packet");
    private static final byte[] LINK_TYPE = ascii(",\"packet_info\":{\"linktype\":");
    private static final byte[] LINK_TYPE_NAME = next("linktype_name");
    private static final byte[] CUT = ascii(",\"weir\":{\"cut\":true}");
    /** Text is at most this long, for the record to find room in whatever it escapes to. */
    private static final int MOST_PRINTABLE = 4 * 1024;
    /** Rules whose object is kept; more are described again, and so are those that a reload left behind. */
    private static final int MOST_RULES = 4096;

    private final IdentityEncoder identity;
    private final byte[][] objects;
    private final FieldsEncoder fields = new FieldsEncoder();
    /** By identity: comparing rules would read all of them. */
    private final IdentityHashMap<Rule, byte[]> rules = new IdentityHashMap<>();
    private final UnsafeBuffer word = new UnsafeBuffer(0, 0);
    private IntFunction<byte[]> labels = number -> new byte[0];
    private CaptureFiles captures;

    /**
     * Makes an encoder.
     *
     * @param form        of the records
     * @param communityId shared by all of one output
     */
    AlertEncoder(final EveForm form, final CommunityId communityId) {
        identity = new IdentityEncoder("alert", form, communityId);
        final List<RecordType> types = Protocols.records();
        objects = new byte[types.size()][];
        for (int i = 0; i < objects.length; i++) {
            objects[i] = ascii(",\"" + types.get(i).key() + "\":{");
        }
    }

    /** Sets what labels are called, and where captured flows are written; or null. */
    void rules(final IntFunction<byte[]> words, final CaptureFiles files) {
        labels = words;
        captures = files;
    }

    /** Writes one record, without the end of the line. */
    void encode(final AlertEvent event, final Rule rule, final JsonWriter json) {
        final FlowEvent flow = event.flow();
        final boolean isFlow = flow.flowId() != 0;
        identity.begin(flow, event.stampNs(), event.frameNumber(), json);
        identity.endpoints(flow, isFlow && !event.isToServer(), json);
        json.raw(event.frameNumber() == 0 ? FLOW_END : WIRE);
        if (captures != null && rule.captures()) {
            captureFile(flow, json);
        }
        metadata(event, json);
        if (event.transaction() != AlertEvent.NO_TRANSACTION) {
            json.raw(TX_ID).number(event.transaction());
        }
        json.raw(described(rule));
        if (rule.metadata().target() != Metadata.Target.UNSAID) {
            final boolean ofSource = rule.metadata().target() == Metadata.Target.SOURCE;
            final boolean initiated = !isFlow || event.isToServer();
            end(SOURCE, flow, initiated != ofSource, json);
            end(TARGET, flow, initiated == ofSource, json);
        }
        json.raw('}');
        if (rule.action() == Action.DROP || rule.action() == Action.REJECT) {
            json.raw(VERDICT);
        }
        boolean whole = (event.flags() & AlertEvent.CUT) == 0;
        if (event.recordType() != AlertEvent.NO_RECORD) {
            json.raw(objects[event.recordType()]);
            whole &= fields.encode(event.buffer(), event.fieldsOffset(), event.fieldsLength(), json);
            json.raw('}');
        }
        if (event.filesLength() > 0) {
            json.raw(',');
            whole &= fields.encode(event.buffer(), event.filesOffset(), event.filesLength(), json);
        }
        if (isFlow) {
            appProto(event, json);
            json.raw(event.isToServer() ? TO_SERVER : TO_CLIENT);
            flow(flow, json);
        }
        bytes(event, json);
        identity.communityId(flow, json);
        if (!whole) {
            json.raw(CUT);
        }
        json.raw('}');
    }

    /** One end of a flow or frame. */
    private static void end(final byte[] key, final FlowEvent flow, final boolean ofInitiator, final JsonWriter json) {
        json.raw(key).address(flow.ipVersion(), ofInitiator ? flow.initiatorHi() : flow.responderHi(),
            ofInitiator ? flow.initiatorLo() : flow.responderLo());
        if (IdentityEncoder.hasPorts(flow.protocol())) {
            json.raw(PORT).number(ofInitiator ? flow.initiatorPort() : flow.responderPort());
        }
        json.raw('}');
    }

    private byte[] described(final Rule rule) {
        byte[] object = rules.get(rule);
        if (object == null) {
            if (rules.size() >= MOST_RULES) {
                rules.clear();
            }
            object = describe(rule);
            rules.put(rule, object);
        }
        return object;
    }

    private static void appProto(final AlertEvent event, final JsonWriter json) {
        if (event.flow().protocolNumber(event.flow().lead()) != 0) {
            FlowEncoder.appProto(event.flow(), json);
        } else if ((event.flow().labelFlags() & FlowEvent.UNRECOGNISED) != 0 && event.protocol() != 0) {
            json.raw(APP_PROTO).string(Protocols.name(event.protocol()));
        }
    }

    private static void flow(final FlowEvent flow, final JsonWriter json) {
        json.raw(FLOW).number(flow.initiatorFrames());
        json.raw(PKTS_TOCLIENT).number(flow.responderFrames());
        json.raw(BYTES_TOSERVER).number(flow.initiatorBytes());
        json.raw(BYTES_TOCLIENT).number(flow.responderBytes());
        json.raw(START).timestamp(flow.startNs());
        json.raw(SRC_IP).address(flow.ipVersion(), flow.initiatorHi(), flow.initiatorLo());
        json.raw(DEST_IP).address(flow.ipVersion(), flow.responderHi(), flow.responderLo());
        if (IdentityEncoder.hasPorts(flow.protocol())) {
            json.raw(SRC_PORT).number(flow.initiatorPort());
            json.raw(DEST_PORT).number(flow.responderPort());
        }
        json.raw('}');
    }

    private void captureFile(final FlowEvent flow, final JsonWriter json) {
        final String name = captures.name(flow);
        if (name != null) {
            json.raw(CAPTURE_FILE).string(name);
        }
    }

    private void metadata(final AlertEvent event, final JsonWriter json) {
        final boolean bits = event.bitsLength() > 0;
        if (bits) {
            flowBits(event.buffer(), event.bitsOffset(), event.bitsLength(), json);
        }
        if (EveLabels.words(bits ? MORE_LABELS : LABELS, event.flow(), labels, word, json) || bits) {
            json.raw('}');
        }
    }

    /** Begins an object of what rules have noted of a flow, with names that have a line feed behind each. */
    static void flowBits(final DirectBuffer buffer, final int offset, final int length, final JsonWriter json) {
        json.raw(FLOW_BITS);
        int from = offset;
        for (int at = from; at < offset + length; at++) {
            if (buffer.getByte(at) == '\n') {
                if (from > offset) {
                    json.raw(',');
                }
                json.text(buffer, from, at - from);
                from = at + 1;
            }
        }
        json.raw(']');
    }

    private static void bytes(final AlertEvent event, final JsonWriter json) {
        if (event.payloadLength() > 0) {
            json.raw(PAYLOAD).base64(event.buffer(), event.payloadOffset(), event.payloadLength());
            json.raw(PAYLOAD_LENGTH).number(event.payloadLength());
            json.raw(PRINTABLE).raw('"');
            if (event.missing() > 0) {
                json.raw('[').number(event.missing()).raw(MISSING);
            }
            json.printable(event.buffer(), event.payloadOffset(), Math.min(event.payloadLength(), MOST_PRINTABLE))
                .raw('"');
        }
        json.raw((event.flags() & AlertEvent.STREAM) != 0 ? STREAM : NO_STREAM);
        if (event.packetLength() > 0) {
            json.raw(PACKET).base64(event.buffer(), event.packetOffset(), event.packetLength());
            linkType(event.linkType(), json);
        }
    }

    /** Says what the packet's first header is. */
    static void linkType(final int type, final JsonWriter json) {
        json.raw(LINK_TYPE).number(type);
        final String name = LinkType.name(type);
        if (name != null) {
            json.raw(LINK_TYPE_NAME).string(name);
        }
        json.raw('}');
    }

    /** The {@code alert} object without its end: it depends on the rule alone. */
    private static byte[] describe(final Rule rule) {
        final JsonWriter json = new JsonWriter();
        final Metadata metadata = rule.metadata();
        json.begin().raw(ascii(",\"alert\":{\"action\":")).string("allowed");
        json.raw(next("gid")).number(rule.id().generator());
        json.raw(next("signature_id")).number(rule.id().signature());
        json.raw(next("rev")).number(rule.id().revision());
        json.raw(next("signature")).string(metadata.message());
        json.raw(next("category")).string(metadata.category());
        json.raw(next("severity")).number(metadata.severity());
        if (!metadata.entries().isEmpty()) {
            json.raw(ascii(",\"metadata\":{"));
            boolean first = true;
            for (final Map.Entry<String, List<String>> entry : metadata.entries().entrySet()) {
                if (!first) {
                    json.raw(',');
                }
                first = false;
                json.string(entry.getKey()).raw(':').raw('[');
                strings(entry.getValue(), json);
                json.raw(']');
            }
            json.raw('}');
        }
        if (!metadata.references().isEmpty()) {
            json.raw(ascii(",\"references\":["));
            strings(metadata.references(), json);
            json.raw(']');
        }
        return json.text().getBytes(StandardCharsets.UTF_8);
    }

    private static void strings(final List<String> values, final JsonWriter json) {
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                json.raw(',');
            }
            json.string(values.get(i));
        }
    }
}
