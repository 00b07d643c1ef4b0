package io.weir.protocol.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Confidence;
import io.weir.protocol.Talk;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DnsTest {
    private static final byte[] QUERY = Talk.hex("1234 0100 0001 0000 0000 0000 03777777 0477656972 00 0001 0001");
    private static final byte[] RESPONSE = Talk.hex("1234 8180 0001 0002 0001 0001 03777777 0477656972 00 0001 0001"
        + "c00c 0005 0001 0000003c 0004 0161c010"
        + "c026 0001 0001 0000003c 0004 c0000201"
        + "c010 0006 0001 00000384 001b 026e73c010 c010 00000001 00000002 00000003 00000004 00000005"
        + "00 0029 1000 00000000 0008 000a 0004 01020304");
    private static final String ASKED = "\"dns\":{\"version\":3,\"type\":\"request\",\"tx_id\":0,\"id\":4660,"
        + "\"flags\":\"100\",\"rd\":true,\"opcode\":0,\"rcode\":\"NOERROR\","
        + "\"queries\":[{\"rrname\":\"www.weir\",\"rrtype\":\"A\"}]}";
    private static final String ANSWERED = "\"dns\":{\"version\":3,\"type\":\"response\",\"tx_id\":1,\"id\":4660,"
        + "\"flags\":\"8180\",\"qr\":true,\"rd\":true,\"ra\":true,\"opcode\":0,\"rcode\":\"NOERROR\","
        + "\"queries\":[{\"rrname\":\"www.weir\",\"rrtype\":\"A\"}],"
        + "\"answers\":[{\"rrname\":\"www.weir\",\"rrtype\":\"CNAME\",\"ttl\":60,\"rdata\":\"a.weir\"},"
        + "{\"rrname\":\"a.weir\",\"rrtype\":\"A\",\"ttl\":60,\"rdata\":\"192.0.2.1\"}],"
        + "\"grouped\":{\"CNAME\":[\"a.weir\"],\"A\":[\"192.0.2.1\"]},"
        + "\"authorities\":[{\"rrname\":\"weir\",\"rrtype\":\"SOA\",\"ttl\":900,\"soa\":{\"mname\":\"ns.weir\","
        + "\"rname\":\"weir\",\"serial\":1,\"refresh\":2,\"retry\":3,\"expire\":4,\"minimum\":5}}],"
        + "\"additionals\":[{\"rrname\":\"\",\"rrtype\":\"OPT\",\"ttl\":0,"
        + "\"opt\":[{\"code\":10,\"data\":\"01020304\"}]}]}";

    private static byte[] framed(final byte[]... messages) {
        int length = 0;
        for (final byte[] message : messages) {
            length += 2 + message.length;
        }
        final byte[] all = new byte[length];
        int at = 0;
        for (final byte[] message : messages) {
            all[at] = (byte) (message.length >> 8);
            all[at + 1] = (byte) message.length;
            System.arraycopy(message, 0, all, at + 2, message.length);
            at += 2 + message.length;
        }
        return all;
    }

    private static byte[] response(final String records, final int count) {
        return Talk.hex("1234 8180 0001 " + String.format("%04x", count) + " 0000 0000 0477656972 00 00ff 0001"
            + records);
    }

    private static String answers(final String records, final int count) {
        final String object = Talk.udp(53).server(response(records, count)).objects().get(0);
        return object.substring(object.indexOf("\"answers\""), object.length() - 1);
    }

    @Test
    void shouldTellQueriesAndResponses() {
        final Talk talk = Talk.udp(53).client(QUERY).server(RESPONSE);
        assertEquals(List.of(ASKED, ANSWERED), talk.objects());
        assertEquals("dns", talk.protocol());
        assertEquals(Confidence.HANDSHAKE, talk.confidence());
        assertTrue(talk.records().get(0).contains("\"src_port\":40000,"), () -> talk.records().get(0));
        assertTrue(talk.records().get(1).contains("\"src_port\":53,"), () -> talk.records().get(1));
    }

    @Test
    void shouldTellThemAsSuricata7DidIfAsked() {
        final Talk talk = Talk.udp(53).client(QUERY).server(RESPONSE).dnsVersion(2);
        assertEquals("\"dns\":{\"type\":\"query\",\"tx_id\":0,\"id\":4660,\"opcode\":0,"
            + "\"rrname\":\"www.weir\",\"rrtype\":\"A\"}", talk.objects().get(0));
        assertEquals(ANSWERED
            .replace("\"version\":3,\"type\":\"response\",\"tx_id\":1,", "\"version\":2,\"type\":\"answer\",")
            .replace("\"queries\":[{\"rrname\":\"www.weir\",\"rrtype\":\"A\"}]",
                "\"rrname\":\"www.weir\",\"rrtype\":\"A\""),
            talk.objects().get(1));
        assertTrue(talk.records().get(1).contains("\"src_port\":40000,"), () -> talk.records().get(1));
    }

    @Test
    void shouldTellAQueryThatNobodyAnswered() {
        assertEquals(List.of(ASKED), Talk.udp(5300).client(QUERY).objects());
    }

    @Test
    void shouldTellStreamsHoweverTheyAreCut() {
        final Talk talk = Talk.tcp(5300).client(framed(QUERY)).server(framed(RESPONSE, RESPONSE));
        final List<String> whole = talk.objects();
        assertEquals(List.of(ASKED, ANSWERED), whole.subList(0, 2));
        assertEquals(3, whole.size());
        for (int bytes = 1; bytes < 20; bytes++) {
            assertEquals(whole, talk.segmented(bytes).objects());
        }
    }

    @Test
    void shouldFindTheNextMessageBehindAGap() {
        final byte[] stream = framed(QUERY, QUERY, QUERY);
        final byte[] first = java.util.Arrays.copyOf(stream, 40);
        final byte[] last = java.util.Arrays.copyOfRange(stream, 50, stream.length);
        final Talk talk = Talk.tcp(53).client(first).gap(true, 10).client(last);
        assertEquals(2, talk.objects().size());
        assertEquals(2, talk.segmented(7).objects().size());
        assertEquals(0, talk.faults());
    }

    @Test
    void shouldTurnAFlowWhoseResponseIsSeenFirst() {
        final Talk talk = Talk.udp(53, 40_000).client(RESPONSE);
        assertEquals("dns", talk.protocol());
        assertTrue(talk.flow().contains("\"dest_port\":53"), talk.flow());
    }

    @Test
    void shouldTellEachKindOfRecordAsEveDoes() {
        assertEquals("\"answers\":[{\"rrname\":\"weir\",\"rrtype\":\"TXT\",\"ttl\":1,\"rdata\":\"ab\"},"
            + "{\"rrname\":\"weir\",\"rrtype\":\"TXT\",\"ttl\":1,\"rdata\":\"\"}],"
            + "\"grouped\":{\"TXT\":[\"ab\",\"\"]}", answers("c00c 0010 0001 00000001 0004 02616200", 1));
        assertEquals("\"answers\":[{\"rrname\":\"weir\",\"rrtype\":\"SRV\",\"ttl\":1,\"srv\":{\"priority\":1,"
            + "\"weight\":2,\"port\":5060,\"name\":\"weir\"}}],\"grouped\":{\"SRV\":[{\"priority\":1,"
            + "\"weight\":2,\"port\":5060,\"name\":\"weir\"}]}",
            answers("c00c 0021 0001 00000001 0008 0001 0002 13c4 c00c", 1));
        assertEquals("\"answers\":[{\"rrname\":\"weir\",\"rrtype\":\"SSHFP\",\"ttl\":1,\"sshfp\":{"
            + "\"fingerprint\":\"aa:bb\",\"algo\":1,\"type\":2}}],\"grouped\":{\"SSHFP\":[{"
            + "\"fingerprint\":\"aa:bb\",\"algo\":1,\"type\":2}]}",
            answers("c00c 002c 0001 00000001 0004 0102 aabb", 1));
        assertEquals("\"answers\":[{\"rrname\":\"weir\",\"rrtype\":\"MX\",\"ttl\":1,\"rdata\":\"weir\"},"
            + "{\"rrname\":\"weir\",\"rrtype\":\"TYPE65281\",\"ttl\":2,"
            + "\"rdata\":\"\\\\# 1 00\"}],\"grouped\":{\"MX\":[\"weir\"]}",
            answers("c00c 000f 0001 00000001 0004 000a c00c c00c ff01 0001 00000002 0001 00", 2));
    }

    @Test
    void shouldTellEveryAddressWhateverTheRecordBeforeItIs() {
        final Random random = new Random(5);
        final String[] owners = {"c00c", "c00c", "c00c", "c012", "0477656972 00", "00"};
        final String[] names = {"weir", "weir", "weir", "", "weir", ""};
        for (int round = 0; round < 500; round++) {
            final StringBuilder records = new StringBuilder();
            final StringBuilder expected = new StringBuilder("\"answers\":[");
            final int count = 1 + random.nextInt(8);
            for (int i = 0; i < count; i++) {
                final int owner = random.nextInt(owners.length);
                final boolean v6 = random.nextInt(4) == 0;
                final int ttl = 1 + random.nextInt(8) / 7;
                final int last = random.nextInt(100);
                records.append(owners[owner]).append(v6 ? "001c" : "0001").append("0001")
                    .append(String.format("%08x", ttl))
                    .append(v6 ? "0010 20010db8000000000000000000001" : "0004 c00002").append(
                        String.format(v6 ? "%03x" : "%02x", last));
                expected.append(i == 0 ? "" : ",").append("{\"rrname\":\"").append(names[owner])
                    .append("\",\"rrtype\":\"").append(v6 ? "AAAA" : "A").append("\",\"ttl\":").append(ttl)
                    .append(",\"rdata\":\"")
                    .append(v6 ? "2001:db8::1" + String.format("%03x", last) : "192.0.2." + last).append("\"}");
            }
            final String told = answers(records.toString(), count);
            assertEquals(expected.append(']').toString(), told.substring(0, told.indexOf("]") + 1));
        }
    }

    @Test
    void shouldTellHeadersWhateverWasToldBefore() {
        final Random random = new Random(6);
        final List<Integer> seen = new ArrayList<>();
        Talk talk = Talk.udp(53);
        final List<String> expected = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            final int flags = 0x8000 | (random.nextInt(3) == 0 || seen.isEmpty() ? random.nextInt(0x8000) & 0x7ff
                : seen.get(random.nextInt(seen.size())));
            seen.add(flags);
            talk = talk.server(Talk.hex(String.format("1234 %04x 0001 0000 0000 0000 0477656972 00 0001 0001", flags)));
            expected.add(String.format("\"flags\":\"%x\",\"qr\":true,%s%s%s%s%s\"opcode\":%d,", flags,
                bit(flags, 0x400, "aa"), bit(flags, 0x200, "tc"), bit(flags, 0x100, "rd"), bit(flags, 0x80, "ra"),
                bit(flags, 0x40, "z"), flags >> 11 & 15));
        }
        final List<String> told = talk.objects().stream().filter(object -> object.startsWith("\"dns\"")).toList();
        assertEquals(expected.size(), told.size());
        for (int i = 0; i < told.size(); i++) {
            assertTrue(told.get(i).contains(expected.get(i)), told.get(i) + " lacks " + expected.get(i));
        }
    }

    private static String bit(final int flags, final int bit, final String name) {
        return (flags & bit) == 0 ? "" : '"' + name + "\":true,";
    }

    @Test
    void shouldBoundWhatItTellsOfAMessage() {
        final Talk talk = Talk.udp(53).server(response("c00c 0001 0001 00000001 0004 01020304".repeat(100), 100));
        final String object = talk.objects().get(0);
        assertEquals(DnsTeller.MAX_RECORDS, object.split("\"ttl\"", -1).length - 1);
    }

    @Test
    void shouldReportMessagesThatCannotBeRead() {
        final Talk talk = Talk.udp(53).client(QUERY)
            .server(response("c00c 0001 0001 00000001 0004 01020304 c0ff", 2));
        assertEquals(3, talk.records().size());
        for (final int record : new int[] {1, 2}) {
            assertTrue(talk.records().get(record).contains("\"tx_id\":1,"), () -> talk.records().toString());
        }
        assertTrue(talk.records().get(1).contains("\"event\":\"malformed_data\""), () -> talk.records().toString());
        assertTrue(talk.records().get(2).contains("\"A\":[\"1.2.3.4\"]"), () -> talk.records().toString());
        final List<String> odd = Talk.udp(53).client(QUERY).server("no message").records();
        assertEquals(2, odd.size());
        assertTrue(odd.get(1).contains("\"event\":\"malformed_data\""), odd::toString);
    }

    @Test
    void shouldTellRelativesInTheirOwnShape() {
        final byte[] multicast = Talk.hex("0000 8400 0000 0002 0000 0000 045f697070 056c6f63616c 00 000c 0001 00000078"
            + "0004 0161 c011 c00c 0010 8001 00000078 0003 02 6162");
        final Talk talk = Talk.udp(5353, 5353).client(multicast);
        assertEquals("mdns", talk.protocol());
        assertEquals(List.of("\"mdns\":{\"type\":\"response\",\"id\":0,\"flags\":[\"aa\"],\"opcode\":0,\"rcode\":0,"
            + "\"answers\":[{\"rrname\":\"_ipp.local\",\"ptr\":\"a.local\"},"
            + "{\"rrname\":\"_ipp.local\",\"txt\":[\"ab\"]}]}"), talk.objects());
        final Talk local = Talk.udp(5355).client(QUERY);
        assertEquals("llmnr", local.protocol());
        assertEquals(List.of("\"llmnr\":{\"type\":\"request\",\"tx_id\":0,\"id\":4660,\"flags\":[\"t\"],\"opcode\":0,"
            + "\"queries\":[{\"rrname\":\"www.weir\",\"rrtype\":\"a\"}]}"), local.objects());
    }

    @Test
    void shouldTellDataOfEveryType() {
        assertEquals("\"answers\":[{\"rrname\":\"weir\",\"rrtype\":\"HTTPS\",\"ttl\":1,"
            + "\"rdata\":\"1 . alpn=\\\"h3\\\" ech=AQID\"},"
            + "{\"rrname\":\"weir\",\"rrtype\":\"CAA\",\"ttl\":1,\"rdata\":\"0 issue \\\";\\\"\"}]",
            answers("c00c 0041 0001 00000001 0011 0001 00 0001 0003 026833 0005 0003 010203"
                + "c00c 0101 0001 00000001 0008 00 05 6973737565 3b", 2));
    }

    @Test
    void shouldTellWhatTheSchemaOfMulticastDnsLacksBesideIt() {
        final byte[] multicast = Talk.hex("0000 8400 0000 0003 0000 0001 045f697070 056c6f63616c 00 000c 0001 00000078"
            + "0004 0161 c011 c00c 0021 8001 00000078 0008 0000 0000 0277 c022 c022 0001 8001 00000078 0004 c0000201"
            + "c022 001c 8001 00000078 0010 20010db8000000000000000000000001");
        final Talk talk = Talk.udp(5353, 5353).client(multicast);
        assertEquals(List.of("\"mdns\":{\"type\":\"response\",\"id\":0,\"flags\":[\"aa\"],\"opcode\":0,\"rcode\":0,"
            + "\"answers\":[{\"rrname\":\"_ipp.local\",\"ptr\":\"a.local\"},{\"rrname\":\"_ipp.local\"},"
            + "{\"rrname\":\"a.local\"}],\"additionals\":[{\"rrname\":\"a.local\"}]},"
            + "\"weir\":{\"mdns\":{\"records\":["
            + "{\"section\":\"answers\",\"rrname\":\"_ipp.local\",\"rrtype\":\"srv\",\"ttl\":120,"
            + "\"rdata\":\"0 0 631 a.local\"},"
            + "{\"section\":\"answers\",\"rrname\":\"a.local\",\"rrtype\":\"a\",\"ttl\":120,\"rdata\":\"192.0.2.1\"},"
            + "{\"section\":\"additionals\",\"rrname\":\"a.local\",\"rrtype\":\"aaaa\",\"ttl\":120,"
            + "\"rdata\":\"2001:db8::1\"}]}}"), talk.objects());
    }
}
