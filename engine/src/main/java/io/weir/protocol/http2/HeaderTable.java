package io.weir.protocol.http2;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.BufferPool;

/**
 * The fields that one side of a connection may name by number, RFC 7541, section 2.3: the static ones, and those it
 * sent before, newest first. Memory comes from the pool, as much as the fields kept take. One thread.
 *
 * <p>When fields were not seen or found no room, older ones than those that came since are not known any more; newer
 * ones have the right numbers all the same, since they are counted from the newest.
 */
final class HeaderTable {
    /** Most bytes of a table, each field with 32 more, whatever the sides agree on. */
    static final int MOST = 32 * 1024;
    private static final int USUAL = 4096;
    private static final int OVERHEAD = 32;
    private static final int LENGTHS = 4;

    private static final byte[][] NAMES = new byte[62][];
    private static final byte[][] VALUES = new byte[62][];

    static {
        final String fields = """
            :authority
            :method\tGET
            :method\tPOST
            :path\t/
            :path\t/index.html
            :scheme\thttp
            :scheme\thttps
            :status\t200
            :status\t204
            :status\t206
            :status\t304
            :status\t400
            :status\t404
            :status\t500
            accept-charset
            accept-encoding\tgzip, deflate
            accept-language
            accept-ranges
            accept
            access-control-allow-origin
            age
            allow
            authorization
            cache-control
            content-disposition
            content-encoding
            content-language
            content-length
            content-location
            content-range
            content-type
            cookie
            date
            etag
            expect
            expires
            from
            host
            if-match
            if-modified-since
            if-none-match
            if-range
            if-unmodified-since
            last-modified
            link
            location
            max-forwards
            proxy-authenticate
            proxy-authorization
            range
            referer
            refresh
            retry-after
            server
            set-cookie
            strict-transport-security
            transfer-encoding
            user-agent
            vary
            via
            www-authenticate
            """;
        final String[] lines = fields.split("\n");
        for (int i = 0; i < lines.length; i++) {
            final String[] parts = lines[i].split("\t");
            NAMES[i + 1] = parts[0].getBytes(US_ASCII);
            VALUES[i + 1] = (parts.length > 1 ? parts[1] : "").getBytes(US_ASCII);
        }
    }

    private BufferPool pool;
    private byte[] data;
    private int start;
    private int end;
    /** Where entries begin in {@link #data}, 16 bits each: a ring. */
    private byte[] places;
    private int first;
    private int count;
    private int size;
    private int capacity;

    /** Begins empty. */
    void begin(final BufferPool buffers) {
        giveBack();
        pool = buffers;
        capacity = USUAL;
    }

    /** Gives its memory back. */
    void giveBack() {
        if (data != null) {
            pool.giveBack(data);
            data = null;
        }
        if (places != null) {
            pool.giveBack(places);
            places = null;
        }
        clear();
    }

    /** Forgets all fields: what follows is counted from the newest, and those before are unknown. */
    void clear() {
        start = 0;
        end = 0;
        first = 0;
        count = 0;
        size = 0;
    }

    /** Takes another size. */
    void resize(final long bytes) {
        capacity = (int) Math.min(bytes, MOST);
        evict(0);
    }

    /** True if there is a field with this number, from 1. */
    boolean has(final long index) {
        return index > 0 && index < NAMES.length + (long) count;
    }

    /**
     * Copies the name of the field, or its value.
     *
     * @param index that it {@link #has}
     * @return bytes copied, or -1 if there is no room
     */
    int copy(final int index, final boolean ofName, final byte[] target, final int at) {
        final byte[] source;
        final int from;
        final int length;
        if (index < NAMES.length) {
            source = ofName ? NAMES[index] : VALUES[index];
            from = 0;
            length = source.length;
        } else {
            final int entry = place(count - 1 - (index - NAMES.length));
            final int nameLength = u16(data, entry);
            source = data;
            from = entry + LENGTHS + (ofName ? 0 : nameLength);
            length = ofName ? nameLength : u16(data, entry + 2);
        }
        if (length > target.length - at) {
            return -1;
        }
        System.arraycopy(source, from, target, at, length);
        return length;
    }

    /** Adds a field whose name and value lie in an array. */
    void add(final byte[] source, final int name, final int nameLength, final int value, final int valueLength) {
        final int length = nameLength + valueLength;
        evict(length + OVERHEAD);
        if (length + OVERHEAD > capacity) {
            return;
        }
        if (!reserve(length + LENGTHS) || !reservePlace()) {
            clear();
            return;
        }
        putPlace(count++, end);
        putU16(data, end, nameLength);
        putU16(data, end + 2, valueLength);
        System.arraycopy(source, name, data, end + LENGTHS, nameLength);
        System.arraycopy(source, value, data, end + LENGTHS + nameLength, valueLength);
        end += length + LENGTHS;
        size += length + OVERHEAD;
    }

    /** Lets go of the oldest until there is room for so many bytes. */
    private void evict(final int more) {
        while (count > 0 && size + more > capacity) {
            final int entry = place(0);
            final int length = u16(data, entry) + u16(data, entry + 2);
            size -= length + OVERHEAD;
            start = entry + length + LENGTHS;
            first = first + 1 & slots() - 1;
            count--;
        }
        if (count == 0) {
            clear();
        }
    }

    private boolean reserve(final int more) {
        if (data != null && end + more <= data.length) {
            return true;
        }
        final int live = end - start;
        byte[] larger = data;
        if (data == null || 2 * (live + more) > data.length) {
            larger = pool.take(2 * (live + more));
            if (larger == null) {
                return false;
            }
        }
        if (data != null) {
            System.arraycopy(data, start, larger, 0, live);
        }
        for (int i = 0; i < count; i++) {
            putPlace(i, place(i) - start);
        }
        if (data != null && larger != data) {
            pool.giveBack(data);
        }
        data = larger;
        start = 0;
        end = live;
        return true;
    }

    private boolean reservePlace() {
        if (places != null && count < slots()) {
            return true;
        }
        final byte[] larger = pool.take(places == null ? BufferPool.MIN : 4 * slots());
        if (larger == null) {
            return false;
        }
        for (int i = 0; i < count; i++) {
            putU16(larger, 2 * i, place(i));
        }
        if (places != null) {
            pool.giveBack(places);
        }
        places = larger;
        first = 0;
        return true;
    }

    /** Entries that {@link #places} has room for: a power of two. */
    private int slots() {
        return places == null ? 1 : Integer.highestOneBit(places.length / 2);
    }

    private int place(final int entry) {
        return u16(places, 2 * (first + entry & slots() - 1));
    }

    private void putPlace(final int entry, final int value) {
        putU16(places, 2 * (first + entry & slots() - 1), value);
    }

    private static int u16(final byte[] bytes, final int at) {
        return (bytes[at] & 0xff) << Byte.SIZE | bytes[at + 1] & 0xff;
    }

    private static void putU16(final byte[] bytes, final int at, final int value) {
        bytes[at] = (byte) (value >>> Byte.SIZE);
        bytes[at + 1] = (byte) value;
    }
}
