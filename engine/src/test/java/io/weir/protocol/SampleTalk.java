package io.weir.protocol;

import static io.weir.protocol.Talk.hex;
import static io.weir.protocol.Talk.text;

import io.weir.protocol.tls.Certificates;
import io.weir.protocol.tls.Hellos;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A short exchange of one protocol, as its specification has it. */
final class SampleTalk {
    private static final String CRLF = "\r\n";

    private final String protocol;
    private final boolean udp;
    private final int port;
    private final List<Said> said = new ArrayList<>();

    /** Something one side says at once. */
    @SuppressWarnings("ArrayRecordComponent")
    record Said(boolean fromClient, byte[] bytes) {
    }

    SampleTalk(final String protocol, final boolean udp, final int port) {
        this.protocol = protocol;
        this.udp = udp;
        this.port = port;
    }

    /** All of them. */
    static List<SampleTalk> all() {
        final List<SampleTalk> all = new ArrayList<>(List.of(http(), tls(), dnsOverTcp(), dnsOverUdp(), ssh(), smtp(),
            ftp(), pop3(), imap(), sip(true), sip(false), smb(), mqtt(), rdp(), modbus(), ntp(), snmp(), tftp()));
        all.addAll(List.of(telnet(), tlsWithChain(), dnsOfManyTypes(), stun(true), stun(false), http2(), kerberos(true),
            kerberos(false), ldap(true), ldap(false), dhcp(), rtsp(), dtls()));
        all.addAll(ServiceTalks.all());
        all.addAll(WebTalks.all());
        all.addAll(DatagramTalks.all());
        return all;
    }

    private static SampleTalk http() {
        return new SampleTalk("http", false, 80)
            .client(text("GET /a?b=c HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: test/1.0\r\n\r\n"))
            .server(text("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello"))
            .client(text(String.join(CRLF, "POST /form HTTP/1.1", "Host: www.example.com", "Content-Length: 3", "",
                "x=1HEAD /last HTTP/1.1", "Host: www.example.com", "", "")))
            .server(text(String.join(CRLF, "HTTP/1.1 302 Found", "Location: /b", "Transfer-Encoding: chunked", "", "3",
                "abc", "0", "", "HTTP/1.1 404 Not Found", "Content-Length: 99", "", "")));
    }

    private static SampleTalk http2() {
        final byte[] settings = http2(4, 0, 0, "000300000064");
        return new SampleTalk("http2", false, 8080)
            .client(Hellos.join(text("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"), settings,
                http2(1, 0x29, 1, "02000000000f8286840000"), http2(9, 4, 1, "418cf1e3c2e5f23a6ba0ab90f4ff4001610162")))
            .server(Hellos.join(settings, http2(4, 1, 0, ""), http2(1, 4, 1, "885f0a746578742f68746d6c3b5a04677a6970")))
            .client(Hellos.join(http2(1, 5, 3, "82bf84be"), http2(2, 0, 1, "0000000010"), http2(0, 0, 1, "6869")))
            .server(Hellos.join(http2(0, 9, 1, "0368656c6c6f000000"), http2(8, 0, 3, "00000001"),
                http2(3, 0, 3, "00000008"), http2(7, 0, 0, "0000000300000001")));
    }

    private static byte[] http2(final int type, final int flags, final int stream, final String payload) {
        final byte[] bytes = hex(payload);
        return Hellos.join(new byte[] {0}, Hellos.u16(bytes.length), new byte[] {(byte) type, (byte) flags, 0, 0, 0,
            (byte) stream}, bytes);
    }

    private static SampleTalk tls() {
        return new SampleTalk("tls", false, 443).client(record(clientHello())).server(record(serverHello()));
    }

