package io.weir.output;

/**
 * When a file of records is put aside under a name with the time, and what becomes of it then.
 *
 * @param bytes       size it may have; 0 for any
 * @param intervalNs  time after which it is put aside if it holds anything; 0 for never
 * @param keep        files kept that were put aside; the oldest beyond them are removed; 0 for all
 * @param compression of files that were put aside
 */
public record FileRotation(long bytes, long intervalNs, int keep, Compression compression) {
    /** The file grows for as long as there is room, or another tool takes care of it. */
    public static final FileRotation NONE = new FileRotation(0, 0, 0, Compression.OFF);

    /** How files that were put aside are compressed. */
    public enum Compression {
        /** As {@code gzip} does. */
        GZIP(".gz"),
        /** As {@code zstd} does. */
        ZSTD(".zst"),
        /** Not at all. */
        OFF("");

        private final String suffix;

        Compression(final String suffix) {
            this.suffix = suffix;
        }

        /** What a compressed file's name ends in. */
        String suffix() {
            return suffix;
        }
    }

    /** True if files are put aside at all. */
    boolean isOn() {
        return bytes > 0 || intervalNs > 0;
    }
}
