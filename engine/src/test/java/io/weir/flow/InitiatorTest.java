package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.Frame;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InitiatorTest {
    private final Frames frames = new Frames(new FlowHash(new FlowTableContext().conclude(), 1));

    @ParameterizedTest
    @CsvSource({
        // flags, source port, destination port, did the sender open it
        "0x02, 80, 40000, true",
        "0x12, 40000, 80, false",
        "0x10, 40000, 80, true",
        "0x10, 80, 40000, false",
        "0x10, 40000, 50000, true",
        "0x10, 8080, 40000, false",
        "0x10, 40000, 8080, true",
        "0x10, 443, 8080, false",
        "0x10, 53, 123, true",
        "0x10, 8080, 3306, true",
        "0x10, 0, 40000, true",
        "0x10, 65535, 1023, true",
    })
    void shouldJudgeTcpByHandshakeThenByPorts(final String flags, final int sourcePort, final int destinationPort,
        final boolean senderOpened) {
        final Frame upwards = frames.tcp(1, sourcePort, 2, destinationPort, Integer.decode(flags), 0, 0, 0);
        assertEquals(!senderOpened, Initiator.isUpper(upwards));
        final Frame downwards = frames.tcp(2, sourcePort, 1, destinationPort, Integer.decode(flags), 0, 0, 0);
        assertEquals(senderOpened, Initiator.isUpper(downwards));
    }

    @ParameterizedTest
    @CsvSource({"53, 5000, false", "5000, 53, true", "5353, 5353, true", "40000, 50000, true"})
    void shouldJudgeUdpByPorts(final int sourcePort, final int destinationPort, final boolean senderOpened) {
        assertEquals(senderOpened, Initiator.isUpper(frames.udp(2, sourcePort, 1, destinationPort)));
    }

    @ParameterizedTest
    @CsvSource({"53", "5000"})
    void shouldNotTakeAnIcmpIdentifierForAPort(final int identifier) {
        assertEquals(true, Initiator.isUpper(frames.icmp(2, 1, identifier, 8, 0)));
        assertEquals(false, Initiator.isUpper(frames.icmp(1, 2, identifier, 8, 0)));
    }
}
