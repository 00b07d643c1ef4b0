package io.weir.protocol;

/** What a field holds, and how records write it. */
public enum FieldType {
    /** Bytes that are mostly text; records write them as a string of valid UTF-8. */
    TEXT("text"),
    /** Text that is the key of the member whose value is the field told next, as names of properties may be. */
    NAME("name"),
    /** An integer of 64 bits. */
    NUMBER("number"),
    /** True or false. */
    BOOLEAN("boolean"),
    /** An IPv4 or IPv6 address: 4 or 16 bytes in network order. */
    ADDRESS("address"),
    /** Bytes, written as hexadecimal digits. */
    HEX("hex"),
    /** Bytes, written as pairs of hexadecimal digits between colons. */
    COLON_HEX("colon-hex"),
    /** Bytes, written in base 64. */
    BASE64("base64"),
    /** Seconds since 1970, written as date and time. */
    TIME("time"),
    /** Other fields. */
    GROUP("group");

    private final String label;

    FieldType(final String label) {
        this.label = label;
    }

    /** Name in listings. */
    public String label() {
        return label;
    }
}
