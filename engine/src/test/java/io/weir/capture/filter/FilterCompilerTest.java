package io.weir.capture.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.capture.CaptureException;
import io.weir.packet.LinkType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FilterCompilerTest {
    private static final int RET = 0x06;

    @Test
    void shouldCompileForEthernet() {
        final FilterProgram program = FilterCompiler.compileForLinkType(LinkType.ETHERNET, "ip");
        // ldh [12]; jeq #0x800; ret #snap; ret #0
        assertEquals(4, program.length());
        assertEquals(0x28, program.code(0));
        assertEquals(12, program.operand(0));
        assertEquals(0x15, program.code(1));
        assertEquals(0x800, program.operand(1));
        assertEquals(0, program.jumpTrue(1));
        assertEquals(1, program.jumpFalse(1));
        assertEquals(RET, program.code(2));
        assertEquals(FilterCompiler.SNAP_LENGTH, program.operand(2));
        assertEquals(0, program.operand(3));
    }

    @Test
    void shouldChangeTheLengthOfAcceptedFramesAlone() {
        final FilterProgram program = FilterCompiler.compileForLinkType(LinkType.ETHERNET, "ip").withSnapLength(96);
        assertEquals(96, program.operand(2));
        assertEquals(0, program.operand(3));
        assertEquals(96, FilterProgram.acceptAll(LinkType.ETHERNET, 96).operand(0));
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "9", "12", "14", "50", "51", "101", "104", "105", "108", "113", "127", "228", "229", "276"})
    void shouldCompileForEveryLinkTypeThatIsDecoded(final int linkType) {
        final FilterProgram program = FilterCompiler.compileForLinkType(linkType, "udp port 53");
        assertTrue(program.length() > 3, program.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "tcp porrt 80, 5",
        "host 1.2.3.4 and porrt 3, 18",
        "(tcp or udp)) and ip, 13",
        "tcp port 80 &&& udp, 15",
        "ip and and udp, 8",
        "port 99999, 6",
        "udp port 1 or vlam, 15",
        "udp or vlan 5000, 13",
    })
    void shouldSayWhereAnExpressionIsWrong(final String expression, final int position) {
        final CaptureException e = assertThrows(CaptureException.class,
            () -> FilterCompiler.compileForLinkType(LinkType.ETHERNET, expression));
        assertEquals(CaptureException.Kind.BAD_FILTER, e.kind());
        assertTrue(e.getMessage().contains("at character " + position + ","), e.getMessage());
        assertTrue(e.getMessage().endsWith(expression), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"tcp port", "tcp and", "((tcp)", "len >", "tcp[", "ip[0"})
    void shouldSayThatAnExpressionEndsTooEarly(final String expression) {
        final CaptureException e = assertThrows(CaptureException.class,
            () -> FilterCompiler.compileForLinkType(LinkType.ETHERNET, expression));
        assertTrue(e.getMessage().contains("syntax error at the end"), e.getMessage());
    }

    @Test
    void shouldRefuseAnExpressionThatNothingCanMatch() {
        final CaptureException e = assertThrows(CaptureException.class,
            () -> FilterCompiler.compileForLinkType(LinkType.ETHERNET, "ip and arp"));
        assertEquals("filter: expression rejects all packets: ip and arp", e.getMessage());
    }

    @Test
    void shouldRefuseAnExpressionTooLongToCompileInTime() {
        final String expression = "host 10.0.0.1" + " or host 10.0.0.2".repeat(2000);
        final CaptureException e = assertThrows(CaptureException.class,
            () -> FilterCompiler.compileForLinkType(LinkType.ETHERNET, expression));
        assertTrue(e.getMessage().contains("at most 16384"), e.getMessage());
    }

    @Test
    void shouldCompileALongListWithoutTheOptimizer() {
        final StringBuilder expression = new StringBuilder("host 10.0.0.1");
        for (int i = 0; i < 300; i++) {
            expression.append(" or host 10.1.").append(i / 100).append('.').append(i % 100);
        }
        final FilterProgram program = FilterCompiler.compileForLinkType(LinkType.ETHERNET, expression.toString());
        assertTrue(program.length() > 6000, program.length() + " instructions: the optimizer ran");
    }
}
