package io.weir.protocol;

/**
 * Recognises a protocol by its first bytes. A pure function: no state, no allocation, nothing thrown, any bytes. It
 * must not trust ports: they may decide how much evidence is asked for, never what is answered without evidence.
 *
 * <p>Of a TCP flow it is asked with the bytes so far each time one side has sent more, until it answers other than
 * {@link Answer#MORE}; of a UDP flow with each datagram.
 */
@FunctionalInterface
public interface Detector {
    /** Judges what is known of a flow. */
    Answer detect(Probe probe);
}
