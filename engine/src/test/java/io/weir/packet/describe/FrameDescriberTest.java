package io.weir.packet.describe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.weir.Json;
import io.weir.base.NativeMemory;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import io.weir.packet.SampleFrames;
import io.weir.packet.TcpFlags;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FrameDescriberTest {
    private final NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 1 << 16, 8);
    private final Frame frame = new Frame();
    private final FrameDescriber describer = new FrameDescriber();

    @AfterEach
    void close() {
        region.close();
    }

    @Test
    void shouldPrintASummaryAndALinePerLayer() {
        final StringBuilder out = new StringBuilder();
        describer.text(ethernet(tcp()), out, true, false);
        final String[] lines = out.toString().split("\n");
        assertEquals("7  2026-01-02T03:04:05.000000789Z  71 bytes  192.0.2.1:1234 > 198.51.100.2:80 TCP [SYN,ACK] "
            + "seq 1 ack 2 length 5", lines[0]);
        assertEquals("    Ethernet: source address 02:00:00:00:00:01, destination address 02:00:00:00:00:02, "
            + "ethertype 0x8100", lines[1]);
        assertEquals("    Dot1Q: vlan identifier 77, priority code point 0, drop eligible no, ethertype 0x0800",
            lines[2]);
        assertTrue(lines[3].startsWith("    IPv4: source address 192.0.2.1, destination address 198.51.100.2, "),
            lines[3]);
        assertTrue(lines[4].contains("options [kind 2, name maximum_segment_size, value 1460; "
            + "kind 1, name no_operation; kind 3, name window_scale, shift count 7]"), lines[4]);
        assertTrue(lines[4].contains("checksum status ok"), lines[4]);
        assertEquals("    Payload: length 5", lines[5]);
        assertEquals("    0000   02 00 00 00 00 02 02 00  00 00 00 01 81 00 00 4d  ...............M", lines[6]);
        assertEquals("    0040   03 07 47 45 54 20 2f                              ..GET /", lines[10]);
        assertEquals(11, lines.length);
    }

    @Test
    void shouldWriteOneJsonObject() throws IOException {
        final Map<String, Object> object = json(ethernet(tcp()));
        assertEquals(7, object.get("n"));
        assertEquals("2026-01-02T03:04:05.000000789Z", object.get("ts"));
        assertEquals(71, object.get("len"));
        assertEquals(71, object.get("caplen"));
        assertFalse(object.containsKey("error"));
        final List<Map<String, Object>> layers = layers(object);
        assertEquals(List.of("Ethernet", "Dot1Q", "IPv4", "TCP", "Payload"), types(layers));
        assertEquals(77, layers.get(1).get("vlan_identifier"));
        assertEquals("192.0.2.1", layers.get(2).get("source_address"));
        assertEquals(64, layers.get(2).get("time_to_live"));
        assertEquals("SYN,ACK", layers.get(3).get("flags"));
        assertEquals(1, layers.get(3).get("sequence_number"));
        assertEquals(3, ((List<?>) layers.get(3).get("options")).size());
    }

    @Test
    void shouldShowAStrippedTagBehindEthernetAndTheErrorOfADamagedFrame() throws IOException {
        frame.flags = Frame.VLAN_STRIPPED;
        frame.strippedVlan = 0x8100_6005;
        final Map<String, Object> object = json(ethernet(PacketBuilder.ethernet().ipv4("192.0.2.1", "192.0.2.2")
            .force(0, 1, 0x43)));
        final List<Map<String, Object>> layers = layers(object);
        assertEquals(List.of("Ethernet", "Dot1Q"), types(layers).subList(0, 2));
        assertEquals(5, layers.get(1).get("vlan_identifier"));
        assertEquals(3, layers.get(1).get("priority_code_point"));
        assertEquals("the IPv4 header length is below 5", object.get("error"));
    }

    @Test
    void shouldNotLetTextSteerATerminal() {
        assertEquals("a\\x1b[31m\\x0a\\u20ac", TextSink.escape("a\u001b[31m\n\u20ac"));
    }

    @Test
    void shouldDescribeWhateverTheDecoderAccepts() throws IOException {
        final Random random = new Random(4);
        final List<byte[]> frames = SampleFrames.all();
        final int[] linkTypes = SampleFrames.linkTypes();
        for (int i = 0; i < 20_000; i++) {
            final byte[] bytes = frames.get(i % frames.size()).clone();
            for (int damage = i < frames.size() ? 0 : random.nextInt(3); damage > 0; damage--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            final int length = i < frames.size() || random.nextBoolean() ? bytes.length : random.nextInt(bytes.length);
            final Frame decoded = decode(linkTypes[i % frames.size()], bytes, length);
            final Map<String, Object> object = json(decoded);
            assertTrue(layers(object).size() >= decoded.layerCount);
            describer.text(decoded, new StringBuilder(), false, true);
        }
    }

    private static PacketBuilder tcp() {
        return PacketBuilder.ethernet().vlan(77).ipv4("192.0.2.1", "198.51.100.2").tcp(1234, 80).seq(1).ack(2)
            .flags(TcpFlags.SYN | TcpFlags.ACK)
            .options((byte) 2, (byte) 4, (byte) 5, (byte) 0xb4, (byte) 1, (byte) 3, (byte) 3, (byte) 7)
            .payload("GET /").padTo(60);
    }

    private Frame ethernet(final PacketBuilder packet) {
        final byte[] bytes = packet.build();
        return decode(LinkType.ETHERNET, bytes, bytes.length);
    }

    private Frame decode(final int linkType, final byte[] bytes, final int length) {
        frame.address = region.address();
        UnsafeApi.copyMemory(bytes, BufferUtil.ARRAY_BASE_OFFSET, null, frame.address, length);
        frame.capturedLength = length;
        frame.wireLength = bytes.length;
        frame.linkType = linkType;
        frame.number = 7;
        frame.timestampNs = 1_767_323_045_000_000_789L;
        new Decoder().decode(frame);
        return frame;
    }

    private Map<String, Object> json(final Frame described) throws IOException {
        final StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            describer.json(described, json, false);
        }
        return Json.object(text.toString());
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> layers(final Map<String, Object> object) {
        return (List<Map<String, Object>>) object.get("layers");
    }

    private static List<Object> types(final List<Map<String, Object>> layers) {
        final List<Object> types = new ArrayList<>();
        for (final Map<String, Object> layer : layers) {
            types.add(layer.get("type"));
        }
        return types;
    }
}
