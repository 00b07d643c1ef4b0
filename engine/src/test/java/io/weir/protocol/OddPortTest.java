package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What protocols ask for on ports that are not their own, beyond what {@code first-messages.tsv} has of each: other
 * messages that are enough there, and some that are enough on their own port alone.
 */
final class OddPortTest {
    private static final int ODD_PORT = 7_777;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        bfd;     > 20c4032000000001 0000000200 0f4240 000f424000000000 0108010000 736563
        capwap;  > 01000000 16fefd 00*8 0004 01020304
        capwap;  > 0010 00 08 00*4 0016 0023 0010 5a*16
        dhcpv6;  > 0c00 20010db8 00*12 fe80 00*14 0009 0004 01123456
        glbp;    > 0100000200000007 b40001010214 00*18
        gtp;     > 3201 0004 00000000 0001 0000
        hsrp;    > 012802 0006 04 0001 00112233 4455 00000064 00000bb8 00002710 c0000201 00*12
        nat-pmp; > 0001 0000 1f90 1f90 00000e10 < 0081 0000 00000001 1f90 1f90 00000e10
        pcp;     > 0201 0000 00000e10 20010db8 00*12 5a*12 06 00*3 1f901f90 00*16 < 02810000 00000e10 00000001 00*48
        ptp;     > 0b020040 00*16 00112233 44556677 0001 0001 05 01 00*30
        rip;     > 01020000 00*19 10
        tplink-shp; > 0200 0001 0004 1100 00003ade 187541a7 [{"a"]
        tzsp;    > 01000001 0a01 5a 00 01 00*12 86dd 60000000 0000 3b40 00*32
        rip;     > 02020000 ffff 0002 [secret] 00*10 0002 0000 c0000200 ffffff00 00000000 00000001
        melsoft; > da00 0001 1400 c0a80365 c0a80365
        melsoft; > d701 000000 1111 7f000000a80300ffff030000 0200 9c00
        session-announcement; > 34020001 20010db8 00*12 5a*8 [application/sdp] 00 [v=0] 0a
        zoom;    > 0300000012 0ffe98d2 00272ec9 010540dc < 0400000012 0ffe98d2 00272ec9 010540c4
        statsd;  > [app.requests:12.5|ms|@0.1]
        statsd;  > [a_b:1|g] 0a [other:2|c]
        """)
    void shouldBeKnown(final String protocol, final String said) {
        assertEquals(protocol, on(said).protocol());
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        finger; 616e6e0d0a;             [Login: ann  Name: Ann] 0d0a [Directory: /home/ann] 0d0a
        whois;  [weir.example] 0d0a;    [% IANA WHOIS server] 0d0a
        whois;  [weir.example] 0d0a;    [   Domain Name: WEIR.EXAMPLE] 0d0a [   Registry Domain ID: 1] 0d0a
        """)
    void shouldBeKnownWhereverTheAnswerIsCut(final String protocol, final String asked, final String answer) {
        final Talk talk = Talk.tcp(ODD_PORT).client(Sample.of(asked)).server(Sample.of(answer));
        for (int length = 1; length < 30; length++) {
            assertEquals(protocol, talk.segmented(length).protocol(), "in pieces of " + length);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        bfd;     up without the other's number; > 20c0031800000001 0000000000000000 000f424000000000
        capwap;  data are frames of 802.11;     > 00100000 00*4 0801 5a*30
        capwap;  no element;                    > 0010 00*9 01000003 00
        dhcpv6;  nobody says who asks;          > 0112345600060002 0017
        glbp;    a part of unknown length;      > 0100000100000007 b40001010204 5a5a
        gtp;     a header alone;                > 30040000 00000000
        hsrp;    an interface;                  > 0003000100010000 00*8
        hsrp;    no text;                       > 000010030a640000 8182838400000000 c0000201
        hsrp;    nearly all are zeros;          > 0000000101000000 00*8 01000000
        gtp-prime; headers alone;               > 0f0100000005 < 0f0200000005
        melsoft; no length;                     > 5700000000 1111 00*13
        nat-pmp; nobody answers;                > 000100001f901f90 00000e10
        nat-pmp; the answer is another port's;  > 000100001f901f90 00000e10 < 00810000 00000001 1f911f90 00000e10
        pcp;     nobody answers;                > 0200000000000e10 20010db8 00*12
        pcp;     nobody asked;                  > 02800000 00000e10 00*16
        ptp;     no clock;                      > 0002002c 00*40
        rip;     RIPng asks the same;           > 01010000 00*19 10
        ripng;   RIP asks the same;             > 01010000 00*19 10
        ripng;   bits behind a prefix;          > 0201000020010db8 00*11 0100004001
        melsoft; another length;                > 57010000001111070000ffff030000fe030000 0200 1c
        melsoft; the answer to another;         > da0000011400c0a80365c0a80366
        session-announcement; encrypted;        > 22000001c101ba3c [v=0] 0d0a
        tplink-shp; another length;             > 0200 0001 0005 1100 00003ade 187541a7 [{"a"]
        tzsp;    no end of the fields;          > 01000001 0a40 5a5a 01 00*12 0800 45000014 00*16
        tzsp;    nothing known inside;          > 01000001 01 00*12 0800 00000014 00*16
        zoom;    another time is answered;      > 0300000012 0ffe98d2 00272ec9 < 0400000012 0ffe98d3 00272ec9
        statsd;  a name of two;                 > [ab:1|c]
        statsd;  more behind the kind;          > [abc:1|cd]
        memcached; an answer's second part;     > 0001000100020000 [END] 0d0a
        """)
    void shouldBeTooLittle(final String protocol, final String why, final String said) {
        assertNotEquals(protocol, on(said).protocol(), why);
    }

    /** What the client says, and behind < what the server does. */
    private static Talk on(final String said) {
        final String[] sides = said.substring(1).split("<");
        final Talk talk = Talk.udp(ODD_PORT).client(Sample.of(sides[0].trim()));
        return sides.length == 1 ? talk : talk.server(Sample.of(sides[1].trim()));
    }
}
