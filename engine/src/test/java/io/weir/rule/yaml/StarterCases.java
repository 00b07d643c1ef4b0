package io.weir.rule.yaml;

import static io.weir.protocol.tls.Hellos.hex;
import static io.weir.protocol.tls.Hellos.join;
import static io.weir.protocol.tls.Hellos.u16;
import static io.weir.rule.yaml.StarterTraffic.OUTSIDE;
import static io.weir.rule.yaml.StarterTraffic.answer;
import static io.weir.rule.yaml.StarterTraffic.certificate;
import static io.weir.rule.yaml.StarterTraffic.datagrams;
import static io.weir.rule.yaml.StarterTraffic.dns;
import static io.weir.rule.yaml.StarterTraffic.frames;
import static io.weir.rule.yaml.StarterTraffic.http;
import static io.weir.rule.yaml.StarterTraffic.ip;
import static io.weir.rule.yaml.StarterTraffic.lines;
import static io.weir.rule.yaml.StarterTraffic.rdp;
import static io.weir.rule.yaml.StarterTraffic.request;
import static io.weir.rule.yaml.StarterTraffic.samples;
import static io.weir.rule.yaml.StarterTraffic.smb;
import static io.weir.rule.yaml.StarterTraffic.smbFile;
import static io.weir.rule.yaml.StarterTraffic.smbLogins;
import static io.weir.rule.yaml.StarterTraffic.smbShare;
import static io.weir.rule.yaml.StarterTraffic.ssh;
import static io.weir.rule.yaml.StarterTraffic.talk;
import static io.weir.rule.yaml.StarterTraffic.tcp;
import static io.weir.rule.yaml.StarterTraffic.text;
import static io.weir.rule.yaml.StarterTraffic.tls;
import static io.weir.rule.yaml.StarterTraffic.vnc;

import io.weir.engine.MemorySource.TimedFrame;
import io.weir.packet.PacketBuilder;
import io.weir.protocol.WireTalk;
import io.weir.protocol.tls.Certificates;
import io.weir.reassembly.fragment.Fragmented;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** For each rule of the starter pack, traffic that it is made for, and traffic that is nearly that. */
final class StarterCases {
    private static final int TLS12 = 0x0303;
    private static final int A = 1;
    private static final int TXT = 16;
    private static final int ANY = 255;
    private static final int AXFR = 252;
    private static final int SYN = 2;
    private static final int ACK = 16;
    private static final byte[] GOOD = certificate(Certificates.SERVER, "221123081502", "361120081502", null);

    /** What fires a rule, and what must not. */
    record Case(List<TimedFrame> fires, List<TimedFrame> misses) {
    }

    private final Map<Long, Case> cases = new LinkedHashMap<>();

    private StarterCases() {
    }

    static Map<Long, Case> all() {
        final StarterCases all = new StarterCases();
        all.credentials();
        all.encryption();
        all.names();
        all.scans();
        all.floods();
        all.services();
        all.remote();
        all.lateral();
        all.threats();
        return all.cases;
    }

    private void add(final int rule, final WireTalk fires, final WireTalk misses) {
        add(rule, fires.frames(), misses.frames());
    }

    private void add(final int rule, final List<TimedFrame> fires, final List<TimedFrame> misses) {
        cases.put(8_100_000L + rule, new Case(fires, misses));
    }

