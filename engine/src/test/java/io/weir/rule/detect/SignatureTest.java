package io.weir.rule.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.PacketBuilder;
import io.weir.protocol.tls.Hellos;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.signature.SignatureContext;
import io.weir.rule.signature.SignatureLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What signatures match, from their text to the frame. */
final class SignatureTest {
    private static final String GET = "GET /file HTTP/1.1\r\nHost: a\r\n\r\n";

    @TempDir
    private Path folder;

    private static DetectedTrace trace() {
        return new DetectedTrace();
    }

    /** Signatures without faults; their numbers are 1 and so on. */
    private Rule[] signatures(final String... texts) throws IOException {
        final String[] lines = new String[texts.length];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = texts[i].replace(")", " sid:" + (i + 1) + ";)");
        }
        final Path file = Files.write(folder.resolve("test.rules"), List.of(lines));
        final LoadedRules loaded = new SignatureLoader(new SignatureContext()).load(file);
        assertEquals(List.of(), loaded.faults());
        return loaded.rules().toArray(new Rule[0]);
    }

    private static String latin(final byte... bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static String call(final int program, final int version, final int procedure) {
        return latin((byte) 1, (byte) 2, (byte) 3, (byte) 4, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 0,
            (byte) 0, (byte) 2, (byte) 0, (byte) (program >> 16), (byte) (program >> 8), (byte) program, (byte) 0,
            (byte) 0, (byte) 0, (byte) version, (byte) 0, (byte) 0, (byte) 0, (byte) procedure);
    }

    private static PacketBuilder tagged(final int... tags) {
        final PacketBuilder packet = PacketBuilder.ethernet();
        for (final int tag : tags) {
            packet.vlan(tag);
        }
        return packet.ipv4(DetectedTrace.CLIENT, DetectedTrace.SERVER).udp(700, 701).payload(new byte[] {1});
    }

    @Test
    void shouldAskEachOfThreeTagsOfVirtualNetworks() throws IOException {
        final Rule[] rules = signatures("alert udp any any -> any any (vlan.id:7;)",
            "alert udp any any -> any any (vlan.id:7,2;)", "alert udp any any -> any any (vlan.id:7,-1;)",
            "alert udp any any -> any any (vlan.id:7,-3;)", "alert udp any any -> any any (vlan.id:<8,all;)",
            "alert udp any any -> any any (vlan.layers:3;)", "alert udp any any -> any any (vlan.id:7,-2;)");
        assertEquals("1@1 2@1 3@1 5@1 6@1 1@2 4@2 6@2 1@3 3@3 5@3 5@4 1@5 6@5 7@5", trace().frame(tagged(1, 2, 7))
            .frame(tagged(7, 8, 9)).frame(tagged(1, 7)).frame(tagged(1, 2)).frame(tagged(9, 7, 0, 9)).frame(tagged())
            .alerts(rules));
    }

    @Test
    void shouldTellAtTheEndThatAResponseNeverCame() throws IOException {
        final Rule[] rules = signatures("alert http any any -> any any (http.server; absent;)",
            "alert http any any -> any any (flow:to_client; file.data; absent;)",
            "alert http any any -> any any (flow:established,to_client; http.stat_code; absent;)",
            "alert http any any -> any any (http.server; absent:or_else; content:!\"x\";)",
            "alert http any any -> any any (http.response_body; content:!\"x\";)",
            "alert http any any -> any any (flow:to_server; http.user_agent; absent;)",
            "alert http any any => any any (http.uri; content:\"file\"; http.stat_code; absent;)",
            "alert dns any any -> any any (dns.answer.name; absent;)",
            "alert http any any -> any any (http.stat_code; content:\"200\";)");
        assertEquals("1@0 2@0 3@0 4@0 7@0 6@4", trace().connect(700, 80).says(true, GET).alerts(rules));
        assertEquals("6@4 1@5 2@5 4@5 9@5", trace().connect(700, 80).says(true, GET)
            .says(false, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n").alerts(rules));
    }

    @Test
    void shouldAskValuesByTheirPlaces() throws IOException {
        // questions for A, NS and A; and for A alone
        final String name = "\1a\0";
        final String three = "\0\1\1\0\0\3\0\0\0\0\0\0" + name + "\0\1\0\1" + name + "\0\2\0\1" + name
            + "\0\1\0\1";
        final String one = "\0\2\1\0\0\1\0\0\0\0\0\0" + name + "\0\1\0\1";
        final String[] asked = {"2", "2,any", "NS,1", "2,0", "1,-1", "2,-2", "2,-4", "1,all", "1,all_or_absent",
            "1,nb2", "!1,nb>0", "2,nb0", "2,oob_or 1", "2,or_absent", "count >2", "count 1"};
        final String[] rules = new String[asked.length];
        for (int i = 0; i < rules.length; i++) {
            rules[i] = "alert dns any any -> any any (dns.rrtype:" + asked[i] + ";)";
        }
        final DetectedTrace questions = trace().udp(true, 700, 53, three).udp(true, 701, 53, one);
        assertEquals("1 2 3 5 6 10 11 13 14 15 | 5 8 9 12 13 16", found(questions, signatures(rules), 1) + " | "
            + found(questions, signatures(rules), 2));
    }

    @Test
    void shouldAskValuesOfSeveralFieldsTogether() throws IOException {
        final String connect = "\20\16\0\4MQTT\4\2\0\74\0\2ab";
        final String refused = "\40\2\0\5";
        final Rule[] rules = signatures("alert mqtt any any -> any any (mqtt.reason_code:5;)",
            "alert mqtt any any -> any any (mqtt.reason_code:5,all;)",
            "alert mqtt any any -> any any (mqtt.reason_code:7,or_absent;)",
            "alert mqtt any any -> any any (mqtt.type:CONNACK; mqtt.reason_code:count 1;)",
            "alert mqtt any any -> any any (mqtt.type:CONNACK; mqtt.reason_code:count 2;)",
            "alert mqtt any any -> any any (mqtt.type:CONNACK; mqtt.reason_code:5,or_absent;)");
        assertEquals("1 2 4 6", found(trace().connect(700, 1883).says(true, connect).says(false, refused), rules));
        assertEquals("3 4",
            found(trace().connect(700, 1883).says(true, connect).says(false, "\40\2\0\7"), rules));
    }

    @Test
    void shouldCountValuesOfEachSideForItself() throws IOException {
        final String name = "\1a\0";
        final String question = name + "\0\1\0\1";
        final String alias = name + "\0\5\0\1\0\0\0\1\0\3\1b\0";
        final Rule[] rules = signatures("alert dns any any -> any any (dns.rrtype:count 1;)",
            "alert dns any any -> any any (dns.rrtype:1,all;)");
        final DetectedTrace trace = trace().udp(true, 700, 53, "\0\1\1\0\0\1\0\0\0\0\0\0" + question)
            .udp(false, 700, 53, "\0\1\u0081\u0080\0\1\0\1\0\0\0\0" + question + alias);
        assertEquals(List.of("1", "2"), Arrays.stream(trace.alerts(rules).split(" "))
            .map(each -> each.substring(0, each.indexOf('@'))).sorted().distinct().toList());
    }

    @Test
    void shouldKeepBitsOfTransactions() throws IOException {
        final Rule[] rules = signatures(
            "alert http any any -> any any (http.uri; content:\"/evil\"; noalert; xbits:set,evil,track tx;)",
            "alert http any any -> any any (http.stat_code; content:\"200\"; xbits:isset,evil,track tx;)",
            "alert http any any -> any any (http.stat_code; content:\"200\"; xbits:isnotset,evil,track tx;)",
            "alert http any any -> any any (http.method; content:\"GET\"; xbits:toggle,seen,track tx;)",
            "alert http any any -> any any (flow:to_client; xbits:isset,seen,track tx; xbits:isset,evil,track tx;)");
        final String answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
        // both requests come before their responses
        final String requests = "GET /evil HTTP/1.1\r\nHost: a\r\n\r\n" + GET;
        assertEquals("4@4 4@4 2@5 5@5 3@6", trace().connect(700, 80).says(true, requests).says(false, answer)
            .says(false, answer).alerts(rules));
    }

    private static String found(final DetectedTrace trace, final Rule[] rules, final int frame) {
        return Arrays.stream(trace.alerts(rules).split(" ")).filter(each -> each.endsWith("@" + frame))
            .map(each -> each.substring(0, each.indexOf('@'))).sorted(Comparator.comparingInt(Integer::parseInt))
            .collect(Collectors.joining(" "));
    }

    @Test
    void shouldFindCallsOfRpc() throws IOException {
        final Rule[] udp = signatures("alert udp any any -> any any (rpc:100000,*,3;)",
            "alert udp any any -> any any (rpc:100000,2,*;)", "alert udp any any -> any any (rpc:100000,4,4;)",
            "alert udp any any -> any any (rpc:100005,*,*;)");
        assertEquals("1@1 2@1 2@2 4@4", trace().udp(true, 700, 111, call(100_000, 2, 3))
            .udp(true, 701, 111, call(100_000, 2, 4)).udp(true, 702, 111, call(100_000, 2, 3).substring(1))
            .udp(true, 703, 111, call(100_005, 3, 1)).udp(true, 704, 111, call(100_005, 3, 1).substring(0, 20))
            .alerts(udp));
        assertEquals("1@4", trace().connect(700, 111).says(true, latin((byte) 0x80, (byte) 0, (byte) 0, (byte) 24)
            + call(100_000, 2, 3)).alerts(signatures("alert tcp any any -> any any (rpc:100000,2,3;)")));
    }

    @Test
    void shouldAskForHellosOfEitherSide() throws IOException {
        final String client = latin(record(Hellos.hello().ciphers(0xc02f).sni("a.example").clientBody(), 1));
        final String server = latin(Hellos.join(record(Hellos.hello().ciphers(0xc02f).serverBody(), 2),
            record(new byte[0], 14)));
        assertEquals("1@4 3@4 2@5", trace().connect(700, 443).says(true, client).says(false, server).alerts(signatures(
            "alert tls any any -> any any (ssl_state:client_hello;)",
            "alert tls any any -> any any (ssl_state:server_hello;)",
            "alert tls any any -> any any (flow:to_server; ssl_state:client_hello|server_hello;)")));
    }

    @Test
    void shouldKnowFilesByTheirHashes() throws IOException, NoSuchAlgorithmException {
        final byte[] file = "0123456789abcdef".repeat(4_000).getBytes(StandardCharsets.US_ASCII);
        final ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(packed)) {
            out.write(file);
        }
        for (final String[] hash : new String[][] {{"md5", "MD5"}, {"sha1", "SHA-1"}, {"sha256", "SHA-256"}}) {
            Files.writeString(folder.resolve("list." + hash[0]),
                HexFormat.of().formatHex(MessageDigest.getInstance(hash[1]).digest(file)) + "  known.bin\n");
        }
        final Rule[] rules = signatures("alert http any any -> any any (filemd5:list.md5;)",
            "alert http any any -> any any (filesha1:list.sha1;)",
            "alert http any any -> any any (filesha256:list.sha256;)",
            "alert http any any -> any any (filesha256:!list.sha256;)",
            "alert http any any -> any any (file.data; content:\"0123456789\"; filesha256:list.sha256;)");
        final DetectedTrace plain = trace().connect(700, 80).says(true, GET).says(false, header(file.length, ""));
        said(plain, file, file.length);
        assertEquals("1 2 3 5", found(plain, rules));
        final DetectedTrace gzip = trace().connect(700, 80).says(true, GET)
            .says(false, header(packed.size(), "Content-Encoding: gzip\r\n"));
        said(gzip, packed.toByteArray(), packed.size());
        assertEquals("1 2 3 5", found(gzip, rules));
        final DetectedTrace other = trace().connect(700, 80).says(true, GET).says(false, header(4, "") + "else");
        assertEquals("4", found(other, rules));
        // what was not seen whole has no hash
        final DetectedTrace cut = trace().connect(700, 80).says(true, GET).says(false, header(file.length, ""));
        said(cut, file, 50_000);
        assertEquals("", found(cut, rules));
        final DetectedTrace gap = trace().connect(700, 80).says(true, GET).says(false, header(file.length, ""));
        said(gap, Arrays.copyOf(file, 1_000), 1_000);
        gap.misses(false, 1_000);
        said(gap, Arrays.copyOfRange(file, 2_000, file.length), file.length - 2_000);
        assertEquals("", found(gap, rules));
    }

    /** Numbers of those signatures about HTTP that match. */
    private String http(final String request, final String response, final String... options) throws IOException {
        final String[] texts = new String[options.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = "alert http any any -> any any (" + options[i] + ")";
        }
        return found(trace().connect(700, 80).says(true, request).says(false, response), signatures(texts));
    }

    @Test
    void shouldFillBuffersOfHttpAsSuricataDocumentsThem() throws IOException {
        final String request = String.join("\r\n", "GET http://From.Uri:80/a%20b HTTP/1.1", "Host: ABC.com",
            "User-Agent:  Suri/0.8 ", "Cookie: c=1", "Accept: x", "Accept: y", "", "");
        assertEquals("1 2 3 4 5 6 7", http(request, "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
            "http.user_agent; content:\"Suri/0.8\"; startswith; endswith;",
            "http.host; content:\"from.uri\"; startswith; endswith;",
            "http.header; content:\"Accept|3a| x, y|0d 0a|\"; endswith; content:!\"c=1\"; flow:to_server;",
            "http.cookie; content:\"c=1\"; startswith; endswith;",
            "http.host.raw; content:\"From.Uri\"; startswith; endswith;",
            "http.header_names; content:\"|0d 0a|Host|0d 0a|User-Agent|0d 0a|Cookie|0d 0a|Accept|0d 0a 0d 0a|\"; "
                + "bsize:38; flow:to_server;",
            "http.start; content:\"HTTP/1.1|0d 0a|Host|3a| ABC\"; content:\"|0d 0a 0d 0a|\"; endswith; "
                + "flow:to_server;"));
        assertEquals("1 2 3", http("GET / HTTP/1.1\r\nHost: ABC.com\r\nHost: efg.net\r\nUser-Agent: \r\n\r\n", "",
            "http.host.raw; content:\"ABC.com, efg.net\"; startswith; endswith;", "http.user_agent; bsize:0;",
            "http.uri; content:\"/\"; bsize:1;"));
        assertEquals("1 2 3", http("GET / HTTP/1.0\r\nHost: a\r\n\r\n",
            "HTTP/1.0 404 Not here\r\nServer: s\r\nContent-Length: 8079\r\n\r\n",
            "http.content_len; byte_test:0,>=,8079,0,string,dec; flow:to_client;",
            "http.response_line; content:\"HTTP/1.0 404 Not here\"; startswith; endswith;",
            "http.stat_msg; content:\"Not here\"; startswith; endswith; http.stat_code; content:\"404\"; bsize:3;"));
    }

    @Test
    void shouldJoinHeadersOfOneName() throws IOException {
        final String request = String.join("\r\n", "GET / HTTP/1.1", "Host: a", "User-Agent: one", "Referer: r",
            "Accept: x", "User-Agent: two", " three", "Referer: s", "", "");
        final String response = "HTTP/1.1 302 x\r\nLocation: a\r\nLocation: b\r\nContent-Length: 0\r\n\r\n";
        assertEquals("1 2 3", http(request, response,
            "http.user_agent; content:\"one, two three\"; startswith; endswith;",
            "http.referer; content:\"r, s\"; startswith; endswith;",
            "http.location; content:\"a, b\"; startswith; endswith;"));
    }

    @Test
    void shouldAskOneHeaderForEachMention() throws IOException {
        final String request = "GET / HTTP/1.1\r\nHost: a\r\nX-One: 1\r\nX-Two: 2\r\n\r\n";
        assertEquals("1", http(request, "", "http.request_header; content:\"X-One\"; http.request_header; "
            + "content:\"|3a| 2\";", "http.request_header; content:\"X-One\"; content:\"|3a| 2\";"));
    }

    private static String header(final int length, final String more) {
        return "HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n" + more + "\r\n";
    }

    private static void said(final DetectedTrace trace, final byte[] bytes, final int count) {
        for (int at = 0; at < count; at += 1_400) {
            trace.says(false, latin(Arrays.copyOfRange(bytes, at, Math.min(count, at + 1_400))));
        }
    }

    private static String found(final DetectedTrace trace, final Rule... rules) {
        return trace.matches(rules).stream().map(match -> Long.toString(match.sid())).sorted().distinct()
            .collect(Collectors.joining(" "));
    }

    @Test
    void shouldAskScoresOfValues() throws IOException {
        Files.writeString(folder.resolve("hosts.rep"), "YQ==,100\nYg==,201\n");
        final String request = "GET / HTTP/1.1\r\nHost: b\r\n\r\n";
        assertEquals("1 4", http(request, "", "http.host; datarep:hosts, >, 200, load hosts.rep, type string;",
            "http.host; datarep:hosts, >, 201, load hosts.rep, type string;",
            "http.host; datarep:hosts, <=, 200, load hosts.rep, type string;",
            "http.host; datarep:hosts, ==, 201, load hosts.rep, type string, memcap 1mb, hashsize 1024;"));
    }

    @Test
    void shouldTellWhatEachSideSpeaks() throws IOException {
        final Rule[] rules = signatures(
            "alert tcp any any -> any any (flow:to_client; app-layer-protocol:http1,to_server; "
                + "app-layer-protocol:ssh,to_client;)",
            "alert tcp any any -> any any (app-layer-protocol:ssh,to_server;)",
            "alert tcp any any -> any any (flow:to_client; app-layer-protocol:ssh;)",
            "alert tcp any any -> any any (flow:to_client; app-layer-protocol:!http;)",
            "alert tcp any any -> any any (flow:to_server; app-layer-protocol:ssh,either;)",
            "alert tcp any any -> any any (app-layer-protocol:http,final;)",
            "alert tcp any any -> any any (flow:to_server; app-layer-protocol:http;)",
            "alert http any any -> any any (flow:to_client;)");
        assertEquals("1 3 4 5 6 7 8", found(trace().connect(700, 80).says(true, GET)
            .says(false, "SSH-2.0-OpenSSH_9.6\r\n").says(true, GET), rules));
        assertEquals("6 7 8", found(trace().connect(700, 80).says(true, GET).says(false, header(0, "")), rules));
        // a server that pretends to speak something else does not get away from rules about the flow's protocol
        assertEquals("1", http(GET, "SIP/2.0 200 ok\r\nContent-Length: 4\r\n\r\nevil",
            "flow:to_client; file.data; content:\"evil\";"));
    }

    @Test
    void shouldMatchOnceForEachSideWhatIsRecognised() throws IOException {
        assertEquals("1@4 2@4 2@5", trace().connect(700, 80).says(true, GET).says(false, header(0, "")).says(true, GET)
            .says(false, header(0, "")).alerts(signatures(
                "alert tcp any any -> any any (flow:to_server; app-layer-protocol:http;)",
                "alert tcp any any -> any any (app-layer-protocol:http;)")));
    }

    private static byte[] record(final byte[] body, final int kind) {
        final byte[] message = Hellos.join(new byte[] {(byte) kind, 0}, Hellos.u16(body.length), body);
        return Hellos.join(Hellos.hex("16 0303"), Hellos.u16(message.length), message);
    }
}
