package io.weir.protocol.application;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApplicationReaderTest {
    @Test
    void shouldTellEveryFaultWithItsPlace() {
        final List<String> faults = faults("""
            categories: [video, music]
            applications:
              one:
                title: One
                category: vidoe
                hosts: [a.example, "*.b.example"]
              two:
                titel: Two
                category: music
                hosts: [a.example]
                addresses: [10.0.0.1/8, 192.168.0.0/33]
              Three: {title: T, category: music, hosts: x}
              two: {title: T, category: music, agents: [a b]}
            """);
        assertEquals(List.of(
            "test.yaml:5:15: unknown category 'vidoe'; did you mean 'video'?",
            "test.yaml:6:24: '*.b.example' in 'hosts' must be a host name, without wildcards",
            "test.yaml:8:5: unknown key 'titel' in the application 'two'; did you mean 'title'?",
            "test.yaml:7:3: the application 'two' needs a title",
            "test.yaml:10:13: 'a.example' belongs to 'one' already",
            "test.yaml:11:17: the network 10.0.0.1/8 has bits set beyond its prefix of 8 bits",
            "test.yaml:11:29: not a network: 192.168.0.0/33; write an address and a prefix length, such as 10.0.0.0/8"
                + " or 2001:db8::/32",
            "test.yaml:12:3: 'Three' is no name of an application: lower-case letters, digits and single dashes",
            "test.yaml:12:45: 'hosts' must be a list, as [one, two]",
            "test.yaml:13:3: the application 'two' is there a second time",
            "test.yaml:13:45: 'a b' in 'agents' must be a word of letters, digits, dots, dashes and underscores"),
            faults);
    }

    @Test
    void shouldTellWhatIsNoListOfApplications() {
        assertEquals(List.of("test.yaml: empty; it needs categories and applications"), faults(""));
        assertEquals(List.of("test.yaml:1:1: 'applications' is missing"), faults("categories: [web]\n"));
        assertEquals(List.of("test.yaml:1:1: a file of applications holds 'key: value' lines: categories, "
            + "applications"), faults("- a\n"));
        assertTrue(faults("categories: [web\n").get(0).startsWith("test.yaml:2:1: "));
    }

    @Test
    void shouldTellWhatCannotBeRead(@TempDir final Path directory) throws IOException {
        final Path missing = directory.resolve("none.yaml");
        assertEquals(List.of(missing + ": no such file"),
            assertThrows(ApplicationFileException.class, () -> ApplicationReader.read(missing)).faults());
        final Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertEquals(List.of(binary + ": not text in UTF-8"),
            assertThrows(ApplicationFileException.class, () -> ApplicationReader.read(binary)).faults());
    }

    private static List<String> faults(final String text) {
        return assertThrows(ApplicationFileException.class, () -> ApplicationReader.parse("test.yaml", text)).faults();
    }
}