    private void credentials() {
        add(101, lines(21, "S220 ready", "CUSER a", "S331 password", "CPASS b", "S230 in", "CQUIT", "S221 bye"),
            lines(21, "S220 ready", "CUSER a", "S331 password", "CQUIT", "S221 bye"));
        add(102, lines(110, "S+OK ready", "CUSER a", "S+OK", "CPASS b", "S+OK in"),
            lines(110, "S+OK ready", "CUSER a", "S+OK", "CQUIT", "S+OK bye"));
        add(103, lines(143, "S* OK [CAPABILITY IMAP4rev1] ready", "Ca1 LOGIN a b", "Sa1 OK in"),
            lines(143, "S* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] ready", "Ca1 NOOP", "Sa1 OK LOGIN first"));
        add(104, lines(25, "S220 mail ESMTP", "CEHLO a", "S250-mail\r\n250 AUTH PLAIN LOGIN", "CAUTH PLAIN AGEAYg==",
            "S235 in"), lines(25, "S220 mail ESMTP", "CEHLO a", "S250-mail\r\n250-SIZE 1\r\n250 AUTH PLAIN LOGIN",
            "CMAIL FROM:<a@b.test>", "S250 OK", "CQUIT", "S221 bye"));
        add(105, http(request("GET /", "Authorization: Basic YTpi"), answer(200)),
            http(request("GET /", "Authorization: Bearer YTpi"), answer(200)));
        add(106, http(request("POST /login", "Content-Length: 15") + "a=1&password=xy", answer(200)),
            http(request("POST /login", "Content-Length: 15") + "a=1&password=&b", answer(200)));
        final String[] negotiated = {"S fffd18 fffd20 fffd23 fffd27", "C fffb18 fffb20 fffc23 fffb27",
            "S [login: ]", "C [user] 0d0a"};
        add(107, samples(23, negotiated), ssh(talk(), 23, "SSH-2.0-OpenSSH_9.6"));
        add(108, samples(389, "C 301f 020101 601a 020103 040d [cn=a,dc=b.tes] 8006 [secret]",
            "S 300c 020101 6107 0a0100 0400 0400"),
            samples(389, "C 300c 020101 6007 020103 0400 8000", "S 300c 020101 6107 0a0100 0400 0400"));
        final String get = "C 3026 020100 0406 [%s] a019 020101 020100 020100 300e 300c 0608 2b06010201010100 0500";
        add(109, datagrams(161, get.formatted("public")), datagrams(161, get.formatted("s3cret")));
        add(110, samples(1883, "C 1016 0004 [MQTT] 04 c2 003c 0004 [test] 0001 [u] 0001 [p]", "S 20020000"),
            samples(1883, "C 1010 0004 [MQTT] 04 02 003c 0004 [test]", "S 20020000"));
        add(111, vnc(talk(), 1), vnc(talk(), 2));
    }

    private static WireTalk with(final String notBefore, final String notAfter) {
        return tls(talk(), 443, TLS12, "www.example.org", certificate(Certificates.SERVER, notBefore, notAfter, null));
    }

    private void encryption() {
        final WireTalk good = tls(talk(), 443, TLS12, "www.example.org", GOOD);
        add(201, tls(talk(), 443, 0x0300, "www.example.org", GOOD), good);
        add(202, tls(talk(), 443, 0x0301, "www.example.org", GOOD), good);
        add(203, with("221123081502", "231113081502"), with("221123081502", "231115081502"));
        add(204, with("221123081502", "231120081502"), with("221123081502", "231220081502"));
        add(205, with("231123081502", "361120081502"), with("231113081502", "361120081502"));
        add(206, tls(talk(), 443, TLS12, "client",
            certificate(Certificates.CLIENT, "221123081502", "361120081502", null)), good);
        add(207, tls(talk(), 443, TLS12, "a", certificate(Certificates.SERVER, "221123081502", "361120081502",
            "example.com")), good);
        add(208, ssh(talk(), 22, "SSH-1.99-OpenSSH_9.6"), ssh(talk(), 22, "SSH-2.0-OpenSSH_9.6"));
        add(209, ssh(talk(), 22, "SSH-2.0-OpenSSH_7.2p2"), ssh(talk(), 22, "SSH-2.0-OpenSSH_7.4p1"));
        add(210, datagrams(500, "C 0102030405060708 0000000000000000 01 10 02 00 00000000 00000050 00000034 00000001"
            + " 00000001 00000028 01010001 00000020 01010000 80010005 80020002 80030001 80040002 800b0001 800c7080"),
            datagrams(500, "C 0102030405060708 0000000000000000 21 20 22 08 00000000 0000002c 29000008 00000000"
                + " 00000008 0000000e"));
        add(211, samples(445, "C 0000002f ff534d42 72 00000000 00 0040 00*12 0100 0200 0300 0400 00 0c00 02"
            + " [NT LM 0.12] 00", "S 00000025 ff534d42 72 00000000 80 0040 00*12 0100 0200 0300 0400 01 0000 0000"),
            smb(talk()).close());
    }

    private void names() {
        final String longName = "a".repeat(40) + ".b%d." + "c".repeat(40) + ".example";
        add(301, dns(25, i -> longName.formatted(i), A, 0), dns(25, i -> "b" + i + ".example", A, 0));
        add(302, dns(55, i -> "b" + i + ".example", TXT, 0), dns(55, i -> "b" + i + ".example", A, 0));
        add(303, dns(55, i -> "b" + i + ".example", A, 3), dns(55, i -> "b" + i + ".example", A, 0));
        final byte[] transfer = dns("example.net", AXFR, false, 0);
        final byte[] other = dns("example.net", 6, false, 0);
        add(304, talk().tcp(40_000, 53).says(true, join(u16(transfer.length), transfer)).close(),
            talk().tcp(40_000, 53).says(true, join(u16(other.length), other)).close());
        add(305, dns(1, i -> "example.net", ANY, 0), dns(1, i -> "example.net", A, 0));
        add(306, dns(1, i -> "abcdef.onion", A, 3), dns(1, i -> "abcdef.onion.example", A, 3));
        add(307, dns(1, i -> "a.duckdns.org", A, 0), dns(1, i -> "aduckdns.org", A, 0));
        add(308, tls(talk(), 853, TLS12, "dns.example", GOOD), tls(talk(), 443, TLS12, "www.example.org", GOOD));
        add(309, samples(53, "C [no dns at all, whatever it is]", "S [nor is this]", "C [and so on]", "S [and on]"),
            talk().tcp(40_000, 53).says(true, join(u16(other.length), other)).close());
        add(310, dns(talk().between("10.0.0.1", OUTSIDE), 1, i -> "example.net", A, 0),
            dns(1, i -> "example.net", A, 0));
    }

