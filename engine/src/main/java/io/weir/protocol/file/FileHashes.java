package io.weir.protocol.file;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldList;
import io.weir.protocol.FlowContext;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Hashes of one file, as far as rules ask them, while it comes. Used again for the next; one thread. */
final class FileHashes {
    private static final Field[] ASKED = {Files.MD5, Files.SHA1, Files.SHA256};
    private static final Field[] TOLD = {Files.RECORD_MD5, Files.RECORD_SHA1, Files.RECORD_SHA256};
    private static final String[] NAMES = {"MD5", "SHA-1", "SHA-256"};
    private static final int[] LENGTHS = {16, 20, 32};
    private static final int CHUNK = 4 * 1024;

    private final MessageDigest[] digests = new MessageDigest[NAMES.length];
    private final byte[][] values = new byte[NAMES.length][];
    private final byte[] chunk = new byte[CHUNK];
    private boolean known;

    static boolean areWanted(final FlowContext flow) {
        return flow.wants(Files.MD5) || flow.wants(Files.SHA1) || flow.wants(Files.SHA256);
    }

    /** Begins with a file. */
    void begin(final FlowContext flow) {
        known = false;
        for (int i = 0; i < NAMES.length; i++) {
            if (!flow.wants(ASKED[i])) {
                digests[i] = null;
            } else if (digests[i] == null) {
                digests[i] = digest(NAMES[i]);
                values[i] = new byte[LENGTHS[i]];
            } else {
                digests[i].reset();
            }
        }
    }

    private static MessageDigest digest(final String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has it", e);
        }
    }

    void take(final Bytes bytes) {
        for (int at = 0; at < bytes.length();) {
            final int length = Math.min(chunk.length, bytes.length() - at);
            bytes.copyTo(at, chunk, 0, length);
            take(chunk, length);
            at += length;
        }
    }

    void take(final byte[] bytes, final int length) {
        for (final MessageDigest digest : digests) {
            if (digest != null) {
                digest.update(bytes, 0, length);
            }
        }
    }

    /** All of it has come; may be said again. */
    void end() {
        if (known) {
            return;
        }
        try {
            for (int i = 0; i < NAMES.length; i++) {
                if (digests[i] != null) {
                    digests[i].digest(values[i], 0, LENGTHS[i]);
                }
            }
            known = true;
        } catch (final DigestException e) {
            throw new IllegalStateException("there is room for it", e);
        }
    }

    /** For rules. */
    void tell(final FieldList list) {
        put(list, ASKED);
    }

    /** For the record. */
    void write(final FieldList list) {
        put(list, TOLD);
    }

    private void put(final FieldList list, final Field... fields) {
        for (int i = 0; i < fields.length; i++) {
            if (digests[i] != null) {
                list.put(fields[i], values[i]);
            }
        }
    }
}
