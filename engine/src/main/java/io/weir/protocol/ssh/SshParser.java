package io.weir.protocol.ssh;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

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
    private static final int KEX = 0;
    private static final int ENCRYPTION = 2;
    private static final int MAC = 4;
    private static final int COMPRESSION = 6;

    private static final int BANNER = 0;
    private static final int PACKET = 1;
    /** The packets that agree on keys, of which rules see the content. */
    private static final int EXCHANGE = 2;
    private static final int READY = 3;
    private static final int NEW_KEYS = 21;

    private final MessageDigest md5 = md5();
    private final byte[] hash = new byte[16];
    private final byte[] digits = new byte[32];
    private final Side client = new Side();
    private final Side server = new Side();
    private final int[] listAt = new int[8];
    private final int[] listLength = new int[8];
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
                side.bannerLength = line.length();
                side.banner[Ssh.MAGIC.length] = 0;
                line.copyTo(0, side.banner, 0, line.length());
                side.state = side.speaksVersion2() ? PACKET : READY;
            } else if (++side.lines > MOST_LINES) {
                side.state = READY;
            }
        }
        if (client.bannerLength > 0 && server.bannerLength > 0) {
            flow.confirm();
            if (client.isOnlyVersion1() || server.isOnlyVersion1()) {
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
            if (findLists(packet)) {
                tell(fromClient, side, packet);
            }
        }
    }

    private boolean findLists(final Bytes packet) {
        int at = LISTS;
        for (int i = 0; i < listAt.length; i++) {
            final long length = packet.u32(at);
            if (length < 0 || length > packet.length() - at - 4) {
                return false;
            }
            listAt[i] = at + 4;
            listLength[i] = (int) length;
            at += 4 + (int) length;
        }
        return true;
    }

    /** Tells a side with its fingerprint: four lists between semicolons, and their MD5 (HASSH by Salesforce). */
    private void tell(final boolean fromClient, final Side side, final Bytes packet) {
        final int first = fromClient ? 0 : 1;
        final int kex = KEX;
        final int encryption = ENCRYPTION + first;
        final int mac = MAC + first;
        final int compression = COMPRESSION + first;
        final int length = listLength[kex] + listLength[encryption] + listLength[mac] + listLength[compression] + 3;
        final byte[] text = flow.buffers().take(length);
        begin(fromClient, side);
        if (text != null) {
            int to = copy(packet, kex, text, 0);
            text[to++] = ';';
            to = copy(packet, encryption, text, to);
            text[to++] = ';';
            to = copy(packet, mac, text, to);
            text[to++] = ';';
            copy(packet, compression, text, to);
            hash(text, length);
            record.begin(fromClient ? Ssh.CLIENT_HASSH : Ssh.SERVER_HASSH);
            record.put(fromClient ? Ssh.CLIENT_HASSH_HASH : Ssh.SERVER_HASSH_HASH, hash);
            record.put(fromClient ? Ssh.CLIENT_HASSH_STRING : Ssh.SERVER_HASSH_STRING, text, 0, length);
            record.end();
            flow.buffers().giveBack(text);
            tellHash(fromClient);
        }
        record.end();
        if (flow.isWatched()) {
            flow.told(record, fromClient);
        }
    }

    private void tellHash(final boolean fromClient) {
        final Field field = fromClient ? Ssh.HASSH : Ssh.HASSH_SERVER;
        if (flow.isWatched() && flow.wants(field)) {
            for (int i = 0; i < hash.length; i++) {
                digits[2 * i] = (byte) Character.forDigit(hash[i] >> 4 & 15, 16);
                digits[2 * i + 1] = (byte) Character.forDigit(hash[i] & 15, 16);
            }
            record.inspected(fromClient).put(field, digits);
        }
    }

    private void hash(final byte[] text, final int length) {
        try {
            md5.reset();
            md5.update(text, 0, length);
            md5.digest(hash, 0, hash.length);
        } catch (final DigestException e) {
            throw new IllegalStateException("an MD5 has 16 bytes", e);
        }
    }

    private int copy(final Bytes packet, final int list, final byte[] text, final int to) {
        packet.copyTo(listAt[list], text, to, listLength[list]);
        return to + listLength[list];
    }

    /** Opens a side's group and tells its identification. */
    private void begin(final boolean fromClient, final Side side) {
        if (record == null) {
            record = flow.open(Ssh.RECORD);
        }
        side.told = true;
        record.begin(fromClient ? Ssh.CLIENT : Ssh.SERVER);
        final Field version = fromClient ? Ssh.CLIENT_VERSION : Ssh.SERVER_VERSION;
        final int hyphen = side.indexOf('-', Ssh.MAGIC.length);
        record.put(version, side.banner, Ssh.MAGIC.length, hyphen - Ssh.MAGIC.length);
        if (hyphen + 1 < side.bannerLength) {
            record.put(fromClient ? Ssh.CLIENT_SOFTWARE : Ssh.SERVER_SOFTWARE, side.banner, hyphen + 1,
                side.indexOf(' ', hyphen + 1) - hyphen - 1);
        }
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
        if (side.bannerLength > 0 && !side.told) {
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
    }

    private static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has MD5", e);
        }
    }

    /** What is known of one side. */
    private static final class Side {
        private final byte[] banner = new byte[LONGEST_BANNER];
        private int bannerLength;
        private int lines;
        private int state;
        private boolean told;

        void start() {
            bannerLength = 0;
            lines = 0;
            state = BANNER;
            told = false;
        }

        /** Version 2, or 1.99, which is 2 if the other side wants it. */
        boolean speaksVersion2() {
            return banner[Ssh.MAGIC.length] == '2' || !isOnlyVersion1();
        }

        boolean isOnlyVersion1() {
            final int minor = Ssh.MAGIC.length + 2;
            return banner[Ssh.MAGIC.length] == '1' && !(bannerLength > minor && banner[minor] == '9');
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