    private void scans() {
        add(401, refusals(25, 4 | ACK), refusals(25, SYN | ACK));
        add(402, sweep(60, 22), sweep(60, 443));
        add(403, frames(tcp(0)), frames(tcp(ACK)));
        add(404, frames(tcp(0x29)), frames(tcp(0x19)));
        add(405, frames(tcp(3)), frames(tcp(SYN)));
        add(409, connections(21), connections(5));
        final WireTalk many = talk();
        final WireTalk few = talk();
        for (int i = 0; i < 21; i++) {
            rdp((i < 5 ? few : talk()), 3389);
            many.tcp(41_000 + i, 3389).says(true, hex("0300 0013 0e e0 0000 0000 00 01 00 0800 00000000"))
                .says(false, hex("0300 0013 0e d0 0000 1234 00 02 00 0800 00000000")).close();
        }
        add(410, many, few);
        final List<String> refused = new ArrayList<>(List.of("S220 ready"));
        for (int i = 0; i < 6; i++) {
            refused.addAll(List.of("CUSER a", "S331 password", "CPASS " + i, "S530 no"));
        }
        add(411, lines(21, refused.toArray(new String[0])),
            lines(21, "S220 ready", "CUSER a", "S331 password", "CPASS b", "S530 no", "CQUIT", "S221 bye"));
        add(412, pages(21, 401), pages(3, 401));
        add(413, pages(31, 404), pages(3, 404));
        add(414, http(request("GET /", "User-Agent: sqlmap/1.7"), answer(200)),
            http(request("GET /", "User-Agent: Mozilla/5.0"), answer(200)));
        add(415, overlapping("other"), overlapping("waits"));
        add(416, fragments(true), fragments(false));
    }

    /** A port after the other is asked, and answers. */
    private static List<TimedFrame> refusals(final int count, final int flags) {
        return frames(2 * count, i -> i % 2 == 0 ? ip(true).tcp(40_000, 1_000 + i).seq(1).flags(SYN)
            : ip(false).tcp(999 + i, 40_000).seq(0).ack(2).flags(flags));
    }

    private static List<TimedFrame> sweep(final int hosts, final int port) {
        return frames(hosts, i -> PacketBuilder.ethernet().ipv4("10.0.0.1", "10.0.1." + i).tcp(40_000, port).seq(1)
            .flags(SYN));
    }

    private static WireTalk connections(final int count) {
        final WireTalk talk = talk();
        for (int i = 0; i < count; i++) {
            talk.tcp(40_000 + i, 22).says(false, text("SSH-2.0-OpenSSH_9.6\r\n"))
                .says(true, text("SSH-2.0-OpenSSH_9.6\r\n")).close();
        }
        return talk;
    }

    private static WireTalk pages(final int count, final int status) {
        final String[] messages = new String[2 * count];
        for (int i = 0; i < count; i++) {
            messages[2 * i] = request("GET /" + i);
            messages[2 * i + 1] = answer(status);
        }
        return http(messages);
    }

    /** A segment waits for what is before it, and comes again with that. */
    private static List<TimedFrame> overlapping(final String again) {
        return frames(ip(true).tcp(40_000, 7).seq(100).flags(SYN),
            ip(false).tcp(7, 40_000).seq(500).ack(101).flags(SYN | ACK),
            ip(true).tcp(40_000, 7).seq(101).ack(501).flags(ACK),
            ip(true).tcp(40_000, 7).seq(106).ack(501).flags(ACK).payload(text("waits")),
            ip(true).tcp(40_000, 7).seq(101).ack(501).flags(ACK).payload(text("first" + again)),
            ip(false).tcp(7, 40_000).seq(501).ack(111).flags(ACK));
    }

