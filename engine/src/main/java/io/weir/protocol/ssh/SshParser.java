package io.weir.protocol.ssh;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;

/**
 * Reads the identification line and the first packet of both sides. Everything behind is of no use: the parser ends as
 * soon as both have offered their algorithms.
 */
final class SshParser extends StreamParser {
    /** RFC 4253, 4.2: 255 with CR LF. */
    private static final int LONGEST_BANNER = 255;
    /** RFC 4253, 6.1. */
    private static final int LONGEST_PACKET = 35_000;
    /** Lines a server may send in front of its identification. */
    private static final int MOST_LINES = 64;
    private static final int PACKET_HEADER = 5;
    private static final int KEX_INIT = 20;
    /** Type and cookie in front of the lists of names. */
    private static final int LISTS = PACKET_HEADER + 1 + 16;

    private static final int BANNER = 0;
    private static final int PACKET = 1;
    /** The packets that agree on keys, of which rules see the content. */
    private static final int EXCHANGE = 2;
    private static final int READY = 3;
    private static final int NEW_KEYS = 21;

    private final Side client = new Side();
    private final Side server = new Side();
    private Transaction record;

    @Override
    protected void started() {
        client.start();
        server.start();
        record = null;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final Side side = fromClient ? client : server;
        if (areReady()) {
            seal();
            return;
        }
        if (side.state == BANNER) {
            banner(side, input);
        }
        if (side.state == PACKET) {
            packet(fromClient, side, input);
        }
        if (side.state == EXCHANGE) {
            exchange(side, input);
        }
        if (!flow.isStreamWatched()) {
            if (side.state == READY) {
                input.skipAll();
            }
            if (areReady()) {
                seal();
            }
            return;
        }
        if (side.state == READY) {
            input.skip(input.available());
        }
        if (client.state >= EXCHANGE && server.state >= EXCHANGE) {
            write();
        }
    }

    private boolean areReady() {
        return client.state == READY && server.state == READY;
    }

    /** What follows is encrypted. */
    private void seal() {
        write();
        flow.encrypted();
        flow.done();
    }

    private static void exchange(final Side side, final StreamInput input) {
        while (side.state == EXCHANGE) {
            final Bytes header = input.peek(PACKET_HEADER + 1);
            if (header == null) {
                return;
            }
            final long length = header.u32(0);
            if (length > LONGEST_PACKET || length < 2 || header.u8(PACKET_HEADER) == NEW_KEYS) {
                side.state = READY;
                return;
            }
            input.skip(length + 4);
        }
    }

    private void banner(final Side side, final StreamInput input) {
        while (side.state == BANNER) {
            final Bytes line = input.line(LONGEST_BANNER);
            if (line == null) {
                return;
            }
            if (line.startsWith(Ssh.MAGIC)) {
                side.identify(line, flow.buffers());
                side.state = side.onlyVersion1 ? READY : PACKET;
            } else if (++side.lines > MOST_LINES) {
                side.state = READY;
            }
        }
        if (client.identified && server.identified) {
            flow.confirm();
            if (client.onlyVersion1 || server.onlyVersion1) {
                client.state = READY;
                server.state = READY;
            }
        }
    }

    private void packet(final boolean fromClient, final Side side, final StreamInput input) {
        final Bytes header = input.peek(PACKET_HEADER + 1);
        if (header == null) {
            return;
        }
        final long length = header.u32(0);
        if (length > LONGEST_PACKET || length < LISTS || header.u8(PACKET_HEADER) != KEX_INIT) {
            side.state = READY;
            return;
        }
        final Bytes packet = input.take((int) length + 4);
        if (packet != null) {
            side.state = flow.isStreamWatched() ? EXCHANGE : READY;
            if (flow.scratch(Hassh.SCRATCH).find(packet, LISTS)) {
                tell(fromClient, side, packet);
            }
        }
    }

    /** Tells a side with its fingerprint. */
    private void tell(final boolean fromClient, final Side side, final Bytes packet) {
        final Hassh hassh = flow.scratch(Hassh.SCRATCH);
        begin(fromClient, side);
        if (hassh.tell(record, fromClient, packet, flow.buffers())) {
            final Field field = fromClient ? Ssh.HASSH : Ssh.HASSH_SERVER;
            if (flow.isWatched() && flow.wants(field)) {
                record.inspected(fromClient).put(field, hassh.digits());
            }
        }
        record.end();
        if (flow.isWatched()) {
            flow.told(record, fromClient);
        }
    }

    /** Opens a side's group and tells its identification. */
    private void begin(final boolean fromClient, final Side side) {
        if (record == null) {
            record = flow.open(Ssh.RECORD);
        }
        side.told = true;
        record.begin(fromClient ? Ssh.CLIENT : Ssh.SERVER);
        if (side.banner == null) {
            return;
        }
        final Field version = fromClient ? Ssh.CLIENT_VERSION : Ssh.SERVER_VERSION;
        final int hyphen = side.indexOf('-', Ssh.MAGIC.length);
        record.put(version, side.banner, Ssh.MAGIC.length, hyphen - Ssh.MAGIC.length);
        if (hyphen + 1 < side.bannerLength) {
            record.put(fromClient ? Ssh.CLIENT_SOFTWARE : Ssh.SERVER_SOFTWARE, side.banner, hyphen + 1,
                side.indexOf(' ', hyphen + 1) - hyphen - 1);
        }
        side.release(flow.buffers());
    }

    private void write() {
        tellBanner(true, client);
        tellBanner(false, server);
        if (record != null) {
            flow.close(record);
            record = null;
        }
    }

    private void tellBanner(final boolean fromClient, final Side side) {
        if (side.banner != null && !side.told) {
            begin(fromClient, side);
            record.end();
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        (fromClient ? client : server).state = READY;
        input.skipAll();
        if (areReady()) {
            seal();
        }
    }

    @Override
    protected void ended() {
        if (areReady()) {
            flow.encrypted();
        }
        write();
        client.release(flow.buffers());
        server.release(flow.buffers());
    }

    /** What is known of one side. */
    private static final class Side {
        /** Its identification line, until it is told; null without one. */
        private byte[] banner;
        private int bannerLength;
        private int lines;
        private int state;
        private boolean identified;
        private boolean onlyVersion1;
        private boolean told;

        void start() {
            lines = 0;
            state = BANNER;
            identified = false;
            onlyVersion1 = false;
            told = false;
        }

        /** Keeps its line, if there is memory; with 1.99 it speaks version 2 if the other side wants it. */
        void identify(final Bytes line, final BufferPool buffers) {
            final int minor = Ssh.MAGIC.length + 2;
            identified = true;
            onlyVersion1 = line.u8(Ssh.MAGIC.length) == '1' && line.u8(minor) != '9';
            banner = buffers.take(line.length());
            if (banner != null) {
                bannerLength = line.length();
                line.copyTo(0, banner, 0, bannerLength);
            }
        }

        void release(final BufferPool buffers) {
            if (banner != null) {
                buffers.giveBack(banner);
                banner = null;
            }
        }

        /** Place of a character in the line, or its end. */
        int indexOf(final char character, final int from) {
            int at = from;
            while (at < bannerLength && banner[at] != character) {
                at++;
            }
            return at;
        }
    }
}
