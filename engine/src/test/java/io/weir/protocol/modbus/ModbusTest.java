package io.weir.protocol.modbus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModbusTest {
    private static final byte[] READ = Talk.hex("0001 0000 0006 11 03 006b 0003");
    private static final byte[] READ_ANSWER = Talk.hex("0001 0000 0009 11 03 06 022b 0000 0064");
    private static final byte[] WRITE = Talk.hex("0002 0000 0006 11 06 0001 0003");
    private static final byte[] REFUSAL = Talk.hex("0002 0000 0003 11 86 02");
    private static final String READ_TOLD = "\"request\":{\"transaction_id\":1,\"protocol_id\":0,\"unit_id\":17,"
        + "\"function_raw\":3,\"function_code\":\"RdHoldRegs\",\"access_type\":\"READ | HOLDING\","
        + "\"category\":\"PUBLIC_ASSIGNED\",\"read\":{\"address\":107,\"quantity\":3},\"error_flags\":\"NONE\"}";
    private static final String EXCHANGE = "\"modbus\":{\"id\":1," + READ_TOLD
        + ",\"response\":{\"transaction_id\":1,\"protocol_id\":0,\"unit_id\":17,\"function_raw\":3,"
        + "\"function_code\":\"RdHoldRegs\",\"access_type\":\"READ | HOLDING\",\"category\":\"PUBLIC_ASSIGNED\","
        + "\"read\":{\"data\":\"022b00000064\"},\"error_flags\":\"NONE\"}}";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100})
    void shouldPairARequestWithItsResponse(final int segment) {
        final Talk talk = Talk.tcp(502).client(READ).server(READ_ANSWER).segmented(segment);
        assertEquals("modbus", talk.protocol());
        assertEquals(List.of(EXCHANGE), talk.objects());
    }

    @Test
    void shouldTellWhyTheServerRefused() {
        assertEquals(List.of("\"modbus\":{\"id\":1,\"request\":{\"transaction_id\":2,\"protocol_id\":0,\"unit_id\":17,"
            + "\"function_raw\":6,\"function_code\":\"WrSingleReg\",\"access_type\":\"WRITE | HOLDING | SINGLE\","
            + "\"category\":\"PUBLIC_ASSIGNED\",\"write\":{\"address\":1,\"data\":3},\"error_flags\":\"NONE\"},"
            + "\"response\":{\"transaction_id\":2,\"protocol_id\":0,\"unit_id\":17,\"function_raw\":134,"
            + "\"function_code\":\"WrSingleReg\",\"access_type\":\"WRITE | HOLDING | SINGLE\","
            + "\"category\":\"PUBLIC_ASSIGNED\",\"exception\":{\"raw\":2,\"code\":\"IllegalDataAddr\"},"
            + "\"error_flags\":\"NONE\"}}"), Talk.tcp(502).client(WRITE).server(REFUSAL).objects());
    }

    @Test
    void shouldRecogniseItOnAnyPortOnceItIsAnswered() {
        assertEquals("modbus", Talk.tcp(5020).client(READ).server(READ_ANSWER).protocol());
        assertNotEquals("modbus", Talk.tcp(5020).client(READ).server("220 hello\r\n").protocol());
    }

    @Test
    void shouldTellARequestThatNobodyAnswered() {
        assertEquals(List.of("\"modbus\":{\"id\":1," + READ_TOLD + "}"), Talk.tcp(502).client(READ).objects());
    }

    @Test
    void shouldGoOnBehindAGap() {
        final Talk talk = Talk.tcp(502).client(READ).server(READ_ANSWER).gap(true, 24).client(WRITE).server(REFUSAL);
        assertEquals(2, talk.objects().size());
    }

    @Test
    void shouldGiveUpWhatIsNoHeader() {
        final Talk talk = Talk.tcp(502).client(READ).client(Talk.hex("0002 0000 ffff 11 06 0001 0003")).client(WRITE);
        assertEquals(1, talk.objects().size());
        assertEquals(0, talk.faults());
    }

    @Test
    void shouldNotRecogniseALengthThatDoesNotFit() {
        assertNotEquals("modbus", Talk.tcp(502).client(Talk.hex("0001 0000 0007 11 03 006b 0003 00")).protocol());
    }

    @Test
    void shouldKeepABoundedNumberOfRequests() {
        final Talk talk = Talk.tcp(502);
        for (int i = 0; i < 100; i++) {
            final byte[] request = READ.clone();
            request[1] = (byte) i;
            talk.client(request);
        }
        assertEquals(100, talk.objects().size());
    }
}
