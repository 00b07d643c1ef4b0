package io.weir.protocol.ftp;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Lines;

/**
 * Lines of a reply until it is whole: records want all codes first and then all texts. Each kept line is its length
 * (16 bits), its code, or 0, (16 bits) and its text.
 */
final class FtpReply {
    private static final int LONGEST = 4096;
    private static final int HEADER = 4;

    private final byte[] digits = new byte[3];
    private final Bytes view = new Bytes();
    private BufferPool pool;
    private byte[] kept;
    private int length;
    private boolean truncated;
    private int openCode;

    /** Forgets what was kept. */
    void clear() {
        if (kept != null) {
            pool.giveBack(kept);
            kept = null;
        }
        length = 0;
        truncated = false;
        openCode = 0;
    }

    boolean isEmpty() {
        return length == 0;
    }

    /**
     * Takes the next line.
     *
     * @return the code if the reply is whole with this line (RFC 959, 4.2), else 0
     */
    int line(final Bytes line, final BufferPool buffers) {
        pool = buffers;
        final int code = Math.max(0, Lines.code(line, 0));
        final int from = code > 0 ? Math.min(4, line.length()) : 0;
        keep(code, line, from);
        if (openCode > 0) {
            if (code == openCode && line.u8(3) != '-') {
                openCode = 0;
                return code;
            }
            return 0;
        }
        if (code > 0 && line.u8(3) == '-') {
            openCode = code;
            return 0;
        }
        return code;
    }

    private void keep(final int code, final Bytes line, final int from) {
        if (kept == null) {
            kept = pool.take(LONGEST);
        }
        final int size = line.length() - from;
        if (kept == null || length + HEADER + size > LONGEST) {
            truncated = true;
            return;
        }
        kept[length] = (byte) (size >>> 8);
        kept[length + 1] = (byte) size;
        kept[length + 2] = (byte) (code >>> 8);
        kept[length + 3] = (byte) code;
        line.copyTo(from, kept, length + HEADER, size);
        length += HEADER + size;
    }

    /** Tells codes and texts. */
    void tell(final Transaction record) {
        if (length > 0) {
            view.wrap(kept, 0, length);
            for (int at = 0; at < length; at += HEADER + view.u16(at)) {
                final int code = view.u16(at + 2);
                if (code > 0) {
                    digits[0] = (byte) ('0' + code / 100);
                    digits[1] = (byte) ('0' + code / 10 % 10);
                    digits[2] = (byte) ('0' + code % 10);
                    record.put(Ftp.COMPLETION_CODE, digits);
                }
            }
            for (int at = 0; at < length; at += HEADER + view.u16(at)) {
                record.put(Ftp.REPLY, view, at + HEADER, view.u16(at));
            }
        }
        record.put(Ftp.REPLY_TRUNCATED, truncated);
    }
}
