package io.weir.rule.model;

import java.nio.file.Path;
import java.util.List;

/**
 * A named set of values that rules ask and add to.
 *
 * @param name   shared by all rules of a rule set
 * @param type   what its values are
 * @param load   file it begins with, or null
 * @param save   file it is written to when rules are reloaded or the engine ends, or null
 * @param limit  most values it holds
 * @param bytes  most bytes of heap that they take
 * @param scores of its file, which has one behind each value: values of these scores are in it; or null
 * @param json   where values stand in its file, if that is JSON; else null
 */
public record Dataset(String name, Type type, Path load, Path save, int limit, long bytes, NumberSet scores,
    Json json) {
    /** One from a list with scores. */
    public Dataset(final String name, final Type type, final Path load, final Path save, final int limit,
        final long bytes, final NumberSet scores) {
        this(name, type, load, save, limit, bytes, scores, null);
    }

    /** One from a list without scores. */
    public Dataset(final String name, final Type type, final Path load, final Path save, final int limit,
        final long bytes) {
        this(name, type, load, save, limit, bytes, null, null);
    }

    /**
     * Where values stand in JSON.
     *
     * @param isLines true if objects follow each other, false if they are in an array
     * @param value   keys from outside to the value in each object
     * @param array   keys from outside to the array; none if it is the whole
     */
    public record Json(boolean isLines, List<String> value, List<String> array) {
    }

    /** What the values of a set are. */
    public enum Type {
        STRING, MD5, SHA256, IPV4, IP,
        /** Digits of a hash, compared as text in lower case; what stands behind them in a line is passed over. */
        MD5_DIGITS, SHA1_DIGITS, SHA256_DIGITS
    }

    /** What a rule does with a set. */
    public enum Command {
        /** Holds if the value is in it. */
        IS_SET,
        /** Holds if it is not. */
        IS_NOT_SET,
        /** Adds it; holds if it was not in it. */
        SET,
        /** Takes it out; holds if it was in it. */
        UNSET
    }
}
