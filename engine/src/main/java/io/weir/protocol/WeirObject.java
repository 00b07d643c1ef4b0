package io.weir.protocol;

/**
 * The object {@code weir} of a record: what is told and EVE's schema has no place for, in a group named like the
 * record's own object, so that readers of EVE find theirs as they know it. A parser tells it last.
 */
public final class WeirObject {
    /** Key of the object. */
    public static final String KEY = "weir";
    /** What {@link Transaction#sibling} is told; each protocol that has such fields lists it. */
    public static final Field FIELD =
        Field.of(KEY, FieldType.GROUP, "What is told beyond EVE's schema, beside the record's own object.");

    private WeirObject() {
    }
}
