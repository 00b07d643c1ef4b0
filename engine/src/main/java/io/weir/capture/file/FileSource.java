package io.weir.capture.file;

import io.weir.capture.CaptureException;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CaptureStatistics;
import io.weir.capture.FrameSource;
import io.weir.packet.Frame;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.UnsafeApi;

/**
 * Capture files as a frame source, one file after the other as one trace: pcap and pcapng, plain, gzip or zstd.
 *
 * <p>Content never makes it throw: damage is noted in {@link CaptureStatistics#damages} with its offset, and reading
 * goes on where that is possible. Only one file is open at a time.
 */
public final class FileSource implements FrameSource {
    /** Blocks that are enough when frames are worked on by the reading thread. */
    public static final int DEFAULT_BLOCKS = 4;
    /** Most blocks that make sense. */
    public static final int MAX_BLOCKS = 64;
    /** The path that stands for standard input. */
    public static final Path STANDARD_INPUT = Path.of("-");

    private static final long AWAIT_NS = 50_000;

    private final BlockPool pool;
    private final List<Path> paths;
    private final InterfaceList interfaces = new InterfaceList();
    private final Damages damages = new Damages();
    private final long bytesTotal;
    private int opened;
    private BlockReader window;
    private RecordReader reader;
    private long spareBlock = -1;
    private long deliveredBefore;
    private long bytesReadBefore;
    private boolean exhausted;

    private FileSource(final List<Path> paths, final long bytesTotal, final BlockPool pool) {
        this.paths = paths;
        this.bytesTotal = bytesTotal;
        this.pool = pool;
    }

    /**
     * Opens one file.
     *
     * @param path   the file, or {@code -} for standard input
     * @param blocks how many blocks of 128 KiB frames may lie in at a time
     * @throws CaptureException if the file is missing, unreadable or of no known format
     */
    public static FileSource open(final Path path, final int blocks) {
        return open(List.of(path), blocks, BlockPool.BLOCK_BYTES);
    }

    /**
     * Opens the files of a trace, the first one at once, the others when their time comes.
     *
     * @param blocks how many blocks of 128 KiB frames may lie in at a time
     * @throws CaptureException if the first file is missing, unreadable or of no known format; of the others that is
     *                          damage
     */
    public static FileSource open(final FileTrace trace, final int blocks) {
        final FileSource source = open(trace.files(), blocks, BlockPool.BLOCK_BYTES);
        trace.damages().forEach(damage -> source.damages.add(damage.where(), damage.offset(), damage.what()));
        return source;
    }

    /** Opens files to be read in the given order. */
    static FileSource open(final List<Path> paths, final int blocks, final int blockBytes) {
        if (blocks < 1 || blocks > MAX_BLOCKS) {
            throw new CaptureException(CaptureException.Kind.USAGE,
                "a file is read into 1 to " + MAX_BLOCKS + " blocks, not " + blocks);
        }
        final FileSource source =
            new FileSource(List.copyOf(paths), totalBytes(paths), new BlockPool(blocks, blockBytes));
        try {
            source.openNext();
            source.readHeader();
        } catch (final CaptureException e) {
            source.close();
            throw e;
        }
        return source;
    }

    private static long totalBytes(final List<Path> paths) {
        long sum = 0;
        for (final Path path : paths) {
            if (path.equals(STANDARD_INPUT)) {
                return 0;
            }
            sum += path.toFile().length();
        }
        return sum;
    }

    @Override
    public boolean next(final Frame frame) {
        while (true) {
            if (reader != null) {
                final int state = reader.next(frame);
                if (state != RecordReader.END) {
                    return state == RecordReader.DELIVERED;
                }
                closeCurrent();
            } else if (!beginFile()) {
                return false;
            }
        }
    }

