package io.weir.protocol.nomachine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class NoMachineTest {
    @Test
    void shouldHandOverBehindTheVersionsOfBothSides() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1, 5}) {
            final Talk talk = Talk.tcp(4000).client("NXSH-8.10.1\n").server("NXD-8.10.1\n")
                .client("SSH-2.0-inner\r\n").segmented(bytes);
            assertEquals(List.of("nomachine", "ssh"), talk.protocols());
        }
    }

    @Test
    void shouldStayNoMachineWithoutAnAnswer() {
        assertEquals(List.of("nomachine"),
            Talk.tcp(4000).client("NXSH-8.10.1\n").client("SSH-2.0-inner\r\n").protocols());
        assertEquals(List.of("nomachine"),
            Talk.tcp(4000).client("NXSH-8.10.1\n").gap(false, 11).client("SSH-2.0-inner\r\n").protocols());
    }
}
