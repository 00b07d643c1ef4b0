package io.weir.cli.doctor;

/**
 * One thing that was looked at.
 *
 * @param topic   what it belongs to: an interface's name, {@code cpu}, {@code memory} ...
 * @param level   how much it matters
 * @param what    what was found, in one sentence without a full stop
 * @param why     why it matters; {@code ""} where all is well
 * @param command that mends it; {@code ""} where none does
 */
public record Finding(String topic, Level level, String what, String why, String command) {
}
