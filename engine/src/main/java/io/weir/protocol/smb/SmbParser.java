package io.weir.protocol.smb;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;

/**
 * Cuts the streams into messages and pairs answers with commands. Only the beginning of a message is looked at; what is
 * read from or written to files is skipped by length.
 */
final class SmbParser extends StreamParser {
    /** Most bytes of a message that are looked at. */
    private static final int KEPT = 4 * 1024;
    /** The same for reads and writes, whose headers suffice. */
    private static final int KEPT_OF_DATA = 128;
    private static final int SMB1_HEADER = 33;
    private static final int SMB2_HEADER = 64;
    private static final int OUTSTANDING = 16;
    private static final int MOST_COMPOUNDED = 16;

    private static final int READ = 8;
    private static final int WRITE = 9;
    private static final int SMB1_READ = 0x2e;
    private static final int SMB1_WRITE = 0x2f;
    private static final long PENDING = 0x103;

    private final Transaction[] open = new Transaction[OUTSTANDING];
    private final long[] keys = new long[OUTSTANDING];
    private final boolean[] lost = new boolean[2];
    private final Bytes message = new Bytes();
    private final Smb1Teller smb1 = new Smb1Teller();
    private final Smb2Teller smb2 = new Smb2Teller();
    private int count;
    private long told;

    @Override
    protected void started() {
        count = 0;
        told = 0;
        lost[0] = flow.isMidStream();
        lost[1] = flow.isMidStream();
        smb1.reset();
        smb2.reset();
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final int side = fromClient ? 0 : 1;
        while (!lost[side] || find(input, side)) {
            final Bytes head = input.peek(Smb.NETBIOS);
            if (head == null) {
                return;
            }
            final int type = head.u8(0);
            final int length = head.u24(1);
            if (type >= 0x81 && type <= 0x85) {
                input.skip(Smb.NETBIOS + (long) length);
            } else if (type != 0 || length < SMB1_HEADER) {
                lost[side] = true;
                input.skip(1);
                flow.skipped(1);
            } else if (!message(fromClient, input, length)) {
                return;
            }
        }
    }

    /** Reads a message; false if its beginning is not there yet. */
    private boolean message(final boolean fromClient, final StreamInput input, final int length) {
        final Bytes head = input.peek(Smb.NETBIOS + SMB1_HEADER);
        if (head == null) {
            return false;
        }
        if (head.u24(5) != Smb.SMB) {
            lost[fromClient ? 0 : 1] = true;
            input.skip(1);
            flow.skipped(1);
            return true;
        }
        final int version = head.u8(4);
        if (version == Smb.ENCRYPTED || version == Smb.COMPRESSED) {
            if (version == Smb.ENCRYPTED) {
                flow.encrypted();
            }
            input.skip(Smb.NETBIOS + (long) length);
            return true;
        }
        final int kept = Math.min(length, isData(head, fromClient) ? KEPT_OF_DATA : KEPT);
        final Bytes taken = input.take(Smb.NETBIOS + kept);
        if (taken == null) {
            return false;
        }
        if (version == Smb.VERSION_2) {
            compound(taken);
        } else if (version == Smb.VERSION_1) {
            one(taken);
        }
        input.skip(length - kept);
        return true;
    }

    private static boolean isData(final Bytes head, final boolean fromClient) {
        if (head.u8(4) == Smb.VERSION_1) {
            return head.u8(8) == (fromClient ? SMB1_WRITE : SMB1_READ);
        }
        return head.u16le(16) == (fromClient ? WRITE : READ) && head.u32le(24) == 0;
    }

    /** Version 2: messages may be chained, each saying where the next one begins. */
    private void compound(final Bytes taken) {
        int at = Smb.NETBIOS;
        for (int i = 0; i < MOST_COMPOUNDED && taken.has(at, SMB2_HEADER); i++) {
            final long next = taken.u32le(at + 20);
            message.wrap(taken, at, next >= SMB2_HEADER && next <= KEPT ? (int) next : taken.length() - at);
            if (message.u24(1) != Smb.SMB) {
                return;
            }
            two(message);
            if (next < SMB2_HEADER || next > KEPT) {
                return;
            }
            at += (int) next;
        }
    }

    private void two(final Bytes b) {
        final int command = b.u16le(12);
        final boolean response = (b.u8(16) & 1) == 1;
        if (command == READ || command == WRITE) {
            return;
        }
        final long key = b.u64le(24) << 8 | command | 0x80;
        if (!response) {
            final Transaction t = request(key);
            smb2.request(t, b, command);
            return;
        }
        if (b.u32le(8) == PENDING) {
            return;
        }
        flow.confirm();
        final int at = indexOf(key);
        final Transaction t = at < 0 ? open() : open[at];
        smb2.response(t, b, command, at >= 0);
        finish(t, at);
    }

    private void one(final Bytes taken) {
        message.wrap(taken, Smb.NETBIOS, taken.length() - Smb.NETBIOS);
        final int command = message.u8(4);
        if (command == SMB1_READ || command == SMB1_WRITE) {
            return;
        }
        final long key = (long) message.u16le(30) << 32 | (long) message.u16le(26) << 8 | command | 1L << 62;
        if (message.u8(9) < 0x80) {
            smb1.request(request(key), message, command);
            return;
        }
        flow.confirm();
        final int at = indexOf(key);
        final Transaction t = at < 0 ? open() : open[at];
        smb1.response(t, message, command, at >= 0);
        finish(t, at);
    }

    private Transaction open() {
        final Transaction opened = flow.open(Smb.RECORD);
        opened.put(Smb.ID, ++told);
        return opened;
    }

    private Transaction request(final long key) {
        if (count == OUTSTANDING) {
            finish(open[0], 0);
        }
        final Transaction t = open();
        keys[count] = key;
        open[count++] = t;
        return t;
    }

    private int indexOf(final long key) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key) {
                return i;
            }
        }
        return -1;
    }

    /** Tells the dialect, which is known by now if it ever is, and closes. */
    private void finish(final Transaction t, final int at) {
        if (at >= 0) {
            count--;
            System.arraycopy(open, at + 1, open, at, count - at);
            System.arraycopy(keys, at + 1, keys, at, count - at);
            open[count] = null;
        }
        t.put(Smb.DIALECT, smb2.dialect() != null ? smb2.dialect() : smb1.dialect());
        flow.close(t);
    }

    /** Looks for the next message behind what could not be read. */
    private boolean find(final StreamInput input, final int side) {
        final int available = Math.min(input.available(), 32 * 1024);
        final Bytes some = available < 9 ? null : input.peek(available);
        if (some == null) {
            return false;
        }
        int at = Smb.NETBIOS;
        while (at <= available - 4 && (some.u24(at + 1) != Smb.SMB || some.u8(at) < Smb.COMPRESSED
            || some.u8(at - Smb.NETBIOS) != 0)) {
            at++;
        }
        // What is left may be the beginning of a message.
        input.skip(at - Smb.NETBIOS);
        flow.skipped(at - Smb.NETBIOS);
        lost[side] = at > available - 4;
        return !lost[side];
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        lost[fromClient ? 0 : 1] = true;
    }

    @Override
    protected void ended() {
        while (count > 0) {
            finish(open[0], 0);
        }
    }
}
