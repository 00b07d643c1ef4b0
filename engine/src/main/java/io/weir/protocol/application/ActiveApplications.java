package io.weir.protocol.application;

import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;

/**
 * The applications that an engine knows now. Any thread may replace them while others look up: what is recognised from
 * then on goes by the new table, and numbers that are on their way in records keep their names, because an application
 * keeps its number from table to table. Look-ups allocate nothing.
 */
public final class ActiveApplications implements ApplicationMatcher, ApplicationNames {
    private volatile ApplicationTable current;

    /** Begins with a table. */
    public ActiveApplications(final ApplicationTable first) {
        current = first;
    }

    /** The table in force. */
    @Override
    public ApplicationTable current() {
        return current;
    }

    /**
     * Puts another table in force. One thread at a time.
     *
     * @throws ApplicationFileException if more applications have come and gone than there are numbers; nothing changes
     */
    public void replace(final ApplicationTable next) throws ApplicationFileException {
        current = next.numberedAs(current);
    }

    @Override
    public int find(final NameKind kind, final Bytes bytes, final int from, final int length) {
        return current.find(kind, bytes, from, length);
    }

    @Override
    public int findAddress(final int ipVersion, final long hi, final long lo) {
        return current.findAddress(ipVersion, hi, lo);
    }

    @Override
    public Application of(final int number) {
        return current.of(number);
    }
}
