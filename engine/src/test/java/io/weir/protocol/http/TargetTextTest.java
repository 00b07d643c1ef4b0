package io.weir.protocol.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Bytes;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Targets that are told as they stand are those that stay the same when they are normalised. */
final class TargetTextTest {
    private static final String[] PARTS = {"/", "/", "a", "b.c", ".", "..", "?", "#", "%41", "%", "\\", "\u00e4", " "};

    private final TargetText text = new TargetText();
    private final Bytes bytes = new Bytes();
    private final Random random = new Random(21);

    @Test
    void shouldFindThePathInPlaceAsInTheNormalisedTarget() {
        for (int round = 0; round < 20_000; round++) {
            final String target = target();
            final String found = string(text.path(wrap(target)));
            assertEquals(normalised(target).substring(0, text.pathLength()), found, target);
        }
    }

    @Test
    void shouldCallATargetNormalOnlyIfItStaysTheSame() {
        int normal = 0;
        for (int round = 0; round < 20_000; round++) {
            final String target = target();
            if (PlainMessage.isTargetNormal(wrap("GET " + target + " HTTP/1.1\r"))) {
                assertEquals(target, normalised(target));
                normal++;
            }
        }
        assertTrue(normal > 0);
    }

    private String target() {
        final StringBuilder target = new StringBuilder("/");
        for (int i = random.nextInt(7); i > 0; i--) {
            target.append(PARTS[random.nextInt(PARTS.length)]);
        }
        return target.toString();
    }

    private String normalised(final String target) {
        text.normalise(wrap(target), 0, target.length());
        return new String(text.bytes(), 0, text.length(), ISO_8859_1);
    }

    private Bytes wrap(final String value) {
        return bytes.wrap(value.getBytes(ISO_8859_1), 0, value.length());
    }

    private static String string(final Bytes view) {
        final byte[] copy = new byte[view.length()];
        view.copyTo(0, copy, 0, copy.length);
        return new String(copy, ISO_8859_1);
    }
}
