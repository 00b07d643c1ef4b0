package io.weir.packet.header;

/**
 * Walks the options of an IPv4 or TCP header: kind, length and data. Ends at the end-of-list option and at the first
 * option that does not fit.
 *
 * <pre>{@code
 * final OptionsView options = new OptionsView();
 * options.wrap(address + TcpHeader.MIN_LENGTH, tcp.headerLength() - TcpHeader.MIN_LENGTH);
 * while (options.next()) {
 *     use(options.kind(), options.dataOffset(), options.dataLength());
 * }
 * }</pre>
 */
public final class OptionsView extends HeaderView {
    private static final int END = 0;
    private static final int NO_OPERATION = 1;

    private int next;
    private int kind;
    private int dataOffset;
    private int dataLength;
    private boolean damaged;

    @Override
    public int minLength() {
        return 0;
    }

    @Override
    public boolean wrap(final long newAddress, final int available) {
        next = 0;
        damaged = false;
        return super.wrap(newAddress, available);
    }

    /** Goes to the next option; false if there is none. */
    public boolean next() {
        if (damaged || next >= available() || u8(next) == END) {
            return false;
        }
        kind = u8(next);
        if (kind == NO_OPERATION) {
            dataOffset = next + 1;
            dataLength = 0;
            next++;
            return true;
        }
        final int length = available() - next < 2 ? 0 : u8(next + 1);
        if (length < 2 || length > available() - next) {
            damaged = true;
            return false;
        }
        dataOffset = next + 2;
        dataLength = length - 2;
        next += length;
        return true;
    }

    /** Kind of the current option. */
    public int kind() {
        return kind;
    }

    /** Offset of the current option's data. */
    public int dataOffset() {
        return dataOffset;
    }

    /** Length of the current option's data. */
    public int dataLength() {
        return dataLength;
    }

    /** True if the walk ended at an option that does not fit. */
    public boolean damaged() {
        return damaged;
    }
}
