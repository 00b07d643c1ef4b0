package io.weir.reassembly.model;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.reassembly.StreamContext;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What Linux does, in the fewest segments that show it; each was seen in {@link LinuxTcpModelTest}. */
class LinuxBehaviourTest {
    private static final int CLIENT = 4000;
    private static final int SERVER = 80;
    private static final int ACK = TcpFlags.ACK;

    private static final byte[] SACK_PERMITTED = {4, 2, 1, 1};

    private final List<Passage> frames = new ArrayList<>();

    @Test
    void shouldNotTakeTheTimeFromAnOldDuplicate() {
        open(100, 500);
        stamped(CLIENT, 101, 501, 10, "one ");
        stamped(CLIENT, 105, 501, 10, "two ");
        stamped(SERVER, 501, 109, 10, "");
        // The third segment, sent at 11, is late. Meanwhile the first one comes again, sent at 15.
        stamped(CLIENT, 101, 501, 15, "one ");
        stamped(CLIENT, 109, 501, 11, "three ");
        stamped(SERVER, 501, 115, 15, "");
        stamped(CLIENT, 115, 501, 15, "four");
        stamped(SERVER, 501, 119, 15, "");
        assertEquals(List.of("one two three four"), delivered(CLIENT));
    }

    @Test
    void shouldNotTakeTheTimeFromDataThatIsEarly() {
        open(100, 500);
        stamped(CLIENT, 105, 501, 15, "two ");
        stamped(CLIENT, 101, 501, 10, "one ");
        stamped(SERVER, 501, 109, 15, "");
        assertEquals(List.of("one two "), delivered(CLIENT));
    }

    @Test
    void shouldNotTakeTheTimeFromAnOldDuplicateWhoseAcknowledgementIsNotSeenYet() {
        open(100, 500);
        stamped(CLIENT, 101, 501, 10, "one ");
        stamped(CLIENT, 105, 501, 10, "two ");
        stamped(CLIENT, 101, 501, 15, "one ");
        stamped(CLIENT, 109, 501, 11, "three");
        stamped(SERVER, 501, 114, 15, "");
        assertEquals(List.of("one two three"), delivered(CLIENT));
    }

    @Test
    void shouldRefuseResetBehindDataThatIsMissing() {
        open(100, 500);
        segment(CLIENT, ACK, 105, 501, "two ");
        segment(CLIENT, TcpFlags.RST, 109, 0, "");
        segment(SERVER, ACK, 501, 101, "");
        segment(CLIENT, ACK, 101, 501, "one ");
        segment(SERVER, ACK, 501, 109, "");
        segment(CLIENT, TcpFlags.RST, 109, 0, "");
        assertEquals(List.of("one two "), delivered(CLIENT));
    }

    @Test
    void shouldTakeResetBehindDataThatIsMissingFromSelectiveHosts() {
        frame(tcp(CLIENT, TcpFlags.SYN, 100, 0).options(SACK_PERMITTED));
        frame(tcp(SERVER, TcpFlags.SYN | ACK, 500, 101).options(SACK_PERMITTED));
        segment(CLIENT, ACK, 101, 501, "one ");
        segment(CLIENT, ACK, 109, 501, "three");
        segment(CLIENT, TcpFlags.RST, 114, 0, "");
        segment(CLIENT, ACK, 105, 501, "two ");
        assertEquals(List.of("one "), delivered(CLIENT));
    }

    @Test
    void shouldRefuseResetOfWhatWasAcknowledgedThoughMoreHasCome() {
        open(100, 500);
        segment(CLIENT, ACK, 101, 501, "one ");
        segment(SERVER, ACK, 501, 105, "");
        segment(CLIENT, ACK, 105, 501, "two ");
        segment(CLIENT, TcpFlags.RST, 105, 0, "");
        segment(CLIENT, ACK, 109, 501, "three");
        assertEquals(List.of("one two three"), delivered(CLIENT));
    }

