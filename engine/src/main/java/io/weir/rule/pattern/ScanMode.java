package io.weir.rule.pattern;

/** What a database is compiled for. */
public enum ScanMode {
    /** Bytes that are there as a whole. */
    BLOCK,
    /** Bytes that arrive in pieces, through {@link PatternStreams}. */
    STREAM
}
