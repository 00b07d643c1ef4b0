package io.weir.rule.detect;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.RuleSet;
import io.weir.rule.compile.TransactionIndex;
import io.weir.rule.compile.TransactionIndex.BufferGroup;
import io.weir.rule.match.TransactionFields;
import java.util.BitSet;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Has values that come in pieces, such as bodies, scanned piece by piece where they lie, and notes in the transaction
 * whether anything was found: mostly nothing is, and then the value is not scanned again when it is told. One worker.
 */
final class ValuePieces {
    /** Of a pattern at least one byte lies in either piece. */
    private static final int OVERLAP = RuleSet.MAX_PATTERN - 1;
    /** In the mark of a transaction: the client's value was scanned; the server's in the next bit, as below. */
    private static final int SCANNED = 1 << 8;
    /** A pattern was found in it. */
    private static final int FOUND = 1 << 10;
    /** Which set it was scanned with, by the lower bits of its key. */
    private static final int KEY_SHIFT = 16;

    private final Scan scan;
    private final byte[] seam = new byte[2 * OVERLAP];
    private final UnsafeBuffer seamBuffer = new UnsafeBuffer(seam);
    /** Numbers of the fields that came in pieces. */
    private final BitSet fields = new BitSet();

    ValuePieces(final Scan scan) {
        this.scan = scan;
    }

    /** Takes a piece that is about to be added. */
    void take(final LoadedSet set, final Transaction transaction, final boolean byClient, final Field field,
        final boolean begins, final Bytes bytes) {
        final BufferGroup[] groups = set.rules.transactions().of(field);
        if (groups == null) {
            return;
        }
        final int side = byClient ? 0 : 1;
        final int key = set.key << KEY_SHIFT;
        int mark = transaction.mark();
        if ((mark & SCANNED << side) == 0) {
            fields.set(field.id());
            // the other side's value may have been scanned with another set: then both count as not scanned
            mark = mark & (1 << KEY_SHIFT) - 1 | key | SCANNED << side
                | ((mark & SCANNED << (side ^ 1)) != 0 && mark >>> KEY_SHIFT != key >>> KEY_SHIFT
                ? FOUND << (side ^ 1) : 0);
        } else if (mark >>> KEY_SHIFT != key >>> KEY_SHIFT) {
            mark |= FOUND << side;
        }
        if ((mark & FOUND << side) == 0 && isFound(set, groups, side, transaction, field, begins, bytes)) {
            mark |= FOUND << side;
        }
        transaction.mark(mark);
    }

    private boolean isFound(final LoadedSet set, final BufferGroup[] groups, final int side,
        final Transaction transaction, final Field field, final boolean begins, final Bytes bytes) {
        final var list = transaction.inspected(side == 0);
        final int told = begins ? 0 : list.valueLength(field);
        final int before = Math.min(told, OVERLAP);
        final int behind = Math.min(bytes.length(), OVERLAP);
        if (before > 0) {
            System.arraycopy(list.array(), list.length() - before, seam, 0, before);
            bytes.copyTo(0, seam, before, behind);
        }
        scan.begin(set.scanner);
        for (final BufferGroup group : groups) {
            if ((group.sides() & (side == 0 ? TransactionFields.BY_CLIENT : TransactionFields.BY_SERVER)) == 0
                || !group.transforms().isNone()) {
                continue;
            }
            for (int stage = 1; stage < TransactionIndex.STAGES; stage++) {
                add(set, group.stage(stage), bytes, told, before, behind);
                add(set, group.gated(stage), bytes, told, before, behind);
            }
        }
        scan.run();
        final boolean isFound = !set.ofTransaction.isEmpty();
        set.ofTransaction.clear();
        return isFound;
    }

    private void add(final LoadedSet set, final PatternGroup rules, final Bytes bytes, final int told,
        final int before, final int behind) {
        if (rules != null) {
            scan.add(rules, bytes.buffer(), bytes.length(), told, set.ofTransaction);
            if (before > 0) {
                scan.add(rules, seamBuffer, before + behind, told - before, set.ofTransaction);
            }
        }
    }

    /** True if a value came in pieces, all of them were scanned with this set, and nothing was found in any. */
    boolean foundNothing(final LoadedSet set, final Transaction transaction, final int sides, final int field) {
        final int mark = transaction.mark();
        final int side = sides == TransactionFields.BY_CLIENT ? 0 : 1;
        return (mark & (SCANNED | FOUND) << side) == SCANNED << side && sides != (TransactionFields.BY_CLIENT
            | TransactionFields.BY_SERVER) && fields.get(field) && mark >>> KEY_SHIFT == (set.key & 0xffff);
    }
}
