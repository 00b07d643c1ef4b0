package io.weir.protocol.content.brotli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class BlocksTest {
    @Test
    void shouldNeverLeaveTheOnlyBlockType() {
        final Blocks blocks = new Blocks();
        final BitInput in = new BitInput();
        in.set(new byte[1], 0, 1);
        blocks.begin();
        in.mark();
        assertTrue(blocks.isReadyAfter(in, new PrefixCodeReader(), new PrefixCodes()));
        // words of which nothing is left make elements without end in a meta-block
        for (int i = 0; i < 1 << 24; i++) {
            blocks.count();
        }
        assertFalse(blocks.isOver());
    }
}
