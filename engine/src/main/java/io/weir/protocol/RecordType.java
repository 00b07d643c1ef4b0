package io.weir.protocol;

/**
 * A kind of record: the {@code event_type} that EVE gives it, and the object its fields stand in. Immutable but for its
 * number, which the catalogue gives once.
 */
public final class RecordType {
    private final String eventType;
    private final String key;
    private int id = -1;

    private RecordType(final String eventType, final String key) {
        this.eventType = eventType;
        this.key = key;
    }

    /** A record whose object is named like its event type. */
    public static RecordType of(final String eventType) {
        return new RecordType(eventType, eventType);
    }

    /** A record whose object has another name. */
    public static RecordType of(final String eventType, final String key) {
        return new RecordType(eventType, key);
    }

    /** Value of {@code event_type}. */
    public String eventType() {
        return eventType;
    }

    /** Name of the object. */
    public String key() {
        return key;
    }

    /** Number in this process, from 0, without holes. */
    public int id() {
        return id;
    }

    /** Gives the number, unless it has one: protocols may share a kind of record. */
    boolean number(final int value) {
        if (id >= 0) {
            return false;
        }
        id = value;
        return true;
    }

    @Override
    public String toString() {
        return eventType;
    }
}
