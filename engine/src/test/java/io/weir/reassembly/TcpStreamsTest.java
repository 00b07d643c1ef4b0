package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.weir.base.Counter;
import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.PcapngWriter;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reassembly as a library: the example of {@link TcpStreams} on a capture file. */
class TcpStreamsTest {
    private static final String CLIENT = "192.0.2.1";
    private static final String SERVER = "198.51.100.1";

    private final List<TextConsumer> heard = new ArrayList<>();
    private final List<byte[]> packets = new ArrayList<>();
    private long memoryBefore;
    @TempDir
    private Path directory;

    /** Keeps a stream as text, the end and gaps in brackets; wants no more after so many bytes. */
    private static final class TextConsumer implements StreamConsumer {
        private final StringBuilder text;
        private final int wanted;

        TextConsumer(final String name, final int wanted) {
            text = new StringBuilder(name);
            this.wanted = wanted + name.length();
        }

        @Override
        public void data(final DirectBuffer buffer, final int offset, final int length, final long streamOffset,
            final long timestampNs) {
            text.append(buffer.getStringWithoutLengthAscii(offset, length));
        }

        @Override
        public void gap(final long length) {
            text.append('[').append(length).append(']');
        }

        @Override
        public void end(final StreamEnd reason) {
            text.append('[').append(reason.label()).append(']');
        }

        @Override
        public boolean wantsMore() {
            return text.length() < wanted;
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }

    @BeforeEach
    void noteMemory() {
        memoryBefore = NativeMemory.inUse();
    }

    @AfterEach
    void shouldFreeAllMemory() {
        assertEquals(memoryBefore, NativeMemory.inUse());
    }

    private void client(final int flags, final long seq, final long ack, final String data) {
        packets.add(PacketBuilder.ethernet().ipv4(CLIENT, SERVER).tcp(40_000, 80).flags(flags).seq(seq).ack(ack)
            .payload(data).build());
    }

    private void server(final int flags, final long seq, final long ack, final String data) {
        packets.add(PacketBuilder.ethernet().ipv4(SERVER, CLIENT).tcp(80, 40_000).flags(flags).seq(seq).ack(ack)
            .payload(data).build());
    }

    /** A request, an answer whose two segments come in the wrong order, and both ends. */
    private void exchange() {
        client(TcpFlags.SYN, 100, 0, "");
        server(TcpFlags.SYN | TcpFlags.ACK, 500, 101, "");
        client(TcpFlags.ACK, 101, 501, "GET /");
        server(TcpFlags.ACK, 506, 106, "world");
        server(TcpFlags.ACK, 501, 106, "hello");
        client(TcpFlags.ACK | TcpFlags.FIN, 106, 511, "");
        server(TcpFlags.ACK | TcpFlags.FIN, 511, 107, "");
    }

