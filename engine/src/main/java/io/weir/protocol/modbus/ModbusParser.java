package io.weir.protocol.modbus;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;

/** Pairs requests with responses by transaction and unit; one record for each pair, and for what stays half. */
final class ModbusParser extends StreamParser {
    private static final int OUTSTANDING = 16;

    private final Transaction[] open = new Transaction[OUTSTANDING];
    private final int[] keys = new int[OUTSTANDING];
    private final Bytes body = new Bytes();
    private int count;
    private long told;

    @Override
    protected void started() {
        count = 0;
        told = 0;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        while (true) {
            final Bytes head = input.peek(Modbus.HEADER + 1);
            if (head == null) {
                return;
            }
            final int length = head.u16(4);
            if (head.u16(2) != 0 || length < 2 || length > Modbus.LONGEST) {
                // Not a header: nothing tells where the next one is.
                flow.skipped(input.available());
                input.skipAll();
                return;
            }
            final Bytes message = input.take(6 + length);
            if (message == null) {
                return;
            }
            if (fromClient) {
                request(message);
            } else {
                response(message);
            }
        }
    }

    private void request(final Bytes message) {
        if (count == OUTSTANDING) {
            close(0);
        }
        final Transaction t = open();
        t.begin(Modbus.REQUEST);
        ModbusTeller.tell(t, message, body, true);
        t.end();
        keys[count] = key(message);
        open[count++] = t;
    }

    private void response(final Bytes message) {
        flow.confirm();
        final int key = key(message);
        int at = 0;
        while (at < count && keys[at] != key) {
            at++;
        }
        final Transaction t = at < count ? open[at] : open();
        t.begin(Modbus.RESPONSE);
        ModbusTeller.tell(t, message, body, false);
        t.end();
        if (at < count) {
            close(at);
        } else {
            flow.close(t);
        }
    }

    private Transaction open() {
        final Transaction opened = flow.open(Modbus.RECORD);
        opened.put(Modbus.ID, ++told);
        return opened;
    }

    private static int key(final Bytes message) {
        return message.u16(0) << 8 | message.u8(6);
    }

    private void close(final int at) {
        final Transaction t = open[at];
        count--;
        System.arraycopy(open, at + 1, open, at, count - at);
        System.arraycopy(keys, at + 1, keys, at, count - at);
        open[count] = null;
        flow.close(t);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        // Each message has nearly always a segment of its own: the next bytes are taken for a header, and checked.
    }

    @Override
    protected void ended() {
        while (count > 0) {
            close(0);
        }
    }
}