    private static List<TimedFrame> fragments(final boolean overlap) {
        final byte[] whole = ip(true).udp(40_000, 7).payload(new byte[64]).build();
        final List<byte[]> parts = Fragmented.packet(Arrays.copyOfRange(whole, 14, whole.length), 7, 24);
        if (overlap) {
            final byte[] changed = parts.get(1).clone();
            changed[changed.length - 1] ^= 1;
            parts.add(1, changed);
        }
        final List<TimedFrame> frames = new ArrayList<>();
        for (final byte[] part : parts) {
            frames.add(new TimedFrame(1_700_000_000_000_000_000L + frames.size(), Fragmented.ethernet(part)));
        }
        return frames;
    }

    private void floods() {
        add(406, syns(1_001), syns(500));
        add(407, frames(301, i -> ip(true).icmp(8, 0, i).payload(56)), frames(100, i -> ip(true).icmp(8, 0, i)
            .payload(56)));
        add(408, frames(ip(true).icmp(8, 0, 1).payload(1_000)), frames(ip(true).icmp(8, 0, 1).payload(56)));
    }

    private static List<TimedFrame> syns(final int count) {
        return frames(count, i -> PacketBuilder.ethernet().ipv4("10.7." + i / 250 + "." + i % 250, "10.0.0.2")
            .tcp(40_000, 80).seq(1).flags(SYN));
    }

    private void services() {
        final String version = "SSH-2.0-OpenSSH_9.6";
        add(501, ssh(talk(), 2022, version), ssh(talk(), 22, version));
        add(502, rdp(talk(), 3390), rdp(talk(), 3389));
        add(503, ssh(talk(), 443, version), ssh(talk(), 22, version));
        add(504, smb(talk().between("10.0.0.1", OUTSIDE)).close(), smb(talk()).close());
        add(505, rdp(talk().between(OUTSIDE, "10.0.0.2"), 3389), rdp(talk(), 3389));
        final String[] ping = {"C [*1] 0d0a [$4] 0d0a [PING] 0d0a", "S [+PONG] 0d0a"};
        add(506, samples(talk().between(OUTSIDE, "10.0.0.2"), 6379, ping), samples(6379, ping));
        add(507, datagrams(11_211, "C 0001 0000 0001 0000 [stats] 0d0a", "S 0001 0000 0001 0000 [STAT a b] 0d0a"),
            samples(11_211, "C [stats] 0d0a", "S [STAT a b] 0d0a [END] 0d0a"));
        add(508, datagrams(123, "C 17 00 03 2a 00*4"), datagrams(123, "C 23 00 06 ec 00*36 e5a1b2c3d4e5f607"));
        final String[] writes = {"C 0001 0000 0006 01 06 0001 0003", "S 0001 0000 0006 01 06 0001 0003",
            "C 0002 0000 0006 01 06 0001 0003", "S 0002 0000 0006 01 06 0001 0003"};
        add(509, samples(talk().between(OUTSIDE, "10.0.0.2"), 502, writes), samples(502, writes));
        add(510, datagrams(69, "C 0002 [boot/file.bin] 00 [octet] 00"),
            datagrams(69, "C 0001 [boot/file.bin] 00 [octet] 00"));
        add(511, lasting(150), lasting(10));
    }

    /** A connection to the outside with something every five minutes. */
    private static WireTalk lasting(final int times) {
        final WireTalk talk = talk().between("10.0.0.1", OUTSIDE).tcp(40_000, 7);
        for (int i = 0; i < times; i++) {
            talk.after(300).says(true, text("still here"));
        }
        return talk.close();
    }

    private void remote() {
        final String[] viewer = {"C 17240a2000 88*8", "S 1130360004000000 77*8"};
        add(601, samples(5938, viewer), samples(5938, "C 1824 0a2000 88*8", "S 1230360004000000 77*8"));
        add(602, dns(1, i -> "relay.anydesk.com", A, 0), dns(1, i -> "anydesk.com.example", A, 0));
        add(603, vnc(talk().between(OUTSIDE, "10.0.0.2"), 2), vnc(talk(), 2));
        add(604, tls(talk(), 443, TLS12, "abc.ngrok.io", GOOD), tls(talk(), 443, TLS12, "ngrok.io.example", GOOD));
        final String[] socks = {"C 050100", "S 0500"};
        add(605, samples(talk().between("10.0.0.1", OUTSIDE), 1080, socks), samples(1080, socks));
        add(606, tls(talk(), 9001, TLS12, "www.axvbv4rrtmhgb3.com",
            StarterTraffic.madeUp("www.mvpqtvqjbjtbs.com", "www.2bzf5r4zqtlpq.net")),
            tls(talk(), 9001, TLS12, "www.axvbv4rrtmhgb3.com", GOOD));
        final String tunnel = "0 %s 17.7\n";
        add(607, talk().between("10.0.0.1", OUTSIDE).tcp(40_000, 655).says(true, text(tunnel.formatted("berlin")))
            .says(false, text(tunnel.formatted("paris"))).close(),
            talk().tcp(40_000, 655).says(true, text(tunnel.formatted("berlin")))
                .says(false, text(tunnel.formatted("paris"))).close());
        add(608, lines(4444, "CMicrosoft Windows [Version 10.0.19045.1]", "Swhoami"),
            lines(4444, "CMicrosoft Windows Version 10", "Swhoami"));
        add(609, ssh(talk(), 22, "SSH-2.0-OpenSSH_9.6"),
            ssh(talk().between("10.0.0.1", OUTSIDE), 22, "SSH-2.0-OpenSSH_9.6"));
    }

