package io.weir.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import jnr.ffi.annotations.IgnoreError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeTest {
    @TempDir
    private Path directory;

    @Test
    void shouldLoadFromTheJarAndAgreeOnVersionAndLayout() {
        assertEquals(Native.ABI, Native.library().abi());
    }

    @Test
    void shouldAnswerTheLibraryWithoutWaitingOnceItIsLoaded() {
        final LibWeir library = Native.library();
        assertSame(library, Native.loaded());
        Native.loadBeside(refused -> { });
        assertSame(library, Native.library());
    }

    @Test
    void shouldNeverPassMoreThanFiveArgumentsBecauseJnrCorruptsTheSixth() {
        for (final Method method : LibWeir.class.getDeclaredMethods()) {
            assertTrue(method.getParameterCount() <= 5, method + " has too many parameters");
            for (final Class<?> type : method.getParameterTypes()) {
                assertTrue(type == int.class || type == long.class, method + " passes something else than a number");
            }
            assertNotNull(method.getAnnotation(IgnoreError.class), method + " would save errno at every call");
        }
    }

    @Test
    void shouldSayInOneSentenceThatTheFileIsMissing() {
        final String message = assertThrows(NativeLibraryException.class, () -> Native.load("/nowhere/libweir.so"))
            .getMessage();
        assertTrue(message.startsWith("libweir cannot be loaded from /nowhere/libweir.so (no such file)"), message);
        assertTrue(message.contains("-Dweir.native.path="), message);
    }

    @Test
    void shouldRefuseAFileThatIsNoLibrary() throws IOException {
        final Path file = Files.writeString(directory.resolve("libweir.so"), "not a library");
        final String message = assertThrows(NativeLibraryException.class, () -> Native.load(file.toString()))
            .getMessage();
        assertFalse(message.contains("Search paths"), message);
    }

    @Test
    void shouldSayWhichVersionALibraryHasAndWhichIsNeeded() throws IOException {
        final Path file = outdated();
        final String message = assertThrows(NativeLibraryException.class, () -> Native.load(file.toString()))
            .getMessage();
        assertEquals("libweir in " + file + " has interface version 6 and this build needs " + Native.ABI
            + ": build both from one checkout", message);
    }

    /** A copy of the library that answers another version. */
    private Path outdated() throws IOException {
        final Path file = directory.resolve("libweir.so");
        try (InputStream library = Native.class.getResourceAsStream("/io/weir/native/linux-x86_64/libweir.so")) {
            final String bytes = new String(library.readAllBytes(), StandardCharsets.ISO_8859_1);
            final String returnsVersion = "\u00b8" + (char) Native.ABI + "\0\0\0\u00c3"; // mov eax, ABI; ret
            assertTrue(bytes.contains(returnsVersion));
            return Files.writeString(file, bytes.replace(returnsVersion, "\u00b8\6\0\0\0\u00c3"),
                StandardCharsets.ISO_8859_1);
        }
    }

    @Test
    void shouldNoticeAnotherLayout() {
        final int[] values = new int[NativeLayout.count()];
        assertFalse(NativeLayout.agrees(values));
        assertFalse(NativeLayout.agrees(Arrays.copyOf(values, values.length + 1)));
    }

    @Test
    void shouldCarryTextThere() {
        try (NativeMemory.Region text = Native.text("grün")) {
            assertEquals("grün", Native.text(text.address(), 100));
            assertEquals("gr", Native.text(text.address(), 2));
        }
    }
}
