package io.weir.protocol.classify;

import io.weir.protocol.Field;
import io.weir.protocol.catalogue.Protocols;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.agrona.ErrorHandler;

/** Settings of classification and parsing; its memory is divided evenly among the workers. */
public final class ClassifierContext {
    /** Default of {@link #memory}. */
    public static final long MEMORY_DEFAULT = 256L * 1024 * 1024;

    /** Default of {@link #codingLayers}. */
    public static final int CODING_LAYERS_DEFAULT = 2;
    /** Most {@link #codingLayers}. */
    public static final int MOST_CODING_LAYERS = 3;

    /** Default of {@link #dnsVersion}: that of Suricata 8. */
    public static final int DNS_VERSION_DEFAULT = 3;

    private static final long MIN_MEMORY_PER_WORKER = 1024 * 1024;
    /** Java objects of a flow that is looked at: inspection, parser and what they hold, about. */
    private static final int BYTES_PER_INSPECTION = 512;

    private long memory = MEMORY_DEFAULT;
    private boolean cutOff = true;
    private boolean inspect = true;
    private List<String> fields = List.of();
    private boolean files = true;
    private boolean unpacksFiles;
    private int codingLayers = CODING_LAYERS_DEFAULT;
    private int dnsVersion = DNS_VERSION_DEFAULT;
    private ErrorHandler faults = fault -> { };
    private int workers = 1;

    /** Bytes for flows whose content is looked at, in all. Default 256 MiB. */
    public ClassifierContext memory(final long value) {
        memory = value;
        return this;
    }

    /** Whether streams nobody reads any more are left to themselves. Default true. */
    public ClassifierContext cutOff(final boolean value) {
        cutOff = value;
        return this;
    }

    /** Whether content is looked at. Default true; without it flows are named by ports and IP protocols alone. */
    public ClassifierContext inspect(final boolean value) {
        inspect = value;
        return this;
    }

    /** Names of the optional fields that are told too. Default none. */
    public ClassifierContext fields(final Collection<String> value) {
        fields = List.copyOf(value);
        return this;
    }

    /** Whether a record is written for each file that is transferred. Default true. */
    public ClassifierContext files(final boolean value) {
        files = value;
        return this;
    }

    /** Whether these records say how long a compressed file is unpacked, and not as transmitted. Default false. */
    public ClassifierContext unpacksFiles(final boolean value) {
        unpacksFiles = value;
        return this;
    }

    /** How many compressions of a body, one around the other, are undone. Default 2. */
    public ClassifierContext codingLayers(final int value) {
        codingLayers = value;
        return this;
    }

    /** Layout of records of DNS: 3, or 2 as Suricata 7 writes them. Default 3. */
    public ClassifierContext dnsVersion(final int value) {
        dnsVersion = value;
        return this;
    }

    /** Told of what a parser throws, by the worker. Default: nobody, and it is counted. */
    public ClassifierContext faults(final ErrorHandler value) {
        faults = value;
        return this;
    }

    ErrorHandler faults() {
        return faults;
    }

    /** Number of workers that share it. */
    public ClassifierContext workers(final int value) {
        workers = value;
        return this;
    }

    /**
     * Checks everything.
     *
     * @throws IllegalArgumentException naming the setting and what it may be
     */
    public ClassifierContext conclude() {
        if (memory / workers < MIN_MEMORY_PER_WORKER) {
            throw new IllegalArgumentException("protocol memory must be at least 1 MiB for each of " + workers
                + " workers, not " + memory + " bytes in all");
        }
        for (final String name : fields) {
            if (Protocols.fields().stream().noneMatch(field -> field.isOptional() && field.name().equals(name))) {
                throw new IllegalArgumentException("no optional field is called '" + name + "'; there are "
                    + Protocols.fields().stream().filter(Field::isOptional).map(Field::name)
                        .collect(Collectors.joining(", ")));
            }
        }
        if (codingLayers < 0 || codingLayers > MOST_CODING_LAYERS) {
            throw new IllegalArgumentException("between 0 and " + MOST_CODING_LAYERS
                + " compressions of a body may be undone, not " + codingLayers);
        }
        if (dnsVersion != 2 && dnsVersion != 3) {
            throw new IllegalArgumentException("records of DNS have version 2 or 3, not " + dnsVersion);
        }
        return this;
    }

    /** Numbers of the optional fields that are told too. */
    BitSet wanted() {
        final BitSet wanted = new BitSet();
        Protocols.fields().stream().filter(field -> fields.contains(field.name()))
            .forEach(field -> wanted.set(field.id()));
        return wanted;
    }

    /** Whether streams nobody reads any more are left to themselves. */
    public boolean cutOff() {
        return cutOff;
    }

    /** Whether content is looked at. */
    public boolean inspects() {
        return inspect;
    }

    /** Whether a record is written for each file. */
    boolean files() {
        return files;
    }

    /** Whether files are unpacked to know their length. */
    boolean unpacksFiles() {
        return unpacksFiles;
    }

    /** How many compressions of a body are undone. */
    int codingLayers() {
        return codingLayers;
    }

    /** Layout of records of DNS. */
    int dnsVersion() {
        return dnsVersion;
    }

    /** Half of a worker's share goes to buffers. */
    long bufferBytesPerWorker() {
        return memory / workers / 2;
    }

    /** The other half to flows. */
    int inspectionsPerWorker() {
        return (int) Math.min(Integer.MAX_VALUE / 4, memory / workers / 2 / BYTES_PER_INSPECTION);
    }
}
