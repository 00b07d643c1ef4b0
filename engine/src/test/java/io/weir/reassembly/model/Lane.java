package io.weir.reassembly.model;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * One direction of a wire: decides by a seed and the number of the frame what becomes of it. Delays are counted in
 * frames, not in time. One thread.
 */
final class Lane {
    private final SplittableRandom random;
    private final Faults faults;
    private final Consumer<byte[]> receiver;
    private final List<Held> held = new ArrayList<>();
    private int count;
    private int lost;
    private int late;
    private int doubled;
    private int damaged;

    @SuppressWarnings("ArrayRecordComponent")
    private record Held(byte[] frame, int until) {
    }

    Lane(final long seed, final Faults faults, final Consumer<byte[]> receiver) {
        random = new SplittableRandom(seed);
        this.faults = faults;
        this.receiver = receiver;
    }

    /** Takes a frame; it and others may come out. */
    void put(final byte[] frame) {
        count++;
        // Drawn in any case, so that decisions hang on the seed and the frame's number alone.
        final int fate = random.nextInt(1000);
        final int until = count + 1 + random.nextInt(faults.holdLimit());
        final int bit = random.nextInt(1 << 20);
        final int doubledFrom = faults.lost();
        final int heldFrom = doubledFrom + faults.doubled();
        final int damagedFrom = heldFrom + faults.held();
        if (count > faults.frameLimit() || fate >= damagedFrom + faults.damaged()) {
            receiver.accept(frame);
        } else if (fate < doubledFrom) {
            lost++;
        } else if (fate < heldFrom) {
            doubled++;
            receiver.accept(frame);
            held.add(new Held(frame, until));
        } else if (fate < damagedFrom) {
            late++;
            held.add(new Held(frame, until));
        } else {
            damaged++;
            receiver.accept(damage(frame, bit));
        }
        release(count);
    }

    private static byte[] damage(final byte[] frame, final int bit) {
        final byte[] copy = frame.clone();
        final int from = TcpFrame.header(frame);
        copy[from + bit / Byte.SIZE % (frame.length - from)] ^= (byte) (1 << bit % Byte.SIZE);
        return copy;
    }

    private void release(final int upTo) {
        for (final Iterator<Held> each = held.iterator(); each.hasNext();) {
            final Held one = each.next();
            if (one.until <= upTo) {
                each.remove();
                receiver.accept(one.frame);
            }
        }
    }

    /** Nothing comes after that could overtake: lets everything out. */
    void idle() {
        release(Integer.MAX_VALUE);
    }

    /** True if each kind of fault that leaves frames whole has happened. */
    boolean wasFaulty() {
        return lost > 0 && late > 0 && doubled > 0;
    }

    @Override
    public String toString() {
        return count + " frames, of them " + lost + " lost, " + late + " late, " + doubled + " doubled, " + damaged
            + " damaged";
    }
}
