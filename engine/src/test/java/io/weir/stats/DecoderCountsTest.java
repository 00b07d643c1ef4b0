package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.DecodeError;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DecoderCountsTest {
    private final DecoderCounts counts = new DecoderCounts();

    private static Frame frame(final LayerType... types) {
        final Frame frame = new Frame();
        for (final LayerType type : types) {
            frame.setLayer(frame.layerCount++, type.ordinal() << 24 | 14);
        }
        frame.capturedLength = 60;
        frame.wireLength = 60;
        return frame;
    }

    private static Frame plain(final int layout, final LayerType... types) {
        final Frame frame = frame(types);
        frame.plain = layout;
        return frame;
    }

    private void count(final Frame... batch) {
        counts.count(batch, batch.length);
    }

    @Test
    void countsEachHeaderOfPlainFramesAndOfAllOthers() {
        final Frame tick = frame();
        tick.wireLength = 1500;
        tick.mark(Frame.TICK, 1);
        count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP), tick,
            plain(Frame.PLAIN_TCP, LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP),
            plain(Frame.PLAIN_UDP, LayerType.ETHERNET, LayerType.IPV4, LayerType.UDP),
            plain(Frame.PLAIN_TCP | Frame.PLAIN_IPV6, LayerType.ETHERNET, LayerType.IPV6, LayerType.TCP),
            plain(Frame.PLAIN_UDP | Frame.PLAIN_IPV6, LayerType.ETHERNET, LayerType.IPV6, LayerType.UDP),
            frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.UDP, LayerType.IPV4),
            frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.ICMPV4));

        assertEquals(7, counts.layers(LayerType.ETHERNET));
        assertEquals(6, counts.layers(LayerType.IPV4));
        assertEquals(2, counts.layers(LayerType.IPV6));
        assertEquals(3, counts.layers(LayerType.TCP));
        assertEquals(3, counts.layers(LayerType.UDP));
        assertEquals(1, counts.layers(LayerType.ICMPV4));
        assertEquals(7, counts.frames());
        assertEquals(7 * 60, counts.bytes());
        assertEquals(60, counts.longest());
    }

    @Test
    void countsAsManyFramesOfOneLayoutAsABatchMayHave() {
        final Frame[] batch = new Frame[DecoderCounts.MOST_AT_ONCE];
        for (int layout = 1; layout < Frame.PLAIN_END - 1; layout++) {
            Arrays.fill(batch, plain(layout));
            count(batch);
            assertEquals((long) layout * batch.length, counts.frames());
        }
    }

    @Test
    void countsTheHeadersOfFramesWithAnErrorToo() {
        final Frame frame = frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP);
        frame.error = DecodeError.NEGATIVE_LENGTH.ordinal();

        count(frame);

        assertEquals(1, counts.layers(LayerType.IPV4));
        assertEquals(1, counts.errors(DecodeError.NEGATIVE_LENGTH));
        assertEquals(1, counts.invalid());
    }

    @Test
    void addsWhatSeveralWorkersCounted() {
        count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP));
        final DecoderCounts other = new DecoderCounts();
        other.count(new Frame[] {plain(Frame.PLAIN_TCP, LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP)}, 1);

        assertEquals(2, counts.add(other).layers(LayerType.TCP));
        assertEquals(2, counts.layers(LayerType.ETHERNET));
    }
}
