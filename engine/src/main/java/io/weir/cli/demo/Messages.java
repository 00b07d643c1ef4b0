package io.weir.cli.demo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** The messages that the demo's hosts exchange, well formed as their RFCs ask. */
final class Messages {
    private static final int DNS_TYPE_A = 1;
    private static final int DNS_TYPE_AAAA = 28;
    private static final int NAME_ERROR = 3;

    private Messages() {
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] httpRequest(final String host, final String path) {
        return text("GET " + path + " HTTP/1.1\r\nHost: " + host
            + "\r\nUser-Agent: weir-demo/1\r\nAccept: */*\r\n\r\n");
    }

    static byte[] httpResponse(final int bodyLength) {
        final String body = "A line of text that stands for a page.\r\n".repeat(bodyLength / 40 + 1);
        return text("HTTP/1.1 200 OK\r\nServer: demo\r\nContent-Type: text/plain\r\nContent-Length: " + bodyLength
            + "\r\n\r\n" + body.substring(0, bodyLength));
    }

    /** DNS query, RFC 1035; AAAA if {@code v6}. */
    static byte[] dnsQuery(final int id, final String name, final boolean v6) {
        return dns(id, 0x0100, name, v6, new byte[0]);
    }

    /** DNS response with one address in the documentation ranges, or NXDOMAIN if {@code host} is 0. */
    static byte[] dnsResponse(final int id, final String name, final boolean v6, final int host) {
        if (host == 0) {
            return dns(id, 0x8180 | NAME_ERROR, name, v6, new byte[0]);
        }
        final byte[] address = v6
            ? ByteBuffer.allocate(16).putInt(0x20010db8).putInt(0x5).putInt(0).putInt(host).array()
            : ByteBuffer.allocate(4).putInt(198 << 24 | 51 << 16 | 100 << 8 | host).array();
        return dns(id, 0x8180, name, v6, address);
    }

    private static byte[] dns(
        final int id, final int flags, final String name, final boolean v6, final byte[] address) {
        final short type = (short) (v6 ? DNS_TYPE_AAAA : DNS_TYPE_A);
        final int answerLength = address.length == 0 ? 0 : 12 + address.length;
        final ByteBuffer message = ByteBuffer.allocate(12 + name.length() + 2 + 4 + answerLength);
        message.putShort((short) id).putShort((short) flags).putShort((short) 1)
            .putShort((short) Math.min(1, address.length)).putInt(0);
        for (int at = 0; at < name.length();) {
            final int dot = name.indexOf('.', at);
            final int end = dot < 0 ? name.length() : dot;
            message.put((byte) (end - at)).put(text(name.substring(at, end)));
            at = end + 1;
        }
        message.put((byte) 0).putShort(type).putShort((short) 1);
        if (address.length > 0) {
            message.putShort((short) 0xc00c).putShort(type).putShort((short) 1).putInt(300)
                .putShort((short) address.length).put(address);
        }
        return message.array();
    }

    /** DHCP message of a type, RFC 2131 and 2132. */
    static byte[] dhcp(final int type, final boolean fromServer, final int offeredAddress) {
        final ByteBuffer message = ByteBuffer.allocate(300);
        message.put((byte) (fromServer ? 2 : 1)).put((byte) 1).put((byte) 6).put((byte) 0).putInt(0x77656972);
        message.putInt(16, offeredAddress).position(28).put(new byte[] {0, 0, 0x5e, 0, 0x53, 0x0c});
        message.position(236).putInt(0x63825363).put(new byte[] {53, 1, (byte) type});
        message.put(new byte[] {12, 7}).put(text("example")).put((byte) 255);
        return message.array();
    }

    /** NTP version 4 in client (3) or server (4) mode, RFC 5905. */
    static byte[] ntp(final int mode) {
        final ByteBuffer message = ByteBuffer.allocate(48);
        message.put((byte) (0x20 | mode)).put((byte) (mode == 4 ? 2 : 0)).put((byte) 6).put((byte) -20);
        return message.putInt(40, 0xed000000).array();
    }

    /** A TLS ClientHello with a server name, RFC 8446 and 6066. */
    static byte[] clientHello(final String serverName, final SplittableRandom random) {
        final byte[] name = text(serverName);
        final ByteBuffer extensions = ByteBuffer.allocate(256);
        extensions.putShort((short) 0).putShort((short) (name.length + 5)).putShort((short) (name.length + 3))
            .put((byte) 0).putShort((short) name.length).put(name);
        extensions.putShort((short) 10).putShort((short) 6).putShort((short) 4).putShort((short) 29)
            .putShort((short) 23);
        extensions.putShort((short) 13).putShort((short) 6).putShort((short) 4).putShort((short) 0x0403)
            .putShort((short) 0x0804);
        extensions.putShort((short) 16).putShort((short) 14).putShort((short) 12).put((byte) 2).put(text("h2"))
            .put((byte) 8).put(text("http/1.1"));
        extensions.putShort((short) 43).putShort((short) 3).put((byte) 2).putShort((short) 0x0304);
        extensions.putShort((short) 51).putShort((short) 38).putShort((short) 36).putShort((short) 29)
            .putShort((short) 32).put(bytes(random, 32));
        extensions.flip();
        final ByteBuffer body = ByteBuffer.allocate(512);
        body.putShort((short) 0x0303).put(bytes(random, 32)).put((byte) 32).put(bytes(random, 32));
        body.putShort((short) 6).putShort((short) 0x1301).putShort((short) 0x1302).putShort((short) 0x1303);
        body.put((byte) 1).put((byte) 0).putShort((short) extensions.remaining()).put(extensions);
        return handshake(1, body.flip());
    }

    /** A TLS ServerHello that chooses TLS 1.3. */
    static byte[] serverHello(final SplittableRandom random) {
        final ByteBuffer body = ByteBuffer.allocate(256);
        body.putShort((short) 0x0303).put(bytes(random, 32)).put((byte) 32).put(bytes(random, 32));
        body.putShort((short) 0x1301).put((byte) 0).putShort((short) 46);
        body.putShort((short) 43).putShort((short) 2).putShort((short) 0x0304);
        body.putShort((short) 51).putShort((short) 36).putShort((short) 29).putShort((short) 32).put(bytes(random, 32));
        return handshake(2, body.flip());
    }

    private static byte[] handshake(final int type, final ByteBuffer body) {
        final int length = body.remaining();
        final ByteBuffer message = ByteBuffer.allocate(9 + length);
        message.put((byte) 22).putShort((short) 0x0301).putShort((short) (length + 4)).putInt(type << 24 | length);
        return message.put(body).array();
    }

    /** A TLS record of encrypted application data. */
    static byte[] encrypted(final int length, final SplittableRandom random) {
        return ByteBuffer.allocate(5 + length).put((byte) 23).putShort((short) 0x0303).putShort((short) length)
            .put(bytes(random, length)).array();
    }

    /** An RTP packet of 20 ms of G.711 sound, RFC 3550. */
    static byte[] rtp(final int sequence, final int source, final SplittableRandom random) {
        return ByteBuffer.allocate(172).put((byte) 0x80).put((byte) 0).putShort((short) sequence).putInt(sequence * 160)
            .putInt(source).put(bytes(random, 160)).array();
    }

    static byte[] bytes(final SplittableRandom random, final int length) {
        final byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