    /** A handshake of TLS 1.2 with two certificates. */
    private static SampleTalk tlsWithChain() {
        final byte[] hello = Hellos.hello().ciphers(0xc02f).serverBody();
        final byte[] server = Certificates.SERVER;
        final byte[] client = Certificates.CLIENT;
        final byte[] list = Hellos.join(new byte[1], Hellos.u16(server.length + client.length + 6), new byte[1],
            Hellos.u16(server.length), server, new byte[1], Hellos.u16(client.length), client);
        return new SampleTalk("tls", false, 443).client(record(clientHello()))
            .server(record(Hellos.join(hex("0200"), Hellos.u16(hello.length), hello)))
            .server(record(Hellos.join(hex("0b00"), Hellos.u16(list.length), list))).server(record(hex("0e000000")));
    }

    /** A client hello with its handshake header. */
    static byte[] clientHello() {
        return handshake(1, Hellos.hello().ciphers(0x1301, 0xc02f, 0x009c).sni("www.example.com")
            .alpn("h2", "http/1.1").groups(29, 23).points("00").algorithms(0x0403, 0x0804).clientBody());
    }

    private static byte[] serverHello() {
        return handshake(2, Hellos.hello().ciphers(0xc02f).alpn("h2").serverBody());
    }

    private static byte[] handshake(final int type, final byte[] body) {
        return Hellos.join(new byte[] {(byte) type, 0}, Hellos.u16(body.length), body);
    }

    /** A record of TLS 1.0 with a piece of a handshake. */
    static byte[] record(final byte[] piece) {
        return Hellos.join(hex("160301"), Hellos.u16(piece.length), piece);
    }

    private static byte[] dnsQuery() {
        return hex("1234 0100 0001 0000 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001");
    }

    private static byte[] dnsResponse() {
        return hex("1234 8180 0001 0002 0000 0000 03777777 076578616d706c65 03636f6d 00 0001 0001"
            + "c00c 0005 0001 0000003c 0006 0363646e c010  c02d 0001 0001 0000003c 0004 5db8d822");
    }

    private static SampleTalk dnsOverUdp() {
        return new SampleTalk("dns", true, 53).client(dnsQuery()).server(dnsResponse());
    }

    private static SampleTalk dnsOverTcp() {
        return new SampleTalk("dns", false, 53)
            .client(Hellos.join(Hellos.u16(dnsQuery().length), dnsQuery()))
            .server(Hellos.join(Hellos.u16(dnsResponse().length), dnsResponse()));
    }

    private static SampleTalk ssh() {
        return new SampleTalk("ssh", false, 22)
            .server(text("SSH-2.0-OpenSSH_9.6\r\n")).client(text("SSH-2.0-OpenSSH_8.9p1 Ubuntu-3\r\n"))
            .client(keyExchange("curve25519-sha256,ext-info-c")).server(keyExchange("curve25519-sha256"));
    }

    /** SSH_MSG_KEXINIT in a packet, RFC 4253. */
    private static byte[] keyExchange(final String methods) {
        byte[] message = Hellos.join(new byte[] {20}, new byte[16]);
        for (final String list : List.of(methods, "ssh-ed25519", "aes128-ctr", "aes128-ctr", "hmac-sha2-256",
            "hmac-sha2-256", "none", "none", "", "")) {
            message = Hellos.join(message, new byte[2], Hellos.u16(list.length()), text(list));
        }
        message = Hellos.join(message, new byte[5]);
        final int padding = 16 - (message.length + 5) % 8;
        return Hellos.join(new byte[2], Hellos.u16(1 + message.length + padding), new byte[] {(byte) padding},
            message, new byte[padding]);
    }

    private static SampleTalk smtp() {
        return new SampleTalk("smtp", false, 25).lines("S220 mail.example.com ESMTP", "CEHLO client.example.com",
            "S250-mail.example.com\r\n250 SIZE 1000000", "CMAIL FROM:<a@example.com>", "S250 OK",
            "CRCPT TO:<b@example.com>", "S250 OK", "CDATA", "S354 go on",
            "CFrom: a@example.com\r\nTo: b@example.com\r\nSubject: Test\r\n\r\nText\r\n.", "S250 queued", "CQUIT",
            "S221 bye");
    }

