package io.weir.protocol;

import io.weir.engine.MemorySource.TimedFrame;
import io.weir.protocol.WireTalk.Form;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** A trace of many hosts in which flows tell of others: FTP, TFTP and SIP, and names that DNS gave. */
public final class SignallingTrace {
    private static final String CRLF = "\r\n";

    private SignallingTrace() {
    }

    /** Frames of so many of each kind of exchange, mixed in time; the same in each run. */
    public static List<TimedFrame> frames(final int count) {
        final Random random = new Random(20_260_103);
        final List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final String client = "10.1." + i / 200 + "." + (1 + i % 200);
            final String server = "192.0.2." + (1 + i % 50);
            frames.addAll(ftp(wire(random, client, server), i));
            frames.addAll(tftp(wire(random, client, server), i));
            frames.addAll(sip(wire(random, client, server), client, server, i));
            frames.addAll(names(wire(random, client, server), client, server, i));
        }
        frames.sort(Comparator.comparingLong(TimedFrame::timestampNs));
        return frames;
    }

    private static WireTalk wire(final Random random, final String client, final String server) {
        return new WireTalk(Form.PLAIN).between(client, server).after(random.nextInt(60_000) / 1_000.0);
    }

    private static List<TimedFrame> ftp(final WireTalk wire, final int number) {
        final int control = 30_000 + number;
        final int data = 50_000 + number;
        final WireTalk talk = wire.tcp(control, 21);
        talk.says(false, text("220 ready\r\n")).says(true, text("USER a\r\n")).says(false, text("331 password\r\n"))
            .says(true, text("PASS b\r\n")).says(false, text("230 in\r\n")).says(true, text("EPSV\r\n"))
            .says(false, text("229 go (|||" + data + "|)\r\n")).says(true, text("RETR file" + number + CRLF))
            .says(false, text("150 here it comes\r\n"));
        talk.tcp(control + 5_000, data).says(false, text("content of file " + number)).close();
        return talk.frames();
    }

    private static List<TimedFrame> tftp(final WireTalk wire, final int number) {
        final int port = 32_000 + number;
        return wire.udp(port, 69).says(true, text("\0\1file" + number + "\0octet\0")).udp(port, 40_000 + number)
            .says(false, text("\0\3\0\1" + "x".repeat(200))).says(true, text("\0\4\0\1")).frames();
    }

    private static List<TimedFrame> sip(final WireTalk wire, final String client, final String server,
        final int number) {
        final int media = 20_000 + 2 * number;
        final String head = "Via: SIP/2.0/UDP " + client + ":5060;branch=z9hG4bK" + number + "\r\nFrom: <sip:a@"
            + client + ">;tag=1\r\nTo: <sip:b@" + server + ">\r\nCall-ID: " + number + "@" + client
            + "\r\nCSeq: 1 INVITE\r\nContact: <sip:a@" + client + ">\r\nContent-Type: application/sdp\r\n";
        wire.udp(5060, 5060).says(true, text("INVITE sip:b@" + server + " SIP/2.0\r\n" + head + body(client, media)))
            .says(false, text("SIP/2.0 200 OK\r\n" + head + body(server, media + 2_000)));
        wire.udp(media, media + 2_000);
        for (int i = 0; i < 6; i++) {
            wire.says(i % 2 == 0, rtp(i / 2, i % 2 + number));
        }
        return wire.frames();
    }

    private static String body(final String address, final int port) {
        final String body = "v=0\r\no=- 1 1 IN IP4 " + address + "\r\ns=-\r\nc=IN IP4 " + address
            + "\r\nt=0 0\r\nm=audio " + port + " RTP/AVP 0\r\na=rtpmap:0 PCMU/8000\r\n";
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static byte[] rtp(final int sequence, final int source) {
        final byte[] packet = new byte[172];
        packet[0] = (byte) 0x80;
        packet[3] = (byte) sequence;
        packet[6] = (byte) (sequence * 160 >>> 8);
        packet[7] = (byte) (sequence * 160);
        packet[10] = (byte) (source >>> 8);
        packet[11] = (byte) source;
        return packet;
    }

    /** DNS gives an address for a known name; then something nobody recognises goes to that address. */
    private static List<TimedFrame> names(final WireTalk wire, final String client, final String server,
        final int number) {
        final String name = "07796f7574756265" + "03636f6d" + "00 0001 0001";
        final int address = 1 + number % 250;
        wire.udp(42_000 + number, 53).says(true, Talk.hex("0102 0100 0001 0000 0000 0000" + name))
            .says(false, Talk.hex("0102 8180 0001 0001 0000 0000" + name + "c00c 0001 0001 0000003c 0004 c633 64"
                + HexFormat.of().toHexDigits((byte) address)));
        wire.between(client, "198.51.100." + address).tcp(43_000 + number, 9_999).says(true, text("~~~~ ~~~~"))
            .close();
        return wire.between(client, server).frames();
    }

    private static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
