package io.weir.protocol.rfb;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import java.nio.charset.StandardCharsets;

/** Remote Framebuffer (RFC 6143), the protocol of VNC: both sides begin with a line of twelve bytes. */
public final class Rfb {
    static final RecordType RECORD = RecordType.of("rfb");

    static final Field CLIENT_VERSION = Field.of("rfb.client_protocol_version",
        FieldType.GROUP, "Version the client speaks.");
    static final Field CLIENT_MAJOR = Field.of("rfb.client_protocol_version.major", FieldType.TEXT, "Major part.");
    static final Field CLIENT_MINOR = Field.of("rfb.client_protocol_version.minor", FieldType.TEXT, "Minor part.");
    static final Field SERVER_VERSION = Field.of("rfb.server_protocol_version",
        FieldType.GROUP, "Version the server offers.");
    static final Field SERVER_MAJOR = Field.of("rfb.server_protocol_version.major", FieldType.TEXT, "Major part.");
    static final Field SERVER_MINOR = Field.of("rfb.server_protocol_version.minor", FieldType.TEXT, "Minor part.");
    static final Field AUTHENTICATION = Field.of("rfb.authentication",
        FieldType.GROUP, "How the client proves who it is.");
    static final Field SECURITY_TYPE = Field.of("rfb.authentication.security_type",
        FieldType.NUMBER, "Number of the security type.");
    static final Field VNC = Field.of("rfb.authentication.vnc",
        FieldType.GROUP, "Challenge and response of VNC authentication.");
    static final Field CHALLENGE = Field.of("rfb.authentication.vnc.challenge", FieldType.HEX, "What the server sent.");
    static final Field RESPONSE = Field.of("rfb.authentication.vnc.response",
        FieldType.HEX, "What the client made of it.");
    static final Field SECURITY_RESULT = Field.of("rfb.authentication.security_result",
        FieldType.TEXT, "OK, FAIL or TOOMANY.");
    static final Field FAILURE_REASON = Field.of("rfb.server_security_failure_reason",
        FieldType.TEXT, "Why the server refuses.");
    static final Field SHARED = Field.of("rfb.screen_shared", FieldType.BOOLEAN, "Whether others may stay.");
    static final Field FRAMEBUFFER = Field.of("rfb.framebuffer", FieldType.GROUP, "What is shown.");
    static final Field WIDTH = Field.of("rfb.framebuffer.width", FieldType.NUMBER, "Width in pixels.").upTo(0xffff);
    static final Field HEIGHT = Field.of("rfb.framebuffer.height", FieldType.NUMBER, "Height in pixels.").upTo(0xffff);
    static final Field NAME = Field.of("rfb.framebuffer.name", FieldType.TEXT, "Name of the desktop.");
    static final Field PIXEL_FORMAT = Field.of("rfb.framebuffer.pixel_format", FieldType.GROUP, "How pixels are sent.");
    static final Field BITS = Field.of("rfb.framebuffer.pixel_format.bits_per_pixel",
        FieldType.NUMBER, "Bits for a pixel.");
    static final Field DEPTH = Field.of("rfb.framebuffer.pixel_format.depth",
        FieldType.NUMBER, "Bits of a pixel that count.");
    static final Field BIG_ENDIAN = Field.of("rfb.framebuffer.pixel_format.big_endian",
        FieldType.BOOLEAN, "Order of its bytes.");
    static final Field TRUE_COLOR = Field.of("rfb.framebuffer.pixel_format.true_color",
        FieldType.BOOLEAN, "Whether pixels are colours.");
    static final Field RED_MAX = Field.of("rfb.framebuffer.pixel_format.red_max", FieldType.NUMBER, "Greatest red.");
    static final Field GREEN_MAX = Field.of("rfb.framebuffer.pixel_format.green_max",
        FieldType.NUMBER, "Greatest green.");
    static final Field BLUE_MAX = Field.of("rfb.framebuffer.pixel_format.blue_max", FieldType.NUMBER, "Greatest blue.");
    static final Field RED_SHIFT = Field.of("rfb.framebuffer.pixel_format.red_shift",
        FieldType.NUMBER, "Place of red.");
    static final Field GREEN_SHIFT = Field.of("rfb.framebuffer.pixel_format.green_shift",
        FieldType.NUMBER, "Place of green.");
    static final Field BLUE_SHIFT = Field.of("rfb.framebuffer.pixel_format.blue_shift",
        FieldType.NUMBER, "Place of blue.");

    /** What it is. */
    public static final Protocol PROTOCOL = Protocol.named("rfb", "Remote Framebuffer (VNC)")
        .tcpPorts(5900, 5901, 5902, 5903).firstBytes("R").tcp(Rfb::detect).streamParser(RfbParser::new)
        .fields(CLIENT_VERSION, CLIENT_MAJOR, CLIENT_MINOR, SERVER_VERSION, SERVER_MAJOR, SERVER_MINOR, AUTHENTICATION,
            SECURITY_TYPE, VNC, CHALLENGE, RESPONSE, SECURITY_RESULT, FAILURE_REASON, SHARED, FRAMEBUFFER, WIDTH,
            HEIGHT, NAME, PIXEL_FORMAT, BITS, DEPTH, BIG_ENDIAN, TRUE_COLOR, RED_MAX, GREEN_MAX, BLUE_MAX,
            RED_SHIFT, GREEN_SHIFT, BLUE_SHIFT)
        .records(RECORD).build();

    /** Length of the version line. */
    static final int LINE = 12;
    private static final byte[] MAGIC = "RFB 00".getBytes(StandardCharsets.US_ASCII);

    private Rfb() {
    }

    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final Answer magic = now.beginsWith(MAGIC);
        if (magic != Answer.YES || now.length() < LINE) {
            return magic == Answer.YES ? Answer.MORE : magic;
        }
        return isVersion(now) ? Answer.YES : Answer.NO;
    }

    /** Two numbers of three digits with a point between them. */
    static boolean isVersion(final Bytes line) {
        return line.startsWith(MAGIC) && line.decimal(4, 7) >= 0 && line.u8(7) == '.' && line.decimal(8, 11) >= 0
            && line.u8(11) == '\n';
    }
}
