package io.weir.packet.describe;

import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.packet.AddressText;
import io.weir.packet.DecodeError;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.packet.TcpFlags;
import io.weir.packet.TunnelType;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;

/**
 * Describes decoded frames layer by layer, as text or as JSON. One thread.
 *
 * <p>JSON is one object per frame: {@code n}, the number in the trace; {@code ts}, ISO 8601 in UTC with nine digits of
 * the second; {@code len} and {@code caplen} in bytes; {@code layers}, each with its {@code type} and its fields, named
 * as in the RFCs in lower case with underscores; {@code error}, only if decoding ended early. A field that an RFC calls
 * "type" carries the protocol's name in front.
 */
public final class FrameDescriber {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
        .appendPattern("uuuu-MM-dd'T'HH:mm:ss").appendLiteral('.')
        .appendFraction(ChronoField.NANO_OF_SECOND, 9, 9, false).appendLiteral('Z').toFormatter()
        .withZone(ZoneOffset.UTC);
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final List<LayerDescription> descriptions = List.of(new LinkDescription(), new NetworkDescription(),
        new TransportDescription(), new TunnelDescription(), new WirelessDescription());

    /** Appends a summary line, a line per layer and, if wished, the bytes in hexadecimal. */
    public void text(final Frame frame, final StringBuilder out, final boolean hexDump, final boolean colours) {
        out.append(colours ? "\u001b[36m" : "").append(frame.number).append(colours ? "\u001b[0m" : "").append("  ")
            .append(time(frame.timestampNs)).append("  ").append(frame.wireLength).append(" bytes");
        if (frame.capturedLength != frame.wireLength) {
            out.append(" (").append(frame.capturedLength).append(" captured)");
        }
        summary(frame, out);
        out.append('\n');
        layers(frame, new TextSink(out, colours));
        if (frame.error != 0) {
            out.append(colours ? "\u001b[31m" : "").append("    error: ").append(DecodeError.of(frame.error).sentence())
                .append(colours ? "\u001b[0m" : "").append('\n');
        }
        if (hexDump) {
            HexDump.append(out, frame.address, frame.capturedLength);
        }
    }

    /** Writes one object; with {@code hexDump} it has all captured bytes as {@code hex}. */
    public void json(final Frame frame, final JsonGenerator json, final boolean hexDump) throws IOException {
        json.writeStartObject();
        json.writeNumberField("n", frame.number);
        json.writeStringField("ts", time(frame.timestampNs));
        json.writeNumberField("len", frame.wireLength);
        json.writeNumberField("caplen", frame.capturedLength);
        json.writeArrayFieldStart("layers");
        layers(frame, new JsonSink(json));
        json.writeEndArray();
        if (hexDump) {
            json.writeStringField("hex", HexDump.string(frame.address, frame.capturedLength));
        }
        if (frame.error != 0) {
            json.writeStringField("error", DecodeError.of(frame.error).sentence());
        }
        json.writeEndObject();
    }

    private void layers(final Frame frame, final FieldSink sink) {
        for (int i = 0; i < frame.layerCount; i++) {
            final LayerType type = LayerType.of(frame.layer(i));
            sink.beginLayer(type.label());
            fields(frame, type, LayerType.offset(frame.layer(i)), sink);
            sink.endLayer();
            if (i == 0 && (frame.flags & Frame.VLAN_STRIPPED) != 0) {
                strippedTag(frame, sink);
            }
        }
        if (frame.payloadLength > 0 || frame.payloadMissing > 0) {
            sink.beginLayer(LayerType.PAYLOAD.label());
            sink.number("length", frame.payloadLength);
            if (frame.payloadMissing > 0) {
                sink.number("missing", frame.payloadMissing);
            }
            sink.endLayer();
        }
    }

    /** The tag a NIC or the kernel took out of the frame: it was the outermost one. */
    private static void strippedTag(final Frame frame, final FieldSink sink) {
        sink.beginLayer(LayerType.DOT1Q.label());
        sink.number("vlan_identifier", frame.strippedVlan & 0xfff);
        sink.number("priority_code_point", frame.strippedVlan >>> 13 & 7);
        sink.truth("drop_eligible", (frame.strippedVlan & 0x1000) != 0);
        sink.truth("stripped", true);
        sink.endLayer();
    }

    private void fields(final Frame frame, final LayerType type, final int offset, final FieldSink sink) {
        for (final LayerDescription description : descriptions) {
            description.begin(frame, offset, sink);
            if (description.describe(type)) {
                return;
            }
        }
    }

    private static void summary(final Frame frame, final StringBuilder out) {
        if (!frame.hasFlow()) {
            out.append("  ").append(frame.layerCount == 0 ? "undecoded"
                : LayerType.of(frame.layer(frame.layerCount - 1)).label());
            return;
        }
        final boolean ports = frame.lowerPort != 0 || frame.upperPort != 0;
        out.append("  ").append(endpoint(frame, frame.fromUpper, ports)).append(" > ")
            .append(endpoint(frame, !frame.fromUpper, ports)).append(' ')
            .append(LayerType.of(frame.layer(frame.layerCount - 1)).label());
        if (frame.tcpFlags != 0) {
            out.append(" [").append(TransportDescription.tcpFlags(frame.tcpFlags)).append("] seq ")
                .append(frame.tcpSequence & 0xffff_ffffL);
            if ((frame.tcpFlags & TcpFlags.ACK) != 0) {
                out.append(" ack ").append(frame.tcpAcknowledgement & 0xffff_ffffL);
            }
        }
        out.append(" length ").append(frame.payloadLength);
        for (int tunnels = frame.tunnels; tunnels != 0; tunnels >>>= 4) {
            out.append(tunnels == frame.tunnels ? " in " : "/").append(TunnelType.of(tunnels).label());
        }
    }

    private static String endpoint(final Frame frame, final boolean upper, final boolean port) {
        final long hi = upper ? frame.upperHi : frame.lowerHi;
        final long lo = upper ? frame.upperLo : frame.lowerLo;
        final int number = upper ? frame.upperPort : frame.lowerPort;
        final boolean v4 = frame.ipVersion == 4;
        final String address = v4 ? AddressText.v4((int) lo) : AddressText.v6(hi, lo);
        return !port ? address : v4 ? address + ":" + number : "[" + address + "]:" + number;
    }

    private static String time(final long timestampNs) {
        return TIME.format(Instant.ofEpochSecond(Math.floorDiv(timestampNs, NS_PER_SECOND),
            Math.floorMod(timestampNs, NS_PER_SECOND)));
    }
}
