package io.weir.cli;

import io.weir.base.ThreadPriority;
import java.lang.reflect.Proxy;
import java.util.concurrent.locks.LockSupport;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;

/**
 * Reloads when SIGHUP comes, on a thread of its own: however often the signal comes meanwhile, one reload follows.
 */
final class Hangup implements AutoCloseable {
    private static final Logger LOG = LogManager.getLogger(Hangup.class);
    private static final int LOW_PRIORITY = 10;

    private final Thread thread;
    private volatile boolean asked;
    private volatile boolean closed;

    private Hangup(final Runnable reload) {
        thread = new Thread(() -> await(reload), "weir-reload");
        thread.setDaemon(true);
    }

    /** Waits for the signal from now on; null where the Java machine keeps the signal to itself. */
    static Hangup reloads(final Runnable reload) {
        final Hangup hangup = new Hangup(reload);
        if (!hangup.listen()) {
            return null;
        }
        hangup.thread.start();
        return hangup;
    }

    /** The JDK offers signals in a class that javac warns of, and nowhere else: so it is looked up by its name. */
    private boolean listen() {
        try {
            final Class<?> signal = Class.forName("sun.misc.Signal");
            final Class<?> handler = Class.forName("sun.misc.SignalHandler");
            final Object handles = Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "handle" -> {
                        ask();
                        yield null;
                    }
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> "reload";
                });
            signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handles);
            return true;
        } catch (final ReflectiveOperationException e) {
            return false;
        }
    }

    private void ask() {
        asked = true;
        LockSupport.unpark(thread);
    }

    private void await(final Runnable reload) {
        // Compiling rules takes a CPU for a second, which the packet path may need more.
        ThreadPriority.lower(LOW_PRIORITY,
            fault -> LOG.warn("rules are compiled at the priority of all threads: {}", fault.getMessage()));
        while (!closed) {
            if (asked) {
                asked = false;
                reload.run();
            } else {
                LockSupport.park(this);
            }
        }
    }

    /** Waits no more; from now on the signal does nothing. */
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
