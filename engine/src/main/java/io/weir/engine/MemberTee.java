package io.weir.engine;

import io.weir.packet.Frame;

/**
 * Is shown every frame that the members of a fan-out work on, each by its member's thread, with its number: the places
 * of frames in one order. Must not wait.
 */
public interface MemberTee {
    /** Copies what it wants of a frame. */
    void append(int member, Frame frame);

    /** Begins; told before the first frame how far members are. */
    void follow(Progress progress);

    /** How far members are. Any thread. */
    @FunctionalInterface
    interface Progress {
        /** A number up to which this member has shown all its frames. */
        long passedNumber(int member);
    }
}