    private Path capture() {
        final Path file = directory.resolve("web.pcapng");
        final Frame frame = new Frame();
        frame.linkType = LinkType.ETHERNET;
        frame.timestampNs = 1_700_000_000_000_000_000L;
        try (PcapngWriter writer = PcapngWriter.create(file,
            List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)));
            NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 2_048, 64)) {
            for (final byte[] packet : packets) {
                UnsafeApi.copyMemory(packet, BufferUtil.ARRAY_BASE_OFFSET, null, region.address(), packet.length);
                frame.address = region.address();
                frame.capturedLength = packet.length;
                frame.wireLength = packet.length;
                frame.timestampNs += 1_000_000;
                writer.write(frame);
            }
        }
        return file;
    }

    private StreamConsumer open(final boolean fromInitiator, final int wanted) {
        heard.add(new TextConsumer(fromInitiator ? "> " : "< ", wanted));
        return heard.get(heard.size() - 1);
    }

    private String read(final StreamConsumers consumers) {
        final Decoder decoder = new Decoder();
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(capture(), FileSource.DEFAULT_BLOCKS);
            TcpStreams streams = new TcpStreams(consumers)) {
            while (!source.isExhausted()) {
                if (source.next(frame)) {
                    decoder.decode(frame);
                    streams.onFrame(frame);
                    source.release(frame.source, frame.block);
                }
            }
        }
        return heard.toString();
    }

    @Test
    void shouldReadBothDirectionsOfAConnectionFromAFile() {
        exchange();
        assertEquals("[> GET /[fin], < helloworld[fin]]", read((flow, fromInitiator) -> open(fromInitiator, 1_000)));
    }

    @Test
    void shouldTellEndpointsWhenAStreamOpens() {
        exchange();
        final List<String> names = new ArrayList<>();
        read((flow, fromInitiator) -> {
            names.add(StreamNames.of(flow, fromInitiator));
            return null;
        });
        assertEquals(List.of("192.0.2.1:40000 > 198.51.100.1:80", "198.51.100.1:80 > 192.0.2.1:40000"), names);
    }

    @Test
    void shouldEndWhatIsOpenWhenItCloses() {
        client(TcpFlags.SYN, 100, 0, "");
        client(TcpFlags.ACK, 101, 501, "GET");
        client(TcpFlags.ACK, 106, 501, "late");
        assertEquals("[> GET[2]late[shutdown]]", read((flow, fromInitiator) -> open(fromInitiator, 1_000)));
    }

    @Test
    void shouldTellNothingMoreButTheEndOnceAConsumerHasEnough() {
        exchange();
        assertEquals("[> GET /[fin], < hello[fin]]", read((flow, fromInitiator) -> open(fromInitiator, 5)));
    }

    @Test
    void shouldAskAgainForANewConnectionBetweenTheSameEndpoints() {
        exchange();
        client(TcpFlags.ACK, 107, 512, "");
        client(TcpFlags.SYN, 9_000, 0, "");
        server(TcpFlags.SYN | TcpFlags.ACK, 7_000, 9_001, "");
        client(TcpFlags.ACK, 9_001, 7_001, "again");
        assertEquals("[> GET /[fin], < helloworld[fin], > again[shutdown]]",
            read((flow, fromInitiator) -> open(fromInitiator, 1_000)));
    }

    @Test
    void shouldEndConnectionsThatFallSilent() {
        client(TcpFlags.SYN, 100, 0, "");
        client(TcpFlags.ACK, 101, 501, "GET");
        final Decoder decoder = new Decoder();
        final Frame frame = new Frame();
        try (FileSource source = FileSource.open(capture(), 1);
            TcpStreams streams = new TcpStreams((flow, fromInitiator) -> open(fromInitiator, 1_000))) {
            while (source.next(frame)) {
                decoder.decode(frame);
                streams.onFrame(frame);
            }
            frame.timestampNs += 3_599_000_000_000L;
            frame.ipVersion = 0;
            streams.onFrame(frame);
            assertEquals("[> GET[timeout]]", heard.toString());
            assertEquals(1, streams.count(Counter.TCP_CONNECTIONS));
        }
    }

    @Test
    void shouldPutFragmentsTogetherFirst() {
        client(TcpFlags.SYN, 100, 0, "");
        client(TcpFlags.ACK, 101, 501, "in two fragments");
        final byte[] whole = packets.remove(1);
        final int headers = 14 + 20;
        final byte[] segment = Arrays.copyOfRange(whole, headers, whole.length);
        for (final int[] range : new int[][] {{24, segment.length}, {0, 24}}) {
            packets.add(PacketBuilder.ethernet().ipv4(CLIENT, SERVER).fragment(7, range[0], range[0] == 0).protocol(6)
                .payload(Arrays.copyOfRange(segment, range[0], range[1])).build());
        }
        assertEquals("[> in two fragments[shutdown]]", read((flow, fromInitiator) -> open(fromInitiator, 1_000)));
    }

    @Test
    void shouldFreeItsMemoryWhenAConsumerFails() {
        exchange();
        assertThrows(IllegalStateException.class, () -> read((flow, fromInitiator) -> {
            throw new IllegalStateException("disk full");
        }));
    }
}
