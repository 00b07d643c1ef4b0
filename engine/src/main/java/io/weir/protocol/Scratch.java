package io.weir.protocol;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Something large that parsers of one kind need only while they work on a message: views, texts, ciphers. Each worker
 * has one of it, whatever the number of flows, which it makes when a parser first asks. Immutable.
 *
 * @param <T> what it is
 */
public final class Scratch<T> {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private final int number = COUNT.getAndIncrement();
    private final Class<T> type;
    private final Supplier<T> maker;

    private Scratch(final Class<T> type, final Supplier<T> maker) {
        this.type = type;
        this.maker = maker;
    }

    /** One that is made like this; parsers ask for it with {@link FlowContext#scratch}. */
    public static <T> Scratch<T> of(final Class<T> type, final Supplier<T> maker) {
        return new Scratch<>(type, maker);
    }

    /** Number in this process, from 0, without holes. */
    public int number() {
        return number;
    }

    /** Makes a new one. Called by the classifier. */
    public Object make() {
        return maker.get();
    }

    /** What was made, as what it is. Called by the classifier. */
    public T cast(final Object made) {
        return type.cast(made);
    }
}
