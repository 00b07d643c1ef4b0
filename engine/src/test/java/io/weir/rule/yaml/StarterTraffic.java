package io.weir.rule.yaml;

import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;

import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.protocol.Sample;
import io.weir.protocol.WireTalk;
import io.weir.protocol.tls.Hellos;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.IntFunction;

/** What is said where rules of the starter pack are tried: from 10.0.0.1 to 10.0.0.2 unless said otherwise. */
final class StarterTraffic {
    static final String CLIENT = "10.0.0.1";
    static final String SERVER = "10.0.0.2";
    static final String OUTSIDE = "198.51.100.9";
    private static final long START_NS = 1_700_000_000_000_000_000L;

    private StarterTraffic() {
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static WireTalk talk() {
        return new WireTalk(WireTalk.Form.PLAIN);
    }

    /** A connection of lines; C or S in front of each says whose it is. */
    static WireTalk lines(final int port, final String... lines) {
        return lines(talk(), port, lines);
    }

    static WireTalk lines(final WireTalk talk, final int port, final String... lines) {
        talk.tcp(40_000, port);
        for (final String line : lines) {
            talk.says(line.startsWith("C"), text(line.substring(1) + "\r\n"));
        }
        return talk.close();
    }

    /** A connection of samples: a C or S, then hexadecimal digits and {@code [text]}. */
    static WireTalk samples(final WireTalk talk, final int port, final String... samples) {
        talk.tcp(40_000, port);
        for (final String sample : samples) {
            talk.says(sample.startsWith("C"), Sample.of(sample.substring(2)));
        }
        return talk.close();
    }

    static WireTalk samples(final int port, final String... samples) {
        return samples(talk(), port, samples);
    }

    static WireTalk datagrams(final WireTalk talk, final int port, final String... samples) {
        talk.udp(40_000, port);
        for (final String sample : samples) {
            talk.says(sample.startsWith("C"), Sample.of(sample.substring(2)));
        }
        return talk;
    }

    static WireTalk datagrams(final int port, final String... samples) {
        return datagrams(talk(), port, samples);
    }

    /** Requests and answers of HTTP, in turn. */
    static WireTalk http(final String... messages) {
        return http(talk(), messages);
    }

    static WireTalk http(final WireTalk talk, final String... messages) {
        talk.tcp(40_000, 80);
        for (int i = 0; i < messages.length; i++) {
            talk.says(i % 2 == 0, text(messages[i]));
        }
        return talk.close();
    }

    static String request(final String line, final String... headers) {
        return line + " HTTP/1.1\r\nHost: www.example.net\r\n" + String.join("\r\n", headers)
            + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
    }

    static String answer(final int status, final String... headers) {
        return "HTTP/1.1 " + status + " Answer\r\nContent-Length: 0\r\n" + String.join("\r\n", headers)
            + (headers.length == 0 ? "\r\n" : "\r\n\r\n");
    }

    static WireTalk ssh(final WireTalk talk, final int port, final String serverVersion) {
        return talk.tcp(40_000, port).says(false, text(serverVersion + "\r\n"))
            .says(true, text("SSH-2.0-OpenSSH_9.6\r\n")).says(true, keyExchange()).says(false, keyExchange()).close();
    }

    private static byte[] keyExchange() {
        byte[] message = join(new byte[] {20}, new byte[16]);
        for (final String list : List.of("curve25519-sha256", "ssh-ed25519", "aes128-ctr", "aes128-ctr",
            "hmac-sha2-256", "hmac-sha2-256", "none", "none", "", "")) {
            message = join(message, new byte[2], u16(list.length()), text(list));
        }
        message = join(message, new byte[5]);
        final int padding = 16 - (message.length + 5) % 8;
        return join(new byte[2], u16(1 + message.length + padding), new byte[] {(byte) padding}, message,
            new byte[padding]);
    }

    /** A handshake of TLS with a certificate, in a version of the server's choice. */
    static WireTalk tls(final WireTalk talk, final int port, final int version, final String name, final byte[] der) {
        final Hellos client = Hellos.hello().ciphers(0x1301, 0xc02f).sni(name).groups(29, 23).points("00");
        final byte[] entry = join(new byte[1], u16(der.length), der);
        return talk.tcp(40_000, port).says(true, record(version, message(1, client.clientBody())))
            .says(false, join(record(version, message(2, Hellos.hello().version(version).ciphers(0xc02f).serverBody())),
                record(version, message(11, join(new byte[1], u16(entry.length), entry))),
                record(version, message(14)))).close();
    }

    /** A certificate with other times and another name of the same length: nobody checks who has signed it. */
    static byte[] certificate(final byte[] der, final String notBefore, final String notAfter, final String name) {
        String digits = HexFormat.of().formatHex(der);
        digits = replaced(digits, "261123081502", notBefore);
        digits = replaced(digits, "361120081502", notAfter);
        digits = replaced(digits, "270303081502", notAfter);
        return HexFormat.of().parseHex(name == null ? digits : replaced(digits, "example.org", name));
    }

    private static String replaced(final String digits, final String text, final String by) {
        return digits.replace(HexFormat.of().formatHex(text(text)), HexFormat.of().formatHex(text(by)));
    }

    private static byte[] message(final int type, final byte... body) {
        return join(new byte[] {(byte) type, (byte) (body.length >> 16)}, u16(body.length), body);
    }

    private static byte[] record(final int version, final byte... content) {
        return join(new byte[] {22}, u16(version), u16(content.length), content);
    }

    /** A question of DNS, or its answer without records. */
    static byte[] dns(final String name, final int type, final boolean answer, final int outcome) {
        byte[] encoded = {};
        for (final String label : name.split("\\.")) {
            encoded = join(encoded, new byte[] {(byte) label.length()}, text(label));
        }
        return join(hex("1234"), u16(answer ? 0x8180 | outcome : 0x0100), hex("0001 0000 0000 0000"), encoded,
            hex("00"), u16(type), hex("0001"));
    }

    /** Questions and answers of DNS. */
    static WireTalk dns(final int count, final IntFunction<String> name, final int type, final int outcome) {
        return dns(talk(), count, name, type, outcome);
    }

    static WireTalk dns(final WireTalk talk, final int count, final IntFunction<String> name, final int type,
        final int outcome) {
        talk.udp(40_000, 53);
        for (int i = 0; i < count; i++) {
            talk.says(true, dns(name.apply(i), type, false, 0)).says(false, dns(name.apply(i), type, true, outcome));
        }
        return talk;
    }

    static byte[] smb(final int command, final boolean answer, final int status, final int message,
        final byte[]... body) {
        final byte[] whole = join(body);
        return ByteBuffer.allocate(68 + whole.length).putInt(64 + whole.length).order(ByteOrder.LITTLE_ENDIAN)
            .put(hex("fe534d42 4000 0000")).putInt(status).putShort((short) command).putShort((short) 1)
            .putInt(answer ? 1 : 0).putInt(0).putLong(message).putInt(0).putInt(5).putLong(77).put(new byte[16])
            .put(whole).array();
    }

    /** Begins a session of SMB 2. */
    static WireTalk smb(final WireTalk talk) {
        return talk.tcp(40_000, 445)
            .says(true, smb(0, false, 0, 1, hex("2400 0200 0100 0000 00000000"), new byte[16],
                hex("0000000000000000 1002 1103")))
            .says(false, smb(0, true, 0, 1, hex("4100 0100 1103 0000"), new byte[16],
                hex("00000000 00001000 00001000 00000800"), new byte[24]));
    }

    static WireTalk smbShare(final String share) {
        final byte[] name = share.getBytes(StandardCharsets.UTF_16LE);
        return smb(talk()).says(true, smb(3, false, 0, 2, hex("0900 0000 4800"),
            new byte[] {(byte) name.length, (byte) (name.length >> 8)}, name))
            .says(false, smb(3, true, 0, 2, hex("1000 01 00 00000000 00000000 00000000"))).close();
    }

    static WireTalk smbFile(final String file) {
        final byte[] name = file.getBytes(StandardCharsets.UTF_16LE);
        return smb(talk()).says(true, smb(5, false, 0, 3, hex("3900 00 00 02000000 0000000000000000"
            + "0000000000000000 00000000 00000000 00000000 01000000 00100000 7800"),
            new byte[] {(byte) name.length, (byte) (name.length >> 8)}, hex("00000000 00000000"), name))
            .says(false, smb(5, true, 0xc0000022, 3, hex("0900 0000 00000000"))).close();
    }

    static WireTalk smbLogins(final int count) {
        final WireTalk talk = smb(talk());
        for (int i = 0; i < count; i++) {
            talk.says(true, smb(1, false, 0, 2 + i, hex("1900 00 01 00000000 00000000 5800 0000 0000000000000000")))
                .says(false, smb(1, true, 0xc000006d, 2 + i, hex("0900 0000 00000000")));
        }
        return talk.close();
    }

    static WireTalk rdp(final WireTalk talk, final int port) {
        return samples(talk, port, "C 0300 0029 24 e0 0000 0000 00 [Cookie: mstshash=bob] 0d0a 01 00 0800 03000000",
            "S 0300 0013 0e d0 0000 1234 00 02 1f 0800 02000000");
    }

    static WireTalk vnc(final WireTalk talk, final int security) {
        return samples(talk, 5900, "S [RFB 003.008] 0a", "C [RFB 003.008] 0a", "S 01 0" + security, "C 0" + security,
            security == 2 ? "S 00*16" : "S 00000000", security == 2 ? "C 11*16" : "C 01");
    }

    /** Frames of their own, a millisecond apart. */
    static List<TimedFrame> frames(final PacketBuilder... packets) {
        final List<TimedFrame> frames = new ArrayList<>();
        for (final PacketBuilder packet : packets) {
            frames.add(new TimedFrame(START_NS + frames.size() * 1_000_000L, packet.build()));
        }
        return frames;
    }

    static List<TimedFrame> frames(final int count, final IntFunction<PacketBuilder> packet) {
        final List<TimedFrame> frames = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            frames.add(new TimedFrame(START_NS + i * 1_000_000L, packet.apply(i).build()));
        }
        return frames;
    }

    static PacketBuilder ip(final boolean fromClient) {
        return PacketBuilder.ethernet().ipv4(fromClient ? CLIENT : SERVER, fromClient ? SERVER : CLIENT);
    }

    static PacketBuilder tcp(final int flags) {
        return ip(true).tcp(40_000, 80).seq(1_000).flags(flags);
    }

    /** The beginning of a certificate with nothing but common names. */
    static byte[] madeUp(final String issuer, final String subject) {
        final byte[] times = hex("301e 170d 323230313031303030303030 5a 170d 323730313031303030303030 5a");
        return element(0x30, element(0x30, join(hex("0201 05 3005 06032b6570"), name(issuer), times, name(subject))));
    }

    private static byte[] name(final String commonName) {
        final byte[] attribute = element(0x30, join(hex("0603550403"), element(0x0c, text(commonName))));
        return element(0x30, element(0x31, attribute));
    }

    private static byte[] element(final int tag, final byte... content) {
        return join(new byte[] {(byte) tag, (byte) 0x82}, u16(content.length), content);
    }

    /** A hello with another fingerprint. */
    static byte[] otherHello() {
        return record(0x0303, message(1, Hellos.hello().ciphers(0x1302).sni("www.example.org").clientBody()));
    }
}
