package io.weir.engine;

import org.agrona.concurrent.IdleStrategy;

/** Idles in a member's source, or shortly while frames wait for other members. */
final class MemberWait implements IdleStrategy {
    private static final long TIMEOUT_NS = 100_000_000L;
    private static final long STEP_NS = 100_000L;

    private final Member member;

    MemberWait(final Member member) {
        this.member = member;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount == 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        member.await(TIMEOUT_NS, STEP_NS);
    }

    @Override
    public void reset() {
        // Nothing is remembered between waits.
    }
}