    private static SampleTalk ftp() {
        return new SampleTalk("ftp", false, 21).lines("S220 ready", "CUSER anonymous", "S331 password", "CPASS guest",
            "S230 in", "CCWD /pub", "S250 done", "CQUIT", "S221 bye");
    }

    private static SampleTalk pop3() {
        return new SampleTalk("pop3", false, 110).lines("S+OK POP3 ready <1@example.com>", "CUSER a", "S+OK",
            "CPASS b", "S+OK in", "CSTAT", "S+OK 2 320", "CQUIT", "S+OK bye");
    }

    private static SampleTalk imap() {
        return new SampleTalk("imap", false, 143).lines("S* OK [CAPABILITY IMAP4rev1] ready", "Ca1 LOGIN a b",
            "Sa1 OK in", "Ca2 SELECT INBOX", "S* 3 EXISTS\r\na2 OK [READ-WRITE] done", "Ca3 APPEND x {5+}\r\nhello",
            "Sa3 OK done", "Ca4 AUTHENTICATE PLAIN", "S+ ", "CAGFubgBzZWNyZXQ=", "Sa4 OK in", "Ca5 LOGOUT",
            "S* BYE\r\na5 OK bye");
    }

    private static SampleTalk sip(final boolean udp) {
        final String head = "Via: SIP/2.0/" + (udp ? "UDP" : "TCP") + " 10.0.0.1:40000;branch=z9hG4bK1\r\n"
            + "From: <sip:a@example.com>;tag=1\r\nTo: <sip:a@example.com>\r\nCall-ID: 1@10.0.0.1\r\n"
            + "CSeq: 1 REGISTER\r\nMax-Forwards: 70\r\nContent-Length: 0\r\n";
        return new SampleTalk("sip", udp, 5060)
            .lines("CREGISTER sip:example.com SIP/2.0\r\n" + head, "SSIP/2.0 200 OK\r\n" + head);
    }

    private static SampleTalk smb() {
        final byte[] request = hex("fe534d42 4000 0000 00000000 0000 0100 00000000 00000000 0000000000000000"
            + "fffe0000 00000000 0000000000000000" + "00".repeat(16)
            + "2400 0200 0100 0000 7f000000" + "11".repeat(16) + "0000000000000000 0202 1002");
        final byte[] response = hex("fe534d42 4000 0000 00000000 0000 0100 01000000 00000000 0000000000000000"
            + "fffe0000 00000000 0000000000000000" + "00".repeat(16)
            + "4100 0100 1002 0000" + "22".repeat(16) + "2f000000 00001000 00001000 00001000 0000000000000000"
            + "0000000000000000 8000 0000 00000000");
        return new SampleTalk("smb", false, 445).client(Hellos.join(new byte[2], Hellos.u16(request.length), request))
            .server(Hellos.join(new byte[2], Hellos.u16(response.length), response));
    }

    private static SampleTalk mqtt() {
        return new SampleTalk("mqtt", false, 1883).client(hex("1010 0004 4d515454 04 02 003c 0004 74657374"))
            .server(hex("20020000")).client(hex("3009 0004 74657374 616263 e000"));
    }

    private static SampleTalk rdp() {
        final byte[] cookie = text("Cookie: mstshash=abcde" + CRLF);
        final byte[] request = Hellos.join(hex("e0 0000 0000 00"), cookie, hex("01 00 0800 03000000"));
        return new SampleTalk("rdp", false, 3389)
            .client(Hellos.join(hex("0300"), Hellos.u16(request.length + 5), new byte[] {(byte) request.length},
                request))
            .server(hex("0300 0013 0e d0 0000 1234 00 02 00 0800 02000000"));
    }

