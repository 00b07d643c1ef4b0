package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.DecodeError;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import org.junit.jupiter.api.Test;

class DecoderCountsTest {
    private final DecoderCounts counts = new DecoderCounts();

    private static Frame frame(final LayerType... types) {
        final Frame frame = new Frame();
        for (final LayerType type : types) {
            frame.layers[frame.layerCount++] = type.ordinal() << 24 | 14;
        }
        return frame;
    }

    @Test
    void countsEachHeaderOfPlainFramesAndOfAllOthers() {
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP));
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.UDP));
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV4));
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.UDP, LayerType.IPV4));
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV6, LayerType.TCP));
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.IPV4));

        assertEquals(6, counts.layers(LayerType.ETHERNET));
        assertEquals(7, counts.layers(LayerType.IPV4));
        assertEquals(1, counts.layers(LayerType.IPV6));
        assertEquals(2, counts.layers(LayerType.TCP));
        assertEquals(2, counts.layers(LayerType.UDP));
    }

    @Test
    void countsTheHeadersOfFramesWithAnErrorToo() {
        final Frame frame = frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP);
        frame.error = DecodeError.NEGATIVE_LENGTH.ordinal();

        counts.count(frame);

        assertEquals(1, counts.layers(LayerType.IPV4));
        assertEquals(1, counts.errors(DecodeError.NEGATIVE_LENGTH));
        assertEquals(1, counts.invalid());
    }

    @Test
    void addsWhatSeveralWorkersCounted() {
        counts.count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP));
        final DecoderCounts other = new DecoderCounts();
        other.count(frame(LayerType.ETHERNET, LayerType.IPV4, LayerType.TCP));

        assertEquals(2, counts.add(other).layers(LayerType.TCP));
        assertEquals(2, counts.layers(LayerType.ETHERNET));
    }
}
