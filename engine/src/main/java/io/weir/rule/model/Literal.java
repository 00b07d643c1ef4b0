package io.weir.rule.model;

import java.util.Arrays;
import java.util.HexFormat;

/** Bytes that a rule gives. Immutable. */
public final class Literal {
    private final byte[] bytes;

    private Literal(final byte[] bytes) {
        this.bytes = bytes;
    }

    /** A copy of these bytes. */
    public static Literal of(final byte[] bytes) {
        return new Literal(bytes.clone());
    }

    /** How many there are. */
    public int length() {
        return bytes.length;
    }

    /** One of them. */
    public byte at(final int index) {
        return bytes[index];
    }

    /** A copy of them. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** A part of them. */
    public Literal part(final int from, final int to) {
        return new Literal(Arrays.copyOfRange(bytes, from, to));
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Literal literal && Arrays.equals(bytes, literal.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return HexFormat.ofDelimiter(" ").formatHex(bytes);
    }
}
