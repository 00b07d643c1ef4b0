package io.weir.output;

import static io.weir.output.JsonWriter.ascii;
import static io.weir.output.JsonWriter.next;

import io.weir.event.FlowEvent;
import io.weir.event.StreamEvent;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The file {@code streams.jsonl}: one line for each stream file, in the order in which the streams ended. */
final class StreamIndexOutput implements RecordOutput {
    private static final byte[] SRC_IP = ascii("{\"src_ip\":");
    private static final byte[] SRC_PORT = next("src_port");
    private static final byte[] DEST_IP = next("dest_ip");
    private static final byte[] DEST_PORT = next("dest_port");
    private static final byte[] START = next("start");
    private static final byte[] BYTES = next("bytes");
    private static final byte[] GAP_BYTES = next("gap_bytes");
    private static final byte[] SHA256 = ascii(",\"sha256\":\"");
    private static final byte[] FILE = ascii("\",\"file\":");

    private final JsonWriter json = new JsonWriter();
    private final EveWriter writer;

    /**
     * Creates the file, for its owner alone.
     *
     * @throws IOException if there is one already, or it cannot be created
     */
    StreamIndexOutput(final Path file) throws IOException {
        FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW,
            LinkOption.NOFOLLOW_LINKS), StreamFile.OWNER_ONLY).close();
        writer = new EveWriter(file, true, true);
    }

    @Override
    public void stream(final StreamEvent event) {
        final FlowEvent flow = event.flow();
        json.begin().raw(SRC_IP).address(flow.ipVersion(), flow.initiatorHi(), flow.initiatorLo());
        json.raw(SRC_PORT).number(flow.initiatorPort());
        json.raw(DEST_IP).address(flow.ipVersion(), flow.responderHi(), flow.responderLo());
        json.raw(DEST_PORT).number(flow.responderPort());
        json.raw(START).timestamp(event.startNs());
        json.raw(BYTES).number(event.bytes()).raw(GAP_BYTES).number(event.gapBytes());
        json.raw(SHA256);
        for (int i = 0; i < StreamEvent.HASH_LENGTH; i++) {
            json.hex(event.hash(i));
        }
        json.raw(FILE).string(StreamName.of(StreamName.endpoints(flow), event.number())).raw('}');
        writer.line(json);
    }

    @Override
    public void advance(final long nowNs) {
        writer.flush();
    }

    @Override
    public void flush() {
        writer.flush();
    }

    @Override
    public long lost() {
        return writer.lost();
    }

    @Override
    public void close() {
        writer.close();
    }
}