    @Test
    void shouldGoOnThoughDataOfTheOldConnectionComesBeforeTheHandshakeIsOver() {
        segment(CLIENT, TcpFlags.SYN, 100_000, 0, "");
        segment(SERVER, TcpFlags.SYN | ACK, 70_000, 100_001, "");
        segment(CLIENT, ACK, 101, 501, "old");
        segment(SERVER, TcpFlags.RST, 501, 0, "");
        segment(CLIENT, ACK, 100_001, 70_001, "new");
        segment(SERVER, ACK, 70_001, 100_004, "fresh");
        assertEquals(List.of("new"), delivered(CLIENT));
        assertEquals(List.of("fresh"), delivered(SERVER));
    }

    @Test
    void shouldDeliverNothingMoreToHostThatAnswersWithReset() {
        open(100, 500);
        segment(CLIENT, ACK, 101, 501, "ask");
        segment(SERVER, ACK, 501, 104, "one ");
        segment(CLIENT, ACK | TcpFlags.FIN, 104, 505, "bye");
        segment(SERVER, ACK, 505, 104, "two ");
        segment(CLIENT, TcpFlags.RST, 104, 0, "");
        segment(SERVER, ACK, 509, 104, "three");
        assertEquals(List.of("askbye"), delivered(CLIENT));
        assertEquals(List.of("one two "), delivered(SERVER));
    }

    @Test
    void shouldOpenAnewThoughTheOldConnectionAnswersTheSynFirst() {
        open(100, 500);
        segment(CLIENT, ACK | TcpFlags.FIN, 101, 501, "old");
        segment(SERVER, ACK | TcpFlags.FIN, 501, 105, "past");
        segment(CLIENT, ACK, 105, 506, "");
        segment(CLIENT, TcpFlags.SYN, 100_000, 0, "");
        // It is in TIME-WAIT and says what it expects; the client resets what it does not know and is let in.
        segment(SERVER, ACK, 506, 105, "");
        segment(CLIENT, TcpFlags.RST, 105, 0, "");
        segment(CLIENT, TcpFlags.SYN, 100_000, 0, "");
        segment(SERVER, TcpFlags.SYN | ACK, 70_000, 100_001, "");
        segment(CLIENT, ACK, 100_001, 70_001, "new");
        segment(SERVER, ACK, 70_001, 100_004, "fresh");
        segment(CLIENT, ACK, 100_004, 70_006, "");
        assertEquals(List.of("old", "new"), delivered(CLIENT));
        assertEquals(List.of("past", "fresh"), delivered(SERVER));
    }

    private void open(final int client, final int server) {
        segment(CLIENT, TcpFlags.SYN, client, 0, "");
        segment(SERVER, TcpFlags.SYN | ACK, server, client + 1, "");
        segment(CLIENT, ACK, client + 1, server + 1, "");
    }

    private void stamped(final int port, final int sequence, final int acknowledgement, final int time,
        final String data) {
        frame(tcp(port, ACK, sequence, acknowledgement)
            .options(ByteBuffer.allocate(12).putInt(0x0101080a).putInt(time).array()).payload(data));
    }

    private void segment(final int port, final int flags, final int sequence, final int acknowledgement,
        final String data) {
        frame(tcp(port, flags, sequence, acknowledgement).payload(data));
    }

    private static PacketBuilder tcp(final int port, final int flags, final int sequence, final int acknowledgement) {
        final boolean client = port == CLIENT;
        return PacketBuilder.ethernet().ipv4(client ? "192.0.2.1" : "192.0.2.2", client ? "192.0.2.2" : "192.0.2.1")
            .tcp(port, client ? SERVER : CLIENT).flags(flags).seq(sequence).ack(acknowledgement).window(10_000);
    }

    private void frame(final PacketBuilder packet) {
        frames.add(new Passage(1_700_000_000_000_000_000L + frames.size() * 1_000_000L, Passage.Place.TO_RIGHT, 0,
            packet.build()));
    }

    private List<String> delivered(final int port) {
        return Replay.of(frames, new StreamContext()).getOrDefault(port, List.of()).stream()
            .map(stream -> new String(stream.bytes(), StandardCharsets.US_ASCII)
                + (stream.gapBytes() == 0 ? "" : " and a gap of " + stream.gapBytes()))
            .toList();
    }
}
