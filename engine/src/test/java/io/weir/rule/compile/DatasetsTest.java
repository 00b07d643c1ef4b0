package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import io.weir.rule.model.NumberSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets of values, from files and to files. */
final class DatasetsTest {
    @TempDir
    private Path folder;

    private final Datasets datasets = new Datasets();

    private Dataset state(final Dataset.Type type, final long bytes) {
        final Path file = folder.resolve("state");
        return new Dataset("a", type, file, file, 3, bytes);
    }

    /** Its values, in use by rules from now on. */
    private ValueSet used(final Dataset set) {
        datasets.begin();
        final ValueSet values = datasets.of(set);
        datasets.use().begin();
        return values;
    }

    private static byte[] bytes(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** Adds as rules do. */
    private static void set(final ValueSet values, final String text) {
        values.mutable();
        values.add(bytes(text));
        values.giveBackChanged();
    }

    @Test
    void shouldWriteWhatRulesHaveChangedAndReadItAgain() throws IOException {
        final Dataset set = state(Dataset.Type.STRING, 10_000);
        final ValueSet values = used(set);
        assertEquals(List.of(), datasets.save());
        assertFalse(Files.exists(set.save()));
        set(values, "b");
        set(values, "aa");
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YWE=", "Yg=="), Files.readAllLines(set.save()));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(set.save())));
        assertEquals(2, new Datasets().of(set).size());
        Files.delete(set.save());
        datasets.save();
        assertFalse(Files.exists(set.save()), "written though nothing has changed");
    }

    @Test
    void shouldReplaceALinkAndNotFollowIt() throws IOException {
        final Path other = Files.writeString(folder.resolve("other"), "");
        final Dataset set = state(Dataset.Type.STRING, 10_000);
        Files.createSymbolicLink(set.save(), other);
        set(used(set), "x");
        assertEquals(List.of(), datasets.save());
        assertEquals("", Files.readString(other));
        assertFalse(Files.isSymbolicLink(set.save()));
    }

    @Test
    void shouldWriteEachTypeAsItIsRead() throws IOException {
        for (final String[] each : new String[][] {{"MD5", "00".repeat(15) + "ff"}, {"IP", "10.0.0.255"},
            {"IP", "2001:db8:0:0:0:0:0:1"}, {"SHA256", "ab".repeat(32)}}) {
            final Dataset set = state(Dataset.Type.valueOf(each[0]), 10_000);
            Files.writeString(set.save(), each[1] + "\n");
            final Datasets fresh = new Datasets();
            fresh.of(set).mutable();
            fresh.of(set).giveBackChanged();
            fresh.use().begin();
            assertEquals(List.of(), fresh.save());
            assertEquals(new Datasets().of(set).values().length, 1);
            assertTrue(Files.readString(set.save()).startsWith(each[1].substring(0, 4)));
        }
    }

    @Test
    void shouldLoadAnewWithEachReloadWhatIsNotSaved() throws IOException {
        final Path file = Files.writeString(folder.resolve("list"), "10.0.0.1\n");
        final Dataset list = new Dataset("list", Dataset.Type.IP, file, null, 0, 10_000);
        final ValueSet before = datasets.of(list);
        final ValueSet kept = datasets.of(state(Dataset.Type.IP, 10_000));
        datasets.use().begin();
        assertEquals(before, datasets.of(list));
        Files.writeString(file, "10.0.0.1\n10.0.0.2\n");
        assertEquals(before, datasets.of(list), "loaded twice for the same rules");
        datasets.begin();
        assertEquals(2, datasets.of(list).size());
        assertEquals(1, before.size());
        assertEquals(kept, datasets.of(state(Dataset.Type.IP, 10_000)));
    }

    @Test
    void shouldTakeIpv4InIpv6ForIpv4() throws IOException {
        final Path file = Files.writeString(folder.resolve("list"), "::ffff:10.0.0.1\n::ffff:0:1\n");
        final byte[][] values = datasets.of(new Dataset("list", Dataset.Type.IP, file, null, 0, 10_000)).values();
        assertEquals(List.of(4, 4), List.of(values[0].length, values[1].length));
    }

    @Test
    void shouldTakeValuesWhoseScoreIsAccepted() throws IOException {
        final Path file = Files.writeString(folder.resolve("list"), "10.0.0.1,100\n10.0.0.2, 101\n10.0.0.3,200\n");
        final NumberSet above = NumberSet.between(101, Long.MAX_VALUE);
        assertEquals(2, datasets.of(new Dataset("a", Dataset.Type.IP, file, null, 0, 10_000, above)).size());
        assertEquals(3, datasets.of(new Dataset("b", Dataset.Type.IP, file, null, 0, 10_000)).size());
        Files.writeString(file, "10.0.0.1\n");
        datasets.begin();
        final String fault = assertThrows(IllegalArgumentException.class,
            () -> datasets.of(new Dataset("a", Dataset.Type.IP, file, null, 0, 10_000, above))).getMessage();
        assertTrue(fault.contains("list:1: no ip value"), fault);
    }

    @Test
    void shouldReadListsOfHashes() throws IOException {
        final String hash = "AB".repeat(16);
        final Path file = Files.writeString(folder.resolve("list"), "# known\n" + hash + "  a,b.txt\n\n");
        final ValueSet list = datasets.of(new Dataset("list", Dataset.Type.MD5_DIGITS, file, null, 0, 10_000));
        assertEquals("ab".repeat(16), new String(list.values()[0], StandardCharsets.US_ASCII));
        Files.writeString(file, "no hash\n");
        datasets.begin();
        assertThrows(IllegalArgumentException.class,
            () -> datasets.of(new Dataset("list", Dataset.Type.MD5_DIGITS, file, null, 0, 10_000)));
    }

    private String fault(final Dataset.Type type, final String line) throws IOException {
        final Path file = Files.writeString(folder.resolve("list"), "# known\n" + line + "\n");
        return assertThrows(IllegalArgumentException.class,
            () -> new Datasets().of(new Dataset("list", type, file, null, 0, 10_000))).getMessage();
    }

    @Test
    void shouldSayThatAListHasHashesOfAnotherKind() throws IOException {
        final String list = folder.resolve("list").toString();
        assertEquals(list + ":2: 40 hexadecimal digits are no MD5, which has 32: a list of SHA1 is asked by filesha1",
            fault(Dataset.Type.MD5_DIGITS, "ab".repeat(20) + "  a.txt"));
        assertEquals(list + ":2: 32 hexadecimal digits are no SHA256, which has 64: a list of MD5 is asked by "
            + "filemd5 or type md5", fault(Dataset.Type.SHA256_DIGITS, "ab".repeat(16)));
        assertEquals(list + ":2: 40 hexadecimal digits are no SHA256, which has 64: a list of SHA1 is asked by "
            + "filesha1", fault(Dataset.Type.SHA256, "ab".repeat(20)));
        assertEquals(list + ":2: 38 hexadecimal digits are no SHA1, which has 40: correct the line or take it out",
            fault(Dataset.Type.SHA1_DIGITS, "ab".repeat(19)));
    }

    @Test
    void shouldHoldNoMoreThanItMayAndSaySo() {
        final ValueSet values = used(state(Dataset.Type.STRING, 113));
        set(values, "12345678");
        set(values, "1234567890");
        assertEquals(1, values.size());
        assertEquals(1, values.refused());
        set(values, "1");
        set(values, "2");
        assertEquals(2, values.size());
        assertEquals(2, values.refused());
        assertEquals(List.of("data set a: 2 values found no room in its 3 places and 113 bytes"), datasets.save());
    }

    @Test
    void shouldLetGoOfSetsThatNoRulesUseAnyMore() throws IOException {
        final Path file = Files.writeString(folder.resolve("list"), "10.0.0.1\n");
        final Dataset list = new Dataset("list", Dataset.Type.IP, file, null, 0, 10_000);
        final Dataset memory = new Dataset("memory", Dataset.Type.IP, null, null, 0, 10_000);
        final Dataset saved = state(Dataset.Type.STRING, 10_000);
        datasets.of(list);
        datasets.of(memory);
        final ValueSet values = datasets.of(saved);
        final Datasets.Use first = datasets.use();
        first.begin();
        datasets.begin();
        datasets.of(memory).mutable();
        final Datasets.Use second = datasets.use();
        second.begin();
        assertTrue(second.isChanging());
        datasets.save();
        assertEquals(3, datasets.size(), "streams may use the first");
        set(values, "late");
        first.close();
        assertEquals(2, datasets.size());
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("bGF0ZQ=="), Files.readAllLines(saved.save()), "saved before it goes");
        assertEquals(1, datasets.size());
        second.close();
        assertEquals(0, datasets.size());
    }

    @Test
    void shouldSayWhatCannotBeWritten() {
        final Path file = folder.resolve("none/state");
        final Dataset set = new Dataset("a", Dataset.Type.STRING, null, file, 3, 1000);
        set(used(set), "x");
        assertTrue(datasets.save().get(0).startsWith("data set a cannot be written: "));
        assertEquals(1, datasets.save().size(), "it is tried again");
    }
}
