package io.weir.rule.compile;

import io.weir.rule.model.Buffer;
import io.weir.rule.model.Transform;
import java.util.List;

/**
 * What makes a rule a candidate: a pattern in a buffer, or that a buffer is there at all. A rule has one or several; it
 * cannot match where none of them is seen.
 *
 * @param buffer     what is looked at
 * @param transforms what is done to it first
 * @param pattern    in lower case if {@code noCase}; null if it is enough that the buffer is there
 * @param noCase     ASCII letters match in either case
 * @param earliest   lowest offset at which the pattern may start, as far as that is known beforehand
 * @param latest     highest offset at which it may end; {@link Integer#MAX_VALUE} for any
 */
@SuppressWarnings("ArrayRecordComponent")
record Trigger(Buffer buffer, List<Transform> transforms, byte[] pattern, boolean noCase, int earliest, int latest) {
}
