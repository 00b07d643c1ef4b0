package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Answer;
import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.Talk;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How often detectors are asked about a stream that nobody knows. */
final class RecognitionTest {
    private final Inspection flow = new Inspection(null, 0);
    private final Bytes piece = new Bytes();
    private int asked;
    private long looked;
    private int enough = Integer.MAX_VALUE;
    private final Protocol asking = Protocol.named("asking", "Asking").tcp(probe -> {
        asked++;
        looked += probe.now().length();
        return probe.now().u8(0) == 'b' || probe.now().length() >= enough ? Answer.YES
            : probe.now().u8(0) == 'm' ? Answer.MORE : Answer.NO;
    }).build();
    private final Recognition recognition = new Recognition(new Candidates(List.of(asking)));

    /** A piece comes of a connection picked up in the middle, as {@link StreamClassifier} takes it. */
    private boolean isFound(final byte[] bytes) {
        final Beginnings beginnings = flow.beginnings();
        piece.wrap(bytes, 0, bytes.length);
        beginnings.arrived(0);
        beginnings.keep(0, piece, Probe.MAX_STREAM);
        recognition.askGrown(flow, true);
        if (recognition.found() == null) {
            recognition.askAgain(flow, true, piece);
        }
        return recognition.found() != null;
    }

    private void begin() {
        Protocol.number(List.of(asking), new ArrayList<>(), new ArrayList<>());
        flow.begin(1, false, true, true, 40_000, 9_999);
        flow.startOver(new Beginnings(new Beginnings.Sides(new BufferPool(1 << 20), 1024)), true);
        asked = 0;
        looked = 0;
    }

    @Test
    void shouldLookAtABeginningInPiecesAsManyTimesWhateverTheirNumber() {
        begin();
        for (int i = 0; i < 4 * Probe.MAX_STREAM; i++) {
            assertFalse(isFound(Talk.text("m")));
            flow.beginnings().open(0, recognition.wantsMore());
            assertTrue(recognition.wantsMore());
        }
        assertTrue(looked <= 44 * Probe.MAX_STREAM, looked + " bytes");
        assertTrue(asked <= 480, asked + " questions");
    }

    @Test
    void shouldAskAboutEachPieceOfAShortBeginning() {
        begin();
        enough = 150;
        for (int i = 1; i < enough; i++) {
            assertFalse(isFound(Talk.text("m")));
        }
        assertTrue(isFound(Talk.text("m")));
    }

    @Test
    void shouldAskAboutWhatIsLeftAFewTimes() {
        begin();
        for (int i = 0; i < 1001; i++) {
            assertFalse(isFound(Talk.text("m")));
        }
        final int before = asked;
        for (int i = 0; i < 20; i++) {
            assertFalse(recognition.isFoundInLeft(flow, true));
            assertFalse(isFound(Talk.text("m")));
        }
        assertTrue(asked - before <= 6, asked - before + " questions");
    }

    @Test
    void shouldAskAgainForBytesNotForPieces() {
        begin();
        for (int i = 0; i < Probe.MAX_STREAM; i++) {
            assertFalse(isFound(Talk.text("a")));
        }
        assertTrue(asked <= 1 + 4 + Probe.MAX_STREAM / 32, asked + " questions");
    }

    @Test
    void shouldAskAgainAboutEachPieceOfSomeLength() {
        begin();
        for (int i = 0; i < Probe.MAX_STREAM / 32; i++) {
            assertFalse(isFound(Talk.text("a".repeat(32))));
        }
        assertEquals(1 + Probe.MAX_STREAM / 32, asked);
        assertTrue(isFound(Talk.text("b")));
    }
}
