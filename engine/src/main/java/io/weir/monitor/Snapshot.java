package io.weir.monitor;

/**
 * A status and its text.
 *
 * @param status what it says
 * @param json   the same as JSON, in ASCII
 */
record Snapshot(Status status, String json) {
}
