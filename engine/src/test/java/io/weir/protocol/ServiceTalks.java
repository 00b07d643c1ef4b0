package io.weir.protocol;

import static io.weir.protocol.Talk.hex;
import static io.weir.protocol.Talk.text;

import io.weir.protocol.tls.Hellos;
import java.util.List;

/** Exchanges over TCP that are read in part, or up to where something else begins. */
final class ServiceTalks {
    private static final String REQUEST = "GET /a HTTP/1.1\r\nHost: inner.example\r\n\r\n";
    private static final String RESPONSE = "HTTP/1.1 204 No Content\r\n\r\n";

    private ServiceTalks() {
    }

    static List<SampleTalk> all() {
        return List.of(proxyHeaders(), binaryProxyHeaders(), socks(), oldSocks(), netbiosSession(), xmpp(), mysql(),
            pgsql(), rfb(), nomachine(), remoteShell(), remoteExecution(), oldSmb(), mailInChunks(), llmnr());
    }

    /** The first version, which is text: HAProxy's proxy-protocol.txt. */
    private static SampleTalk proxyHeaders() {
        return new SampleTalk("proxy-protocol", false, 80)
            .client(text("PROXY TCP4 192.0.2.1 192.0.2.2 56324 443\r\n" + REQUEST)).server(text(RESPONSE));
    }

    private static SampleTalk binaryProxyHeaders() {
        return new SampleTalk("proxy-protocol", false, 80)
            .client(Hellos.join(hex("0d0a0d0a000d0a515549540a 21 11 000c c0000201 c0000202 dc04 01bb"), text(REQUEST)))
            .server(text(RESPONSE));
    }

    /** With a name and a password, RFC 1928 and RFC 1929. */
    private static SampleTalk socks() {
        return new SampleTalk("socks", false, 1080).client(hex("050102")).server(hex("0502"))
            .client(Hellos.join(hex("0103"), text("ann"), hex("01"), text("x"))).server(hex("0100"))
            .client(Hellos.join(hex("0501000305"), text("inner"), hex("0050")))
            .server(hex("0500 0001 00000000 0000")).client(text(REQUEST)).server(text(RESPONSE));
    }

    /** Version 4a. */
    private static SampleTalk oldSocks() {
        return new SampleTalk("socks", false, 1080)
            .client(Hellos.join(hex("0401 0050 00000001"), text("ann\0inner.example\0")))
            .server(hex("005a 0050 00000000")).client(text(REQUEST)).server(text(RESPONSE));
    }

    /** A session with SMB in it, RFC 1002. */
    private static SampleTalk netbiosSession() {
        final byte[] name = text(" " + "CA".repeat(16) + "\0");
        return new SampleTalk("netbios-ssn", false, 139).client(Hellos.join(hex("81000044"), name, name))
            .server(hex("82000000")).client(smb("72 00000000 00", hex("00 0c00 02"), text("NT LM 0.12\0")))
            .server(smb("72 00000000 80", hex("01 0000 0000")));
    }

    /** STARTTLS, RFC 6120. */
    private static SampleTalk xmpp() {
        final String opening = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' to='chat.example'>";
        return new SampleTalk("xmpp", false, 5222).client(text(opening))
            .server(text(opening + "<stream:features/>"))
            .client(text("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"))
            .server(text("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>"))
            .client(SampleTalk.record(SampleTalk.clientHello()));
    }

    /** A login that asks for TLS. */
    private static SampleTalk mysql() {
        return new SampleTalk("mysql", false, 3306)
            .server(Hellos.join(hex("2d000000 0a"), text("8.0.1\0"),
                hex("07000000 0102030405060708 00 fffe 08 0200 ffc1 15" + "00".repeat(10) + "090a0b0c0d0e0f10 00")))
            .client(hex("20000001 8faa3a00 ffffff00 21" + "00".repeat(23)))
            .client(SampleTalk.record(SampleTalk.clientHello()));
    }

