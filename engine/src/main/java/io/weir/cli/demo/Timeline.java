package io.weir.cli.demo;

import io.weir.packet.PacketBuilder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the frames of many conversations and puts them in the order of time. */
final class Timeline {
    /** 2026-01-01 00:00:00 UTC. */
    private static final long START_NS = 1_767_225_600_000_000_000L;
    private static final int MIN_ETHERNET = 60;

    private final List<TimedFrame> frames = new ArrayList<>();

    /** Puts a frame on the wire so many microseconds after the start. */
    void add(final long atUs, final PacketBuilder frame) {
        frames.add(new TimedFrame(START_NS + atUs * 1_000, frame.padTo(MIN_ETHERNET).build()));
    }

    /** All frames; those of the same time in the order they were added. */
    List<TimedFrame> inOrder() {
        final List<TimedFrame> ordered = new ArrayList<>(frames);
        ordered.sort(Comparator.comparingLong(TimedFrame::timeNs));
        return List.copyOf(ordered);
    }
}
