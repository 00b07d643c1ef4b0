package io.weir.rule.detect;

import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.Protocol;
import io.weir.protocol.Transaction;
import io.weir.rule.compile.PatternGroup;
import io.weir.rule.compile.TransactionIndex;
import io.weir.rule.compile.TransactionIndex.BufferGroup;
import io.weir.rule.match.TransactionFields;
import org.agrona.BufferUtil;
import org.agrona.UnsafeApi;

/**
 * Tells of most transactions that no rule is asked of them: goes through the values once, where they lie, and notes,
 * copies and scans nothing. One worker.
 */
final class TransactionGlance {
    private static final int ANY_SIDE = TransactionFields.BY_CLIENT | TransactionFields.BY_SERVER;

    private final ValuePieces pieces;
    private LoadedSet set;
    private TransactionIndex index;
    private Transaction transaction;
    private int due;
    private int open;

    TransactionGlance(final ValuePieces pieces) {
        this.pieces = pieces;
    }

    /**
     * False if no rule is to be asked of a transaction; true if one may be.
     *
     * @param dueStages  the stages whose rules are to be asked: a bit for each
     * @param openStages those of them whose gated rules are, too
     */
    boolean mayBeAsked(final LoadedSet of, final Transaction told, final Protocol protocol, final int dueStages,
        final int openStages) {
        index = of.rules.transactions();
        if (index.asksAlways(dueStages, protocol)) {
            return true;
        }
        set = of;
        transaction = told;
        due = dueStages;
        open = openStages;
        return mayHold(told, ANY_SIDE, told.same(), told.sameAs())
            || told.inspectedLength(true) > 0 && mayHold(told.inspected(true), TransactionFields.BY_CLIENT, null, null)
            || told.inspectedLength(false) > 0
            && mayHold(told.inspected(false), TransactionFields.BY_SERVER, null, null);
    }

    /**
     * True if a value of a list may hold a pattern of a rule that is due.
     *
     * @param same   a field of the client that has the value of {@code sameAs}, or null
     */
    private boolean mayHold(final FieldList list, final int side, final Field same, final Field sameAs) {
        final int twin = same == null ? -1 : sameAs.id();
        final byte[] array = list.array();
        final long end = BufferUtil.ARRAY_BASE_OFFSET + list.length();
        long at = BufferUtil.ARRAY_BASE_OFFSET;
        while (at < end) {
            final int id = UnsafeApi.getShort(array, at) & 0xffff;
            final int length = UnsafeApi.getShort(array, at + 2) & 0xffff;
            at += FieldList.HEADER;
            if (length >= FieldList.SIBLING) {
                continue;
            }
            final BufferGroup[] groups = index.of(id);
            if (groups != null && mayHold(groups, id, side, array, at, length)
                || id == twin && index.of(same.id()) != null
                && mayHold(index.of(same.id()), same.id(), TransactionFields.BY_CLIENT, array, at, length)) {
                return true;
            }
            at += length;
        }
        return false;
    }

    private boolean mayHold(final BufferGroup[] groups, final int field, final int side, final byte[] array,
        final long address, final int length) {
        for (final BufferGroup group : groups) {
            if ((group.sides() & side) == 0) {
                continue;
            }
            for (int left = due; left != 0; left &= left - 1) {
                final int stage = Integer.numberOfTrailingZeros(left);
                if (mayHold(group, group.stage(stage), field, side, array, address, length)
                    || (open >>> stage & 1) != 0
                    && mayHold(group, group.gated(stage), field, side, array, address, length)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean mayHold(final BufferGroup group, final PatternGroup rules, final int field, final int side,
        final byte[] array, final long address, final int length) {
        return rules != null && (rules.always().length > 0
            || (group.changes() || rules.mayHold(array, address, length))
            && !(group.transforms().isNone() && pieces.foundNothing(set, transaction, side, field)));
    }
}