    private static SampleTalk pgsql() {
        return new SampleTalk("pgsql", false, 5432).client(hex("00000008 04d2162f")).server(text("S"))
            .client(SampleTalk.record(SampleTalk.clientHello()));
    }

    /** A handshake with a password, RFC 6143. */
    private static SampleTalk rfb() {
        return new SampleTalk("rfb", false, 5900).server(text("RFB 003.008\n")).client(text("RFB 003.008\n"))
            .server(hex("020102")).client(hex("02")).server(new byte[16]).client(hex("11".repeat(16)))
            .server(hex("00000000")).client(hex("01"))
            .server(Hellos.join(hex("0500 0320 20180001 00ff00ff00ff 100800 000000 00000002"), text("ab")));
    }

    private static SampleTalk nomachine() {
        return new SampleTalk("nomachine", false, 4000).client(text("NXSH-8.10.1\n")).server(text("NXD-8.10.1\n"))
            .client(SampleTalk.record(SampleTalk.clientHello()));
    }

    private static SampleTalk remoteShell() {
        return new SampleTalk("rsh", false, 514).client(text("1022\0root\0weir\0uname -a\0")).server(text("\0Linux\n"));
    }

    private static SampleTalk remoteExecution() {
        return new SampleTalk("rexec", false, 512).client(text("0\0weir\0secret\0id\0")).server(text("\0uid=0\n"));
    }

    /** The first version, with a share that is connected to and a file that is opened: MS-CIFS. */
    private static SampleTalk oldSmb() {
        return new SampleTalk("smb", false, 445).client(smb("72 00000000 00", hex("00 0c00 02"), text("NT LM 0.12\0")))
            .server(smb("72 00000000 80", hex("01 0000 0000")))
            .client(smb("73 00000000 00", hex("0d ff000000 0400 0100 0000 00000000 0100 0100 00000000 00000000 0e00"),
                text("xyann\0LAB\0OS\0LM\0")))
            .server(smb("73 00000000 80", hex("03 ff000000 0000 0600"), text("OS\0LM\0")))
            .client(smb("75 00000000 00", hex("04 ff000000 0000 0100 1500 00"), text("\\\\s\\d\0A:\0")))
            .server(smb("75 00000000 80", hex("03 ff000000 0000 0600"), text("A:\0FAT\0")))
            .client(smb("a2 00000000 00", hex("18 ff000000 00 0500 00000000 00000000 00000000 0000000000000000 00000000"
                + "07000000 01000000 40000000 02000000 00 0600"), text("a.txt\0")))
            .server(smb("a2 340000c0 80", hex("00 0000")));
    }

    /** A message of SMB 1 in a packet of a session: its command, status and flags, then what is behind the header. */
    private static byte[] smb(final String start, final byte[]... body) {
        final byte[] message = Hellos.join(hex("ff534d42" + start + "0040" + "00".repeat(12) + "0100 0200 0300 0400"),
            Hellos.join(body));
        return Hellos.join(new byte[2], Hellos.u16(message.length), message);
    }

    /** BDAT instead of DATA, RFC 3030. */
    private static SampleTalk mailInChunks() {
        return new SampleTalk("smtp", false, 25).lines("S220 mail.example.com ESMTP", "CEHLO client.example.com",
            "S250-mail.example.com\r\n250 CHUNKING", "CMAIL FROM:<a@example.com>", "S250 OK",
            "CRCPT TO:<b@example.com>", "S250 OK").client(text("BDAT 13\r\nSubject: Te\r\n")).lines("S250 OK")
            .client(text("BDAT 8 LAST\r\n\r\nText\r\nQUIT\r\n")).lines("S250 queued", "S221 bye");
    }

    private static SampleTalk llmnr() {
        return new SampleTalk("llmnr", false, 5355).client(hex("0013 1234 0000 0001 0000 0000 0000 0161 00 0001 0001"))
            .server(hex("0023 1234 8000 0001 0001 0000 0000 0161 00 0001 0001 c00c 0001 0001 0000001e 0004 c0000201"));
    }
}