    private static SampleTalk modbus() {
        return new SampleTalk("modbus", false, 502).client(hex("0001 0000 0006 01 03 0000 0002"))
            .server(hex("0001 0000 0007 01 03 04 000a 000b")).client(hex("0002 0000 0006 01 03 0000 0002"))
            .server(hex("0002 0000 0007 01 03 04 000a 000b"));
    }

    private static SampleTalk ntp() {
        return new SampleTalk("ntp", true, 123).client(hex("23 00 06 ec" + "00".repeat(36) + "e5a1b2c3d4e5f607"))
            .server(hex("24 01 06 ec 00000010 00000020 47505300 e5a1b2c000000000 e5a1b2c3d4e5f607"
                + "e5a1b2c3d5000000 e5a1b2c3d5100000"));
    }

    private static SampleTalk snmp() {
        return new SampleTalk("snmp", true, 161)
            .client(hex("3026 020100 0406 7075626c6963 a019 020101 020100 020100 300e 300c 0608 2b06010201010100 0500"))
            .server(hex("302a 020100 0406 7075626c6963 a21d 020101 020100 020100 3012 3010 0608 2b06010201010100"
                + "0404 74657374"));
    }

    /** A request without preauthentication, and that it is required; RFC 4120. */
    private static SampleTalk kerberos(final boolean udp) {
        final String request = "6a423040a103020105a20302010aa4343032a00703050000000000a110300ea003020101a1073005"
            + "1b03616e6ea2031b0141a310300ea003020101a10730051b036b6463";
        return new SampleTalk("krb5", udp, 88).client(hex((udp ? "" : "00000044") + request))
            .server(hex((udp ? "" : "0000003c") + "7e3a3038a003020105a10302011ea503020100a603020119a9031b0141"
                + "aa1d301ba003020102a11430121b066b72627467741b084558414d504c4531"));
    }

    /** A search with what it finds, and a change; RFC 4511. */
    private static SampleTalk ldap(final boolean udp) {
        return new SampleTalk("ldap", udp, 389)
            .client(hex("3029 020101 6324 0400 0a0100 0a0100 020100 020100 010100 870b6f626a656374636c617373"
                + "3004 0402636e"))
            .server(hex("3018 020101 6413 0404636e3d61 300b 3009 0402636e 3103040161"
                + "300c 020101 6507 0a0100 0400 0400"))
            .client(hex("301d 020102 6618 0404636e3d61 3010 300e 0a0102 3009 0402636e 3103040161"))
            .server(hex("300c 020102 6707 0a0132 0400 0400"));
    }

    private static SampleTalk tftp() {
        return new SampleTalk("tftp", true, 69).client(text("\0\1boot/file.bin\0octet\0"));
    }

    private static SampleTalk dnsOfManyTypes() {
        return new SampleTalk("dns", true, 53).client(hex("1234 0100 0001 0000 0000 0000 0161 00 00ff 0001"))
            .server(hex("1234 8180 0001 0006 0000 0000 0161 00 00ff 0001"
                + "c00c 0041 0001 00000001 0012 0001 00 0001 0003 026833 0004 0004 c0000201"
                + "c00c 0023 0001 00000001 0010 0064 000a 01 75 03 534950 02 2121 0162 00"
                + "c00c 002e 0001 00000001 0016 0001 05 03 00015180 3e7ed1b8 3e576a28 0a4e 0161 00 07"
                + "c00c 0032 0001 00000001 000e 01 01 000c 02 aabb 03 010203 0001 40"
                + "c00c 0101 0001 00000001 0008 00 05 6973737565 3b"
                + "c00c 001d 0001 00000001 0010 00121613 8b0d2c8c 7ff8fca5 00989632"));
    }

    private static SampleTalk stun(final boolean udp) {
        final String id = "b7e7a701bc34d686fa87dfae";
        return new SampleTalk("stun", udp, 3478).client(hex("0003 0018 2112a442" + id
                + "8022 0008 54657374 2d312e30 0006 0005 616e6e3a62 000000"))
            .server(hex("0113 001c 2112a442" + id + "0009 0008 00000401 6e6f6e65 0014 000b 6578616d706c652e6f7267 00"))
            .client(hex("0001 0000 2112a442" + id))
            .server(hex("0101 000c 2112a442" + id + "0020 0008 0001a147 e112a643"));
    }

