package io.weir.protocol.dns;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Bytes;
import io.weir.protocol.Talk;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsTextTest {
    private static String text(final int type, final byte[] data) {
        final DnsText text = new DnsText().of(type, new Bytes().wrap(data, 0, data.length), 0, data.length);
        return new String(text.text(), 0, text.length(), StandardCharsets.US_ASCII);
    }

    /** Examples of RFC 3403, 4034, 4255, 5155, 6698, 7553, 8659, 9460 and 1876, with the bytes dig and BIND make. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', value = {
        "13|03 504443 04 4c696e75|\"PDC\" \"Linu\"",
        "17|03666f6f00 00|foo .",
        "29|00 12 16 13 8b 0d 2c 8c 7f f8 fc a5 00 98 96 32|51 30 12.748 N 0 7 39.611 W -0.78m 1.00m 10000.00m 10.00m",
        "33|0001 0002 13c4 0161 00|1 2 5060 a",
        "35|0064 000a 01 75 07 4532552b736970 05 215c3122 21 00|100 10 \"u\" \"E2U+sip\" \"!\\\\1\\\"!\" .",
        "37|0001 0000 05 010203|1 0 5 AQID",
        "43|ec45 05 01 2bb183af|60485 5 1 2BB183AF",
        "44|0102 aabb|1 2 AABB",
        "46|0001 05 03 00015180 3e7ed1b8 3e576a28 0a4e 07 6578616d706c65 00 010203|"
            + "A 5 3 86400 20030324093656 20030222121640 2638 example AQID",
        "47|04 686f7374 00 0006 40010000 0003 041b" + "000000000000 000000000000 000000000000 000000000000 000020|"
            + "host A MX RRSIG NSEC TYPE1234",
        "48|0100 03 05 01030d|256 3 5 AQMN",
        "50|01 01 000c 04 aabbccdd 05 0102030405 0006 400000000002|1 1 12 AABBCCDD 04106105 A RRSIG",
        "51|01 00 0000 00|1 0 0 -",
        "52|03 01 01 d2abde|3 1 1 D2ABDE",
        "65|0001 00 0001 0006 026833 026832 0004 0004 c0000201 0005 0003 010203 0006 0010 "
            + "20010db8000000000000000000000001|"
            + "1 . alpn=\"h3,h2\" ipv4hint=192.0.2.1 ech=AQID ipv6hint=2001:db8::1",
        "64|0010 03666f6f00 0000 0004 0001 0004 0002 0000 0003 0002 0035 029b 0002 6869|"
            + "16 foo mandatory=alpn,ipv4hint no-default-alpn port=53 key667=\"hi\"",
        "64|0000 03666f6f00|0 foo",
        "108|00005e005301|00-00-5E-00-53-01",
        "256|000a 0001 6674703a2f2f78|10 1 \"ftp://x\"",
        "257|00 05 6973737565 63612e6e6574|0 issue \"ca.net\"",
        "99|02 6162 01 00|\"ab\" \"\\000\"",
        "65281|0102|\\# 2 0102",
        // Data that is too short or too long for its type.
        "43|ec45|\\# 2 EC45",
        "47|04 686f|\\# 3 04686F",
        "65|0001 00 0001 0006 02|\\# 8 0001000001000602",
        "15|000a 00 00|\\# 4 000A0000",
        "50|01 01 000c 40 aabb|\\# 7 0101000C40AABB",
    })
    void shouldWriteDataAsZoneFilesDo(final int type, final String bytes, final String expected) {
        assertEquals(expected, text(type, Talk.hex(bytes)));
    }

    @Test
    void shouldWriteWhateverComes() {
        final Random random = new Random(11);
        for (int type = 0; type <= DnsCodes.TYPES; type++) {
            for (int run = 0; run < 300; run++) {
                final byte[] data = new byte[random.nextInt(40)];
                random.nextBytes(data);
                for (int i = 0; i < data.length; i++) {
                    data[i] &= (byte) (random.nextBoolean() ? 7 : 0xff);
                }
                assertEquals(text(type, data), text(type, data));
            }
        }
        assertEquals(8193, text(65_000, new byte[60_000]).length());
    }
}
