package io.weir.capture;

/** A live source with one kernel ring, so that several can be awaited in one call. Same thread rules as its parent. */
public interface PolledSource extends FrameSource {
    /** Handle of its ring, for {@link RingPoll}. */
    long pollHandle();

    /** True if a frame is ready now: there is nothing to wait for. */
    boolean isReady();

    /** True if no walked block waits to be given back, so that the wait may be for input. */
    boolean mayAwaitInput();

    /** The longest it may be left alone now, in ns: it may have to look after its interface. */
    long patienceNs();

    /** Takes the {@link RingPoll} bits after a wait. */
    void polled(int answer);
}
