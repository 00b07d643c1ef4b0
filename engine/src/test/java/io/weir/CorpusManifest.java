package io.weir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The public captures in the shared folder and how many frames each holds. */
public final class CorpusManifest {
    /** Files of which another number of frames is right than the manifest's reader counted. */
    private static final Map<String, Integer> OTHER_COUNT = Map.of(
        // One record header at byte 5035 is damaged; seven good records stand behind it.
        "bug-1450-04/tls_DER-incomplete-header.pcap", 13,
        // The third packet lies in a section of version 2, which no reader can know; the vectors say two as well.
        "be/test901.pcapng", 2,
        "le/test901.pcapng", 2);

    private CorpusManifest() {
    }

    /**
     * One capture.
     *
     * @param file   where it lies
     * @param frames how many frames are right
     * @param notes  what the manifest says of damage, {@code -} for nothing
     * @param protocols what Wireshark sees in it, in its names
     */
    public record Entry(Path file, int frames, String notes, Set<String> protocols) {
    }

    /** The folder with the captures and their manifest, if it exists. */
    public static Optional<Path> folder() {
        return SharedFolder.find("corpora/dev");
    }

    /** All captures of a folder. */
    public static List<Entry> entries(final Path folder) throws IOException {
        final List<String> lines = Files.readAllLines(folder.resolve("MANIFEST.tsv"));
        final List<String> columns = List.of(lines.get(0).split("\t"));
        final int file = columns.indexOf("file");
        final int packets = columns.indexOf("packets");
        final int notes = columns.indexOf("reader_notes");
        final int protocols = columns.indexOf("tshark_protocols");
        final List<Entry> entries = new ArrayList<>();
        for (final String line : lines.subList(1, lines.size())) {
            final String[] cells = line.split("\t");
            final int frames = OTHER_COUNT.entrySet().stream()
                .filter(other -> cells[file].endsWith(other.getKey())).map(Map.Entry::getValue).findFirst()
                .orElse(Integer.valueOf(cells[packets]));
            entries.add(new Entry(folder.resolve(cells[file]), frames, cells[notes],
                Set.of(cells[protocols].split(","))));
        }
        return entries;
    }
}
