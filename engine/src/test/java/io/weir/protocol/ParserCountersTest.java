package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.base.Counter;
import org.junit.jupiter.api.Test;

/** Counters of what parsers lose move by what was lost, and by nothing else. */
final class ParserCountersTest {
    private static final String GET = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
    private static final byte[] MODBUS = Talk.hex("0001 0000 0006 01 03 0000 0001");

    @Test
    void shouldCountTheBytesThatAParserSkips() {
        assertEquals(0, Talk.tcp(502).client(MODBUS).client(MODBUS).count(Counter.PARSER_BYTES_SKIPPED));
        final Talk talk = Talk.tcp(502).client(MODBUS).client(Talk.hex("ff".repeat(20)));
        assertEquals("modbus", talk.protocol());
        assertEquals(20, talk.count(Counter.PARSER_BYTES_SKIPPED));
    }

    @Test
    void shouldCountTheGapsThatAParserMeets() {
        assertEquals(0, Talk.tcp(80).client(GET).client(GET).count(Counter.PARSER_GAPS));
        assertEquals(0, Talk.tcp(80).gap(true, 100).client(GET).count(Counter.PARSER_GAPS), "nobody parsed yet");
        assertEquals(2, Talk.tcp(80).client(GET).gap(true, 100).client(GET).gap(true, 7).client(GET)
            .count(Counter.PARSER_GAPS));
    }

    @Test
    void shouldCountTheTransactionsThatLackAPart() {
        final Talk talk = Talk.tcp(80).client(GET)
            .client("GET /" + "a".repeat(Transaction.MAX_VALUE + 100) + " HTTP/1.1\r\nHost: a\r\n\r\n").client(GET);
        assertEquals(3, talk.count(Counter.TRANSACTIONS));
        assertEquals(1, talk.count(Counter.TRANSACTIONS_CUT));
    }
}
