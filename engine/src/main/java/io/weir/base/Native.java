package io.weir.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import jnr.ffi.LibraryLoader;
import org.agrona.ErrorHandler;
import org.agrona.UnsafeApi;

/**
 * Loads libweir once and holds it for the life of the process.
 *
 * <p>The library travels in the jar; it is copied to a private directory, loaded and deleted again. The system property
 * {@value #PATH_PROPERTY} names a file to load instead, for machines whose temporary directory forbids execution.
 */
public final class Native {
    /** System property with the path of a libweir.so to use. */
    public static final String PATH_PROPERTY = "weir.native.path";

    /** Version of the interface this code was written for. */
    static final int ABI = 9;

    private static final String RESOURCE = "/io/weir/native/linux-x86_64/libweir.so";
    private static volatile LibWeir library;

    private Native() {
    }

    /**
     * The library; loads it at the first call. Any thread.
     *
     * @throws NativeLibraryException if it cannot be used here, with one sentence that says why
     */
    public static synchronized LibWeir library() {
        if (library == null) {
            library = load(System.getProperty(PATH_PROPERTY));
        }
        return library;
    }

    /** The library if it was loaded before, else null: for what can do without it, and must not wait. Any thread. */
    public static LibWeir loaded() {
        return library;
    }

    /**
     * Loads the library on a thread of its own, which takes a fraction of a second: {@link #loaded} answers it after
     * that, unless it cannot be used here. Any thread.
     *
     * @param faults told by that thread why it cannot, with a {@link NativeLibraryException}
     */
    public static void loadBeside(final ErrorHandler faults) {
        if (library == null) {
            final Thread thread = new Thread(() -> tryToLoad(faults), "weir-native");
            thread.setDaemon(true);
            thread.start();
        }
    }

    private static void tryToLoad(final ErrorHandler faults) {
        try {
            library();
        } catch (final NativeLibraryException e) {
            faults.onError(e);
        }
    }

    /** Copies {@code text} with a terminating zero into native memory the caller closes. */
    public static NativeMemory.Region text(final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, bytes.length + 1L, 1);
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(region.address() + i, bytes[i]);
        }
        return region;
    }

    /** Reads zero-terminated text of at most {@code capacity} bytes. */
    public static String text(final long address, final int capacity) {
        int length = 0;
        while (length < capacity && UnsafeApi.getByte(address + length) != 0) {
            length++;
        }
        final byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = UnsafeApi.getByte(address + i);
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Loads the library from {@code path}, or from the jar if it is null. */
    static LibWeir load(final String path) {
        final String machine = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
        if (!machine.toLowerCase(Locale.ROOT).equals("linux on amd64")) {
            throw new NativeLibraryException("libweir exists for Linux on x86-64 only, and this is " + machine, null);
        }
        if (path != null) {
            return checked(path);
        }
        try (InputStream resource = Native.class.getResourceAsStream(RESOURCE)) {
            if (resource == null) {
                throw new NativeLibraryException("this build lacks libweir (" + RESOURCE + "): build the module"
                    + " 'native', or name a library with -D" + PATH_PROPERTY + "=FILE", null);
            }
            final Path directory = Files.createTempDirectory("weir-");
            final Path file = directory.resolve("libweir.so");
            try {
                Files.copy(resource, file);
                return checked(file.toString());
            } finally {
                Files.deleteIfExists(file);
                Files.deleteIfExists(directory);
            }
        } catch (final IOException e) {
            throw new NativeLibraryException("libweir cannot be unpacked to " + System.getProperty("java.io.tmpdir")
                + " (" + e.getMessage() + "): set -Djava.io.tmpdir=DIR, or -D" + PATH_PROPERTY + "=FILE", e);
        }
    }

    /** The loader's message goes on with everything it tried. */
    private static String reason(final String path, final Throwable e) {
        if (!Files.exists(Path.of(path))) {
            return "no such file";
        }
        final String message = String.valueOf(e.getMessage());
        final int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }

    /** {@code ringOpen} is {@code weir_ring_open} in C. */
    static String symbol(final String method) {
        final StringBuilder name = new StringBuilder("weir_");
        for (int i = 0; i < method.length(); i++) {
            final char c = method.charAt(i);
            name.append(Character.isUpperCase(c) ? "_" : "").append(Character.toLowerCase(c));
        }
        return name.toString();
    }

    private static LibWeir checked(final String path) {
        final LibWeir loaded;
        final int abi;
        try {
            loaded = LibraryLoader.create(LibWeir.class).mapper((name, context) -> symbol(name))
                .failImmediately().load(path);
            abi = loaded.abi();
        } catch (final LinkageError | RuntimeException e) {
            throw new NativeLibraryException("libweir cannot be loaded from " + path + " (" + reason(path, e)
                + "): a directory mounted noexec is the usual cause, name another with -D" + PATH_PROPERTY + "=FILE",
                e);
        }
        if (abi != ABI) {
            throw new NativeLibraryException("libweir in " + path + " has interface version " + abi + " and this build"
                + " needs " + ABI + ": build both from one checkout", null);
        }
        final int count = NativeLayout.count();
        final int[] answered = new int[count];
        try (NativeMemory.Region values = NativeMemory.allocate(NativeMemory.Tag.OTHER, 4L * count, Integer.BYTES)) {
            if (loaded.layout(values.address(), count) == count) {
                for (int i = 0; i < count; i++) {
                    answered[i] = UnsafeApi.getInt(values.address() + 4L * i);
                }
            }
        }
        if (!NativeLayout.agrees(answered)) {
            throw new NativeLibraryException("libweir in " + path + " lays its structures out differently from this"
                + " build: build both from one checkout", null);
        }
        return loaded;
    }
}
