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
    /** The same for reads and writes of pipes, in which calls may be. */
    private static final int KEPT_OF_CALLS = 1024;
    private static final int SMB1_HEADER = 33;
    private static final int SMB2_HEADER = 64;
    private static final int OUTSTANDING = 16;
    private static final int MOST_COMPOUNDED = 16;

    private static final int READ = 8;
    private static final int WRITE = 9;
    private static final int SMB1_TRANSACTION = 0x25;
    private static final int SMB1_READ = 0x2e;
    private static final int SMB1_WRITE = 0x2f;
    private static final long PENDING = 0x103;
    private static final int PIPE_SHARE = 2;

    private final Transaction[] open = new Transaction[OUTSTANDING];
    private final long[] keys = new long[OUTSTANDING];
    private final boolean[] lost = new boolean[2];
    private final Bytes message = new Bytes();
    private final Smb1Teller smb1 = new Smb1Teller();
    private final Smb2Teller smb2 = new Smb2Teller();
    private final Pipes pipes = new Pipes();
    /** Calls over pipes that these records tell; null for others. */
    private final PipeCall[] calls = new PipeCall[OUTSTANDING];
    /** What an earlier command of the chain that is being read opens, or null. */
    private Transaction creating;
    private int count;
    private long told;

    @Override
    protected void started() {
        count = 0;
        told = 0;
        lost[0] = flow.isMidStream();
        lost[1] = flow.isMidStream();
        smb1.reset();
        smb2.reset(flow.buffers());
        pipes.begin(flow.isMidStream());
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
        int kept = KEPT;
        if (isData(head, fromClient)) {
            final int header = version == Smb.VERSION_2 ? SMB2_HEADER : SMB1_HEADER;
            final Bytes whole = length < header ? head : input.peek(Smb.NETBIOS + header);
            if (whole == null) {
                return false;
            }
            kept = length >= header && pipes.mayBePipe(whole, Smb.NETBIOS) ? KEPT_OF_CALLS : KEPT_OF_DATA;
        }
        kept = Math.min(length, kept);
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
        creating = null;
        for (int i = 0; taken.has(at, SMB2_HEADER); i++) {
            if (i == MOST_COMPOUNDED) {
                flow.skipped(taken.length() - at);
                return;
            }
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
            if (pipes.mayBePipe(b, 0)) {
                data(b, command == WRITE, response);
            }
            return;
        }
        final long key = b.u64le(24) << 8 | command | 0x80;
        if (!response) {
            final boolean isCall = command == Smb2Teller.IOCTL && pipes.request(b);
            if (!isCall || !goesOn(key)) {
                final Transaction t = request(key, isCall);
                smb2.request(t, b, command, creating);
                creating = command == Smb2Teller.CREATE ? t : creating;
            }
            return;
        }
        if (b.u32le(8) == PENDING) {
            return;
        }
        flow.confirm();
        if (command == Smb2Teller.TREE_CONNECT && b.u32le(8) == 0) {
            pipes.tree(PipeData.session(b), b.u32le(36), b.u8(Smb2Teller.BODY + 2) == PIPE_SHARE);
        }
        final int at = indexOf(key);
        final Transaction t = at < 0 ? open() : open[at];
        smb2.response(t, b, command, at >= 0);
        answered(t, b, at);
    }

    /** A command is answered, and with it the call that it gave to a pipe. */
    private void answered(final Transaction t, final Bytes b, final int at) {
        if (at >= 0 && calls[at] != null && pipes.response(b) && pipes.answerInPart(calls[at])) {
            // the rest of the answer is read
            calls[at].isRead(true);
            calls[at].tellsStatus();
            skipRest();
        } else {
            finish(t, at);
        }
    }

    /** True if a call that was written in part ends with a command that is answered: its answer is the call's. */
    private boolean goesOn(final long key) {
        final int at = pipes.packet().isFirst() ? -1 : pipes.indexIn(calls, count);
        if (at < 0) {
            return false;
        }
        keys[at] = key;
        calls[at].isRead(false);
        pipes.askAll(calls[at]);
        skipRest();
        return true;
    }

    /** Takes the packets of calls in what is written to a pipe, or read from it. */
    private void data(final Bytes b, final boolean isWrite, final boolean response) {
        if (response == isWrite) {
            if (!response) {
                pipes.asked(b);
            }
            return;
        }
        boolean isPacket = isWrite ? pipes.written(b) : pipes.read(b);
        while (isPacket) {
            final int at = pipes.indexIn(calls, count);
            if (isWrite) {
                written(b, at);
            } else {
                answer(b, at);
            }
            isPacket = pipes.next();
        }
        skipRest();
    }

    /** Counts what is not looked at of the packets in a message, where there are too many. */
    private void skipRest() {
        if (pipes.left() > 0) {
            flow.skipped(pipes.left());
        }
    }

    /** Begins the record of a call, told by the message that holds its first packet. */
    private Transaction begin(final Bytes b, final boolean isWrite) {
        final Transaction t = request(0, false);
        if (b.u8(0) == Smb.VERSION_1) {
            Smb1Teller.head(t, b, isWrite ? SMB1_WRITE : SMB1_READ);
        } else {
            Smb2Teller.head(t, b, isWrite ? WRITE : READ);
        }
        calls[count - 1] = pipes.begin();
        calls[count - 1].isRead(true);
        return t;
    }

    private void written(final Bytes b, final int known) {
        final PipePacket packet = pipes.packet();
        if (!packet.isFirst() && packet.type() == PipePacket.REQUEST) {
            if (known >= 0) {
                pipes.ask(calls[known]);
            }
            return;
        }
        if (known >= 0 && !packet.isAnswered()) {
            // it is about the call that waits: takes it back, or ends its agreement
            return;
        }
        if (known >= 0) {
            finish(open[known], known);
        }
        final Transaction t = begin(b, true);
        pipes.ask(calls[count - 1]);
        if (!packet.isAnswered()) {
            finish(t, count - 1);
        }
    }

    private void answer(final Bytes b, final int known) {
        final PipePacket packet = pipes.packet();
        int at = known;
        if (at < 0) {
            if (packet.type() == PipePacket.BIND_ACK) {
                return;
            }
            begin(b, false);
            at = count - 1;
        }
        flow.confirm();
        if (pipes.answer(calls[at])) {
            if (!calls[at].isStatusTold()) {
                if (b.u8(0) == Smb.VERSION_1) {
                    smb1.status(open[at], b);
                } else {
                    smb2.status(open[at], b);
                }
            }
            finish(open[at], at);
        }
    }

    private void one(final Bytes taken) {
        message.wrap(taken, Smb.NETBIOS, taken.length() - Smb.NETBIOS);
        final int command = message.u8(4);
        final boolean response = message.u8(9) >= 0x80;
        if (command == SMB1_READ || command == SMB1_WRITE) {
            if (pipes.mayBePipe(message, 0)) {
                data(message, command == SMB1_WRITE, response);
            }
            return;
        }
        final long key = (long) message.u16le(30) << 32 | (long) message.u16le(26) << 8 | command | 1L << 62;
        if (!response) {
            final boolean isCall = command == SMB1_TRANSACTION && pipes.request(message);
            if (!isCall || !goesOn(key)) {
                smb1.request(request(key, isCall), message, command);
            }
            return;
        }
        flow.confirm();
        if (command == Smb1Teller.TREE_CONNECT && message.u32le(5) == 0) {
            pipes.tree(PipeData.session(message), message.u16le(24), Smb1Teller.isOfPipes(message));
        }
        final int at = indexOf(key);
        final Transaction t = at < 0 ? open() : open[at];
        smb1.response(t, message, command, at >= 0);
        answered(t, message, at);
    }

    private Transaction open() {
        final Transaction opened = flow.open(Smb.RECORD);
        opened.put(Smb.ID, ++told);
        return opened;
    }

    /** Opens the record of a command that is answered; if it is one, with the call whose packet is looked at. */
    private Transaction request(final long key, final boolean isCall) {
        if (count == OUTSTANDING) {
            finish(open[0], 0);
        }
        final Transaction t = open();
        keys[count] = key;
        open[count] = t;
        if (isCall) {
            calls[count] = pipes.begin();
            pipes.askAll(calls[count]);
            skipRest();
        }
        count++;
        return t;
    }

    private int indexOf(final long key) {
        for (int i = 0; i < count; i++) {
            if (keys[i] == key && (calls[i] == null || !calls[i].isRead())) {
                return i;
            }
        }
        return -1;
    }

    /** Tells a call and the dialect, which are known by now if they ever are, and closes. */
    private void finish(final Transaction t, final int at) {
        if (at >= 0) {
            final PipeCall call = calls[at];
            count--;
            System.arraycopy(open, at + 1, open, at, count - at);
            System.arraycopy(keys, at + 1, keys, at, count - at);
            System.arraycopy(calls, at + 1, calls, at, count - at);
            open[count] = null;
            calls[count] = null;
            if (call != null) {
                pipes.tell(t, call);
            }
        }
        creating = creating == t ? null : creating;
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
        pipes.missed();
    }

    @Override
    protected void ended() {
        while (count > 0) {
            finish(open[0], 0);
        }
        smb2.release();
    }
}
