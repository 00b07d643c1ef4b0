package io.weir.protocol;

/**
 * A kind of record: the {@code event_type} that EVE gives it, and the object its fields stand in.
 *
 * @param eventType value of {@code event_type}
 * @param key       name of the object
 */
public record RecordType(String eventType, String key) {
    /** A record whose object is named like its event type. */
    public static RecordType of(final String eventType) {
        return new RecordType(eventType, eventType);
    }
}