    @Override
    public int take(final Frame[] frames, final int from, final int to, final long untilNs) {
        int at = from;
        while (at < to) {
            if (reader != null) {
                at = reader.take(frames, at, to, untilNs);
                if (at == to || at > from && frames[at - 1].timestampNs >= untilNs) {
                    return at;
                }
            }
            if (!next(frames[at])) {
                return at;
            }
            if (frames[at++].timestampNs >= untilNs) {
                return at;
            }
        }
        return at;
    }

    /** Takes the next step towards the records of the next file; false if there is none or no block is free. */
    private boolean beginFile() {
        if (window == null && opened == paths.size()) {
            exhausted = true;
            return false;
        }
        final String name = window == null ? paths.get(opened).toString() : window.name();
        try {
            if (window != null) {
                return readHeader();
            }
            openNext();
        } catch (final CaptureException e) {
            damages.add(name, -1, e.messageWithout(name));
        }
        return true;
    }

    private void openNext() {
        final Path path = paths.get(opened++);
        window = new BlockReader(path.equals(STANDARD_INPUT) ? "standard input" : path.toString(),
            ByteInput.open(path), pool, spareBlock, damages);
        spareBlock = -1;
    }

    /**
     * Reads the file header of the current file; false if no block is free.
     *
     * @throws CaptureException if it is no capture file
     */
    private boolean readHeader() {
        int state = window.require(MagicNumber.MAX_BYTES);
        if (state == BlockReader.NO_BLOCK) {
            return false;
        }
        final MagicNumber magic = state == BlockReader.ENDED ? MagicNumber.UNKNOWN
            : MagicNumber.of(ByteOrders.bigEndian(UnsafeApi.getInt(window.position)));
        if (magic.isPcap()) {
            state = window.require(PcapReader.FILE_HEADER);
        }
        if (state == BlockReader.NO_BLOCK) {
            return false;
        }
        if (state == BlockReader.ENDED) {
            window.damage(window.position, window.limit == window.position ? "the file is empty"
                : "the file ends inside its header");
            closeCurrent();
        } else if (magic.isPcap()) {
            reader = PcapReader.open(window, interfaces, magic);
        } else if (magic == MagicNumber.PCAPNG) {
            reader = new PcapngReader(window, interfaces);
        } else {
            final String name = window.name();
            closeCurrent();
            throw magic.asException(name);
        }
        return true;
    }

    private void closeCurrent() {
        deliveredBefore += window.delivered;
        bytesReadBefore += window.bytesRead();
        spareBlock = window.spareBlock();
        window.close();
        window = null;
        reader = null;
    }

    @Override
    public boolean isExhausted() {
        return exhausted;
    }

    @Override
    public void stop() {
        if (window != null) {
            closeCurrent();
        }
        opened = paths.size();
        exhausted = true;
    }

    @Override
    public boolean isLive() {
        return false;
    }

    @Override
    public void await(final long timeoutNs) {
        LockSupport.parkNanos(this, Math.min(timeoutNs, AWAIT_NS));
    }

    @Override
    public void wakeup() {
        // A wait is shorter than anybody would notice.
    }

    @Override
    public void release(final int leaf, final long block) {
        if (window != null && window.block >= 0 && block >= window.block) {
            pool.release(window.block - 1);
            window.releasedCurrent();
        } else {
            pool.release(block);
        }
    }

    @Override
    public int blockCount(final int leaf) {
        return pool.count();
    }

    @Override
    public int leafCount() {
        return 1;
    }

    @Override
    public long blockTimeoutNs() {
        return 0;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces.view();
    }

    @Override
    public void statistics(final CaptureStatistics statistics) {
        final long delivered = deliveredBefore + (window == null ? 0 : window.delivered);
        statistics.received += delivered;
        statistics.delivered += delivered;
        statistics.bytesRead += bytesReadBefore + (window == null ? 0 : window.bytesRead());
        statistics.bytesTotal += bytesTotal;
        damages.addTo(statistics.damages);
    }

    @Override
    public void close() {
        stop();
        pool.close();
    }
}
