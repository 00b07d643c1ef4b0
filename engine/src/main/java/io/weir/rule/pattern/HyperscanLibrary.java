package io.weir.rule.pattern;

import io.weir.base.Errno;
import io.weir.base.LibWeir;
import io.weir.base.Native;
import io.weir.base.NativeLayout;
import io.weir.base.NativeLibraryException;
import io.weir.base.NativeMemory;
import org.agrona.UnsafeApi;

/** Hyperscan or Vectorscan, found at run time and held for the life of the process. */
final class HyperscanLibrary implements PatternLibrary {
    private static final String FILE = "libhs.so.5";
    private static final int TEXT_BYTES = 512;
    /** Blocks up to so many bytes are searched in Java. */
    private static final int SHORT = 64;
    private static final int NO_CASE = 1;

    private static HyperscanLibrary loaded;
    private static String absence;

    private final LibWeir weir;
    private final long handle;
    private final String description;
    private final int shortBytes;

    private HyperscanLibrary(final LibWeir weir, final long handle, final String version) {
        this.weir = weir;
        this.handle = handle;
        shortBytes = SHORT;
        // Hyperscan's development ended with 5.4.2; later numbers of this interface are Vectorscan's.
        final int end = version.indexOf(' ');
        final String number = end < 0 ? version : version.substring(0, end);
        description = (number.compareTo("5.4.3") < 0 ? "Hyperscan " : "Vectorscan ") + number;
    }

    private HyperscanLibrary(final HyperscanLibrary of, final int shortBytes) {
        weir = of.weir;
        handle = of.handle;
        description = of.description;
        this.shortBytes = shortBytes;
    }

    /** The same library, which searches blocks up to so many bytes in Java. */
    HyperscanLibrary withShort(final int bytes) {
        return new HyperscanLibrary(this, bytes);
    }

    /** Blocks up to so many bytes are searched in Java. */
    int shortBytes() {
        return shortBytes;
    }

    /** The library; any thread. */
    static synchronized HyperscanLibrary load() {
        if (absence() != null) {
            throw new PatternException(absence, null);
        }
        return loaded;
    }

    /** Why it cannot be loaded, or null. */
    static synchronized String absence() {
        if (loaded == null && absence == null) {
            try {
                loaded = open(FILE);
            } catch (final PatternException e) {
                absence = e.getMessage();
            }
        }
        return absence;
    }

    /**
     * Loads a library by its file name.
     *
     * @throws PatternException if it cannot be used, with what to do
     */
    static HyperscanLibrary open(final String file) {
        final LibWeir weir;
        try {
            weir = Native.library();
        } catch (final NativeLibraryException e) {
            throw new PatternException(e.getMessage(), e);
        }
        try (NativeMemory.Region name = Native.text(file);
            NativeMemory.Region text = NativeMemory.allocate(NativeMemory.Tag.PATTERNS, TEXT_BYTES, 1)) {
            final long handle = weir.patternOpen(name.address(), text.address(), TEXT_BYTES);
            final String said = Native.text(text.address(), TEXT_BYTES);
            if (handle < 0) {
                throw new PatternException("Hyperscan cannot be used (" + said + "): install libhyperscan5 or"
                    + " libvectorscan5 to match rules faster", null);
            }
            return new HyperscanLibrary(weir, handle, said);
        }
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public PatternDatabase compile(final PatternSet set, final ScanMode mode) {
        set.requireSome();
        long bytes = 0;
        for (int i = 0; i < set.size(); i++) {
            bytes += set.literal(i).bytes().length;
        }
        final long literalsBytes = (long) set.size() * NativeLayout.LITERAL_BYTES;
        final NativeMemory.Tag tag = NativeMemory.Tag.PATTERNS;
        try (NativeMemory.Region literals = NativeMemory.allocate(tag, literalsBytes, Long.BYTES);
            NativeMemory.Region texts = NativeMemory.allocateLazily(tag, bytes, 1);
            NativeMemory.Region request = NativeMemory.allocate(tag, NativeLayout.PATTERNS_BYTES, Long.BYTES);
            NativeMemory.Region error = NativeMemory.allocate(tag, TEXT_BYTES, 1)) {
            write(set, literals.address(), texts.address());
            final long at = request.address();
            UnsafeApi.putLong(at + NativeLayout.PATTERNS_LIBRARY, handle);
            UnsafeApi.putLong(at + NativeLayout.PATTERNS_LITERALS, literals.address());
            UnsafeApi.putLong(at + NativeLayout.PATTERNS_ERROR, error.address());
            UnsafeApi.putInt(at + NativeLayout.PATTERNS_COUNT, set.size());
            UnsafeApi.putInt(at + NativeLayout.PATTERNS_ERROR_BYTES, TEXT_BYTES);
            UnsafeApi.putInt(at + NativeLayout.PATTERNS_STREAM, mode == ScanMode.STREAM ? 1 : 0);
            final long database = weir.patternCompile(at);
            if (database < 0) {
                final String said = Native.text(error.address(), TEXT_BYTES);
                throw new PatternException(description + " does not compile " + set.size() + " patterns: "
                    + (said.isEmpty() ? Errno.text((int) database) : said), null);
            }
            return new HyperscanDatabase(this, mode, set.size(), database,
                mode == ScanMode.BLOCK ? new AhoCorasickDatabase(this, mode, set) : null,
                UnsafeApi.getLong(at + NativeLayout.PATTERNS_DATABASE_BYTES),
                UnsafeApi.getInt(at + NativeLayout.PATTERNS_STREAM_BYTES));
        }
    }

    @Override
    public PatternScanner scanner() {
        final long scanner = weir.patternScannerOpen(handle);
        if (scanner < 0) {
            throw new PatternException("no memory for a scanner", null);
        }
        return new HyperscanScanner(this, scanner);
    }

    @Override
    public PatternStreams streams(final PatternDatabase database, final int limit) {
        return new HyperscanStreams((HyperscanDatabase) database, limit);
    }

    LibWeir weir() {
        return weir;
    }

    private static void write(final PatternSet set, final long literals, final long texts) {
        long text = texts;
        for (int i = 0; i < set.size(); i++) {
            final PatternSet.Literal literal = set.literal(i);
            final long at = literals + (long) i * NativeLayout.LITERAL_BYTES;
            UnsafeApi.putLong(at + NativeLayout.LITERAL_ADDRESS, text);
            UnsafeApi.putInt(at + NativeLayout.LITERAL_LENGTH, literal.bytes().length);
            UnsafeApi.putInt(at + NativeLayout.LITERAL_FLAGS, literal.noCase() ? NO_CASE : 0);
            UnsafeApi.putInt(at + NativeLayout.LITERAL_EARLIEST_START, literal.earliestStart());
            UnsafeApi.putInt(at + NativeLayout.LITERAL_LATEST_END, literal.latestEnd());
            for (final byte b : literal.bytes()) {
                UnsafeApi.putByte(text++, b);
            }
        }
    }
}