    private static SampleTalk dhcp() {
        final String empty = "00".repeat(202) + "63825363";
        return new SampleTalk("dhcp", true, 67)
            .client(hex("01010600 0000abcd 00000000 0a000005 00000000 00000000 00000000 020000000001" + empty
                + "350103 3d0701020000000001 0c036e6173 3204 0a000005 3705 01030f06ff ff"))
            .server(hex("02010600 0000abcd 00000000 0a000005 0a000005 0a000001 00000000 020000000001" + empty
                + "350105 3304 00000e10 0104 ffffff00 0304 0a000001 ff"));
    }

    private static SampleTalk rtsp() {
        return new SampleTalk("rtsp", false, 554)
            .lines("COPTIONS rtsp://10.0.0.2/a RTSP/1.0\r\nCSeq: 1\r\nUser-Agent: test/1.0\r\n",
                "SRTSP/1.0 200 OK\r\nCSeq: 1\r\nPublic: DESCRIBE, SETUP, PLAY\r\n",
                "CDESCRIBE rtsp://10.0.0.2/a RTSP/1.0\r\nCSeq: 2\r\n",
                "SRTSP/1.0 404 Not Found\r\nCSeq: 2\r\n");
    }

    private static SampleTalk dtls() {
        return new SampleTalk("dtls", true, 4433)
            .client(datagram(1, Hellos.hello().version(0xfefd).cookie("").ciphers(0xc02b).sni("www.example.com")
                .clientBody()))
            .server(datagram(2, Hellos.hello().version(0xfefd).ciphers(0xc02b).serverBody()));
    }

    /** A message of a DTLS handshake in a record, RFC 6347. */
    private static byte[] datagram(final int type, final byte[] body) {
        return Hellos.join(hex("16fefd 0000 000000000000"), Hellos.u16(body.length + 12), new byte[] {(byte) type, 0},
            Hellos.u16(body.length), new byte[5 + 1], Hellos.u16(body.length), body);
    }

    private static SampleTalk telnet() {
        return new SampleTalk("telnet", false, 23).server(hex("fffd18 fffd20 fffd23 fffd27"))
            .client(hex("fffb18 fffb20 fffc23 fffb27")).server(hex("fffa2001fff0"))
            .client(Hellos.join(hex("fffa2000"), text("38400,38400"), hex("fff0"))).server(text("login: "))
            .client(text("user\r\n")).server(text("user\r\nPassword: ")).client(text("secret\r\n"));
    }

    /** The client says this. */
    SampleTalk client(final byte[] bytes) {
        said.add(new Said(true, bytes));
        return this;
    }

    /** The server says this. */
    SampleTalk server(final byte[] bytes) {
        said.add(new Said(false, bytes));
        return this;
    }

    /** Lines, with a C or S in front of each for who says it. */
    SampleTalk lines(final String... lines) {
        Arrays.stream(lines).forEach(line ->
            said.add(new Said(line.startsWith("C"), text(line.substring(1) + CRLF))));
        return this;
    }

    String protocol() {
        return protocol;
    }

    boolean isUdp() {
        return udp;
    }

    int port() {
        return port;
    }

    List<Said> said() {
        return said;
    }

    /** The same flow in the frames of a trace. */
    WireTalk on(final WireTalk wire, final int toPort) {
        if (udp) {
            wire.udp(40_000, toPort);
        } else {
            wire.tcp(40_000, toPort);
        }
        said.forEach(one -> wire.says(one.fromClient(), one.bytes()));
        return udp ? wire : wire.close();
    }

    @Override
    public String toString() {
        return protocol + (udp ? "/udp" : "/tcp");
    }
}