    private void lateral() {
        add(701, smbShare("\\\\srv\\ADMIN$"), smbShare("\\\\srv\\doc"));
        add(702, smbFile("svcctl"), smbFile("a.txt"));
        add(703, smbFile("PSEXESVC.exe"), smbFile("notepad.exe"));
        final WireTalk many = talk();
        final WireTalk few = talk();
        for (int i = 0; i < 21; i++) {
            smb((i < 3 ? few : talk()).between("10.0.0.1", "10.0.2." + i));
            smb(many.between("10.0.0.1", "10.0.2." + i));
        }
        add(704, many, few);
        add(705, smbLogins(11), smbLogins(2));
        add(706, http(request("POST /wsman", "Content-Length: 0"), answer(401)),
            http(request("GET /wsman"), answer(401)));
    }

    private void threats() {
        add(801, samples(3333, "C [{\"id\":1,\"method\":\"mining.subscribe\",\"params\":{}}] 0a"),
            samples(3333, "C [{\"id\":1,\"method\":\"subscribe\",\"params\":{}}] 0a"));
        final WireTalk listed = tls(talk(), 443, TLS12, "www.example.org", Certificates.SERVER);
        add(802, listed, talk().tcp(40_000, 443).says(true, StarterTraffic.otherHello()).close());
        add(803, listed, tls(talk(), 443, TLS12, "www.example.org", GOOD));
        add(804, dns(1, i -> "a.listed.example", A, 0), dns(1, i -> "unlisted.example", A, 0));
        add(805, lines(talk().between("10.0.0.1", "203.0.113.66"), 7, "Chello"),
            lines(talk().between("10.0.0.1", "203.0.113.67"), 7, "Chello"));
        add(806, ssh(talk(), 22, "SSH-2.0-OpenSSH_9.6"), lines(22, "SSSH-2.0-a", "CSSH-2.0-b"));
        add(807, http(request("GET /", "X: ${JNDI:ldap://a/b}"), answer(200)),
            http(request("GET /", "X: $jndi:ldap"), answer(200)));
        add(808, http(request("GET /a/../../etc/passwd"), answer(404)), http(request("GET /a/../b"), answer(404)));
        add(809, http("GET /a HTTP/1.1\r\nHost: 198.51.100.9\r\n\r\n",
            answer(200, "Content-Type: application/x-msdownload")),
            http(request("GET /a"), answer(200, "Content-Type: application/x-msdownload")));
        add(810, mail("invoice.exe"), mail("invoice.txt"));
        add(811, samples(6881, "C 13 [BitTorrent protocol] 00*8 11*20 22*20", "S 13 [BitTorrent protocol] 00*8 11*20"
            + " 33*20"), samples(6881, "C 12 [BitTorrent protocol] 00*8"));
        add(812, lines(6667, "CNICK joe", "CUSER joe 0 * :Joe", "S:srv.test 001 joe :Welcome"),
            lines(6667, "CNICKNAME joe", "S501 what"));
    }

    private static WireTalk mail(final String attachment) {
        return lines(25, "S220 mail.test ESMTP", "CEHLO client.test", "S250 mail.test", "CMAIL FROM:<a@b.test>",
            "S250 OK", "CRCPT TO:<c@d.test>", "S250 OK", "CDATA", "S354 go on",
            "CFrom: a@b.test\r\nTo: c@d.test\r\nSubject: Test\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; "
                + "boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nHello\r\n--x\r\nContent-Type: "
                + "application/octet-stream; name=\"" + attachment + "\"\r\nContent-Disposition: attachment; "
                + "filename=\"" + attachment + "\"\r\n\r\nabc\r\n--x--\r\n.", "S250 queued", "CQUIT", "S221 bye");
    }
}
