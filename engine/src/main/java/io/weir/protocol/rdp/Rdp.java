package io.weir.protocol.rdp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import java.nio.charset.StandardCharsets;

/**
 * Remote Desktop Protocol ([MS-RDPBCGR]): an X.224 connection that agrees on security, then TLS, or a connect request
 * in clear that describes the client; over UDP ([MS-RDPEUDP]) its opening alone.
 */
public final class Rdp {
    static final RecordType RECORD = RecordType.of("rdp");

    static final Field TX_ID = Field.of("rdp.tx_id", FieldType.NUMBER, "Number of the message in its flow, from 0.");
    static final Field EVENT = Field.of("rdp.event_type", FieldType.TEXT, "Which message it is.");
    static final Field COOKIE = Field.of("rdp.cookie", FieldType.TEXT, "User or token that the client sent ahead.");
    static final Field CLIENT = Field.of("rdp.client", FieldType.GROUP, "What the client is.");
    static final Field VERSION = Field.of("rdp.client.version", FieldType.TEXT, "Version of the protocol.");
    static final Field WIDTH = Field.of("rdp.client.desktop_width", FieldType.NUMBER, "Width in pixels.").upTo(0xffff);
    static final Field HEIGHT = Field.of("rdp.client.desktop_height", FieldType.NUMBER,
        "Height in pixels.").upTo(0xffff);
    static final Field DEPTH = Field.of("rdp.client.color_depth", FieldType.NUMBER, "Bits of a pixel.");
    static final Field LAYOUT = Field.of("rdp.client.keyboard_layout", FieldType.TEXT, "Language of the keyboard.");
    static final Field BUILD = Field.of("rdp.client.build", FieldType.TEXT, "The client's system.");
    static final Field NAME = Field.of("rdp.client.client_name", FieldType.TEXT, "Name of the client's computer.");
    static final Field KEYBOARD = Field.of("rdp.client.keyboard_type", FieldType.TEXT, "Kind of keyboard.");
    static final Field FUNCTION_KEYS = Field.of("rdp.client.function_keys", FieldType.NUMBER, "Function keys it has.");
    static final Field PRODUCT = Field.of("rdp.client.product_id", FieldType.NUMBER, "Product.");
    static final Field CAPABILITIES = Field.listOf("rdp.client.capabilities", FieldType.TEXT, "What the client can.");
    static final Field ID = Field.of("rdp.client.id", FieldType.TEXT, "Identifier of the product.");
    static final Field CHANNELS = Field.listOf("rdp.channels", FieldType.TEXT, "Virtual channels asked for.");

    /** What the catalogue lists. */
    public static final Protocol PROTOCOL = Protocol.named("rdp", "Remote Desktop Protocol")
        .tcpPorts(3389)
        .udpPorts(3389)
        .firstBytes(3, 0xff)
        .tcp(Rdp::detect)
        .udp(Rdp::datagram)
        .streamParser(RdpParser::new)
        .fields(TX_ID, EVENT, COOKIE, CLIENT, VERSION, WIDTH, HEIGHT, DEPTH, LAYOUT, BUILD, NAME, KEYBOARD,
            FUNCTION_KEYS, PRODUCT, CAPABILITIES, ID, CHANNELS)
        .records(RECORD)
        .build();

    static final byte[] COOKIE_HEAD = "Cookie: ".getBytes(StandardCharsets.US_ASCII);
    static final int HEADER = 11;
    static final int REQUEST = 0xe0;
    static final int CONFIRM = 0xd0;

    private static final int LONGEST = 512;
    private static final int LEAST_MTU = 1132;
    private static final int GREATEST_MTU = 1232;

    private Rdp() {
    }

    private static Answer detect(final Probe probe) {
        final Bytes b = probe.now();
        final int type = b.u8(5);
        if (b.u8(1) > 0 || b.u8(2) > LONGEST >> 8 || type >= 0 && type != REQUEST && type != CONFIRM) {
            return Answer.NO;
        }
        if (b.length() < HEADER) {
            return Answer.MORE;
        }
        final int length = b.u16(2);
        // The header's length does not count itself; references and class 0.
        if (length < HEADER || b.u8(4) != length - 5 || b.u16(6) != 0 && type == REQUEST || b.u8(10) != 0) {
            return Answer.NO;
        }
        if (length == HEADER) {
            return probe.onPort(3389) && b.u16(6) == 0 && b.u16(8) == 0 ? probe.yesFromClient() : Answer.NO;
        }
        if (b.length() < HEADER + 8) {
            return length < HEADER + 8 ? Answer.NO : Answer.MORE;
        }
        final int kind = b.u8(HEADER);
        if (type == REQUEST) {
            return b.matches(HEADER, COOKIE_HEAD) || kind == 1 && b.u16le(HEADER + 2) == 8
                && b.u32le(HEADER + 4) <= 0x1f ? probe.yesFromClient() : Answer.NO;
        }
        return (kind == 2 || kind == 3) && b.u16le(HEADER + 2) == 8 && b.u32le(HEADER + 4) <= 0x1f
            ? probe.yesFromServer() : Answer.NO;
    }

    /** The opening acknowledges nothing, has the flag for it, and gives the longest datagrams of both directions. */
    private static Answer datagram(final Probe probe) {
        final Bytes b = probe.now();
        return b.u32(0) == 0xffff_ffffL && b.length() >= 16 && (b.u16(6) & 1) == 1 && isMtu(b.u16(12))
            && isMtu(b.u16(14)) ? probe.yesFromClient() : Answer.NO;
    }

    private static boolean isMtu(final int value) {
        return value >= LEAST_MTU && value <= GREATEST_MTU;
    }
}
