package io.weir.cli.demo;

import io.weir.base.NativeMemory;
import io.weir.capture.inject.PacketSender;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Sends the demo's traffic into an interface at its own pace, on a thread of its own. */
public final class Replay implements AutoCloseable {
    private static final long STOP_MS = 5_000;

    private final List<TimedFrame> frames = DemoTraffic.frames();
    private final PacketSender sender;
    private final Thread thread = new Thread(this::send, "weir-demo-replay");
    private volatile boolean stopping;
    private volatile long sent;

    /**
     * Opens the interface.
     *
     * @throws io.weir.capture.CaptureException if that is not possible
     */
    public Replay(final String interfaceName) {
        sender = new PacketSender(interfaceName);
    }

    /** Frames there are to send. */
    public int frames() {
        return frames.size();
    }

    /** Time from the first to the last frame. */
    public long durationNs() {
        return frames.get(frames.size() - 1).timeNs() - frames.get(0).timeNs();
    }

    /** Frames sent so far. Any thread. */
    public long sent() {
        return sent;
    }

    /** True once everything was sent, or {@link #stop} was followed. Any thread. */
    public boolean isDone() {
        return !thread.isAlive();
    }

    /** Begins to send. */
    public void start() {
        thread.start();
    }

    /** Asks for an early end. Any thread. */
    public void stop() {
        stopping = true;
        LockSupport.unpark(thread);
    }

    private void send() {
        long bytes = 0;
        for (final TimedFrame frame : frames) {
            bytes += frame.bytes().length;
        }
        try (NativeMemory.Region region =
            NativeMemory.allocate(NativeMemory.Tag.OTHER, bytes, NativeMemory.CACHE_LINE)) {
            final UnsafeBuffer buffer = new UnsafeBuffer(region.address(), (int) bytes);
            final long startNs = System.nanoTime();
            int offset = 0;
            for (final TimedFrame frame : frames) {
                await(startNs + frame.timeNs() - frames.get(0).timeNs());
                if (stopping) {
                    break;
                }
                buffer.putBytes(offset, frame.bytes());
                sender.add(region.address() + offset, frame.bytes().length);
                offset += frame.bytes().length;
            }
            sender.flush();
            sent = sender.sent();
        }
    }

    /** Before every pause, what is due is sent. */
    private void await(final long dueNs) {
        while (System.nanoTime() - dueNs < 0 && !stopping) {
            sender.flush();
            sent = sender.sent();
            LockSupport.parkNanos(this, dueNs - System.nanoTime());
        }
    }

    @Override
    public void close() {
        stop();
        try {
            thread.join(STOP_MS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!thread.isAlive()) {
            sender.close();
        }
    }
}
