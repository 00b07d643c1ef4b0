package io.weir.rule.detect;

import static io.weir.rule.TestContent.content;
import static io.weir.rule.TestRule.fieldOf;
import static io.weir.rule.TestRule.rule;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import io.weir.protocol.catalogue.Protocols;
import io.weir.protocol.file.Files;
import io.weir.rule.compile.RuleCompiler;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.match.TransactionFields;
import io.weir.rule.model.Buffer;
import io.weir.rule.pattern.PatternLibrary;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Values that come in pieces: nothing is found in them exactly if nothing is in the whole. */
final class ValuePiecesTest {
    private static final String NEEDLE = "a needle that is longer than a pattern may be";

    private final ValuePieces pieces = new ValuePieces(new Scan());
    private final Transaction transaction = new Transaction(new BufferPool(1 << 20));
    private LoadedSet set;
    private LoadedSet other;

    @BeforeEach
    void load() {
        set = loaded(1);
        other = loaded(2);
        open();
    }

    private static LoadedSet loaded(final int key) {
        final RuleSet rules = new RuleCompiler(PatternLibrary.choose(PatternLibrary.Choice.JAVA)).compile(List.of(
            rule(1).where(fieldOf("file.data", Buffer.Side.TO_CLIENT, content(NEEDLE).step())).build(),
            rule(2).where(fieldOf("file.data", Buffer.Side.TO_SERVER, content("upload").step())).build()));
        rules.retain();
        rules.close();
        return new LoadedSet(key, rules);
    }

    @AfterEach
    void close() {
        set.close();
        other.close();
        transaction.release();
    }

    private void open() {
        transaction.release();
        transaction.open(Protocols.records().get(0));
    }

    private void take(final LoadedSet with, final boolean byClient, final boolean begins, final String text) {
        final byte[] given = text.getBytes(StandardCharsets.ISO_8859_1);
        final Bytes bytes = new Bytes().wrap(given, 0, given.length);
        pieces.take(with, transaction, byClient, Files.DATA, begins, bytes);
        transaction.inspected(byClient).append(Files.DATA, begins, bytes);
    }

    private boolean foundNothing(final LoadedSet with, final boolean byClient) {
        return pieces.foundNothing(with, transaction,
            byClient ? TransactionFields.BY_CLIENT : TransactionFields.BY_SERVER, Files.DATA.id());
    }

    @Test
    void shouldFindWhatLiesAcrossPieces() {
        final Random random = new Random(12);
        for (int round = 0; round < 500; round++) {
            open();
            final String noise = "x a needle that is y ".repeat(random.nextInt(20));
            final boolean is = random.nextBoolean();
            final String value = noise + (is ? NEEDLE : NEEDLE.replace("longer", "larger"))
                + "z".repeat(random.nextInt(100));
            for (int at = 0; at < value.length();) {
                final int length = Math.min(value.length() - at, 1 + random.nextInt(random.nextBoolean() ? 4 : 60));
                take(set, false, false, value.substring(at, at + length));
                at += length;
            }
            assertEquals(!is, foundNothing(set, false), "in round " + round);
        }
    }

    @Test
    void shouldNotJoinWhatAGapParts() {
        take(set, false, false, NEEDLE.substring(0, 20));
        take(set, false, true, NEEDLE.substring(20));
        assertTrue(foundNothing(set, false));
    }

    @Test
    void shouldTellSidesApart() {
        take(set, true, false, "up");
        take(set, false, false, "nothing, not even an upload");
        assertTrue(foundNothing(set, true));
        assertTrue(foundNothing(set, false));
        take(set, true, false, "load");
        assertFalse(foundNothing(set, true));
        assertTrue(foundNothing(set, false));
        assertFalse(pieces.foundNothing(set, transaction,
            TransactionFields.BY_CLIENT | TransactionFields.BY_SERVER, Files.DATA.id()));
    }

    @Test
    void shouldKnowNothingOfWhatAnotherSetHasScanned() {
        assertFalse(foundNothing(set, false), "nothing was scanned yet");
        take(set, false, false, "nothing");
        assertTrue(foundNothing(set, false));
        assertFalse(foundNothing(other, false));
        take(other, false, false, "nothing");
        assertFalse(foundNothing(set, false));
        assertFalse(foundNothing(other, false), "its beginning was scanned with another set");
    }
}
