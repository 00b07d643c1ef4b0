package io.weir.rule.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.match.ValueSet;
import io.weir.rule.model.Dataset;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a set when rules describe it otherwise than those before. */
final class DatasetReloadTest {
    @TempDir
    private Path folder;

    private final Datasets datasets = new Datasets();
    private Datasets.Use use;
    private Datasets.Use before;

    private Dataset set(final String load, final String save, final int limit) {
        return new Dataset("a", Dataset.Type.STRING, load == null ? null : folder.resolve(load),
            save == null ? null : folder.resolve(save), limit, 10_000);
    }

    /** Its values, once rules are in use that describe it so; streams keep those before. */
    private ValueSet reloaded(final Dataset set) {
        datasets.begin();
        final ValueSet values = datasets.of(set);
        before = use;
        use = datasets.use();
        use.begin();
        return values;
    }

    /** Adds as rules do. */
    private static boolean add(final ValueSet values, final String text) {
        values.mutable();
        final boolean added = values.add(text.getBytes(StandardCharsets.US_ASCII));
        values.giveBackChanged();
        return added;
    }

    private List<String> lines(final String file) throws IOException {
        return Files.readAllLines(folder.resolve(file));
    }

    @Test
    void shouldReadWhatRulesHaveAddedToASetThatIsNotSavedFromNowOn() throws IOException {
        final ValueSet first = reloaded(set("state", "state", 0));
        add(first, "a");
        final ValueSet second = reloaded(set("state", null, 0));
        assertEquals(1, second.size());
        assertEquals(List.of("YQ=="), lines("state"));
        // a stream that keeps to the rules before
        add(first, "b");
        before.close();
        assertEquals(2, datasets.size());
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ==", "Yg=="), lines("state"));
        assertEquals(1, datasets.size(), "the set before is saved and in use no more");
        assertEquals(2, reloaded(set("state", null, 0)).size());
    }

    @Test
    void shouldWriteASetFromMemoryBeforeItIsSavedNoLonger() throws IOException {
        final ValueSet values = reloaded(set(null, "state", 0));
        add(values, "a");
        assertSame(values, reloaded(set(null, null, 0)));
        assertEquals(List.of("YQ=="), lines("state"));
        add(values, "b");
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ=="), lines("state"));
    }

    @Test
    void shouldSaveInTheFileThatIsNamedNow() throws IOException {
        final ValueSet values = reloaded(set(null, "old", 0));
        add(values, "a");
        assertSame(values, reloaded(set(null, "new", 0)));
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ=="), lines("new"));
        add(values, "b");
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ=="), lines("old"));
        assertEquals(2, lines("new").size());
    }

    @Test
    void shouldTakeTheLimitThatIsNamedNow() {
        final ValueSet values = reloaded(set(null, null, 1));
        assertTrue(add(values, "a"));
        assertFalse(add(values, "b"));
        assertSame(values, reloaded(set(null, null, 2)));
        assertTrue(add(values, "b"));
        reloaded(set(null, null, 1));
        assertFalse(add(values, "c"));
        assertEquals(2, values.size(), "what is beyond the limit stays");
    }

    @Test
    void shouldAddWhatIsInTheFileThatIsNamedNow() throws IOException {
        Files.writeString(folder.resolve("one"), "YQ==\n");
        Files.writeString(folder.resolve("two"), "Yg==\n");
        final ValueSet values = reloaded(set("one", "state", 0));
        add(values, "c");
        assertSame(values, reloaded(set("two", "state", 0)));
        assertEquals(3, values.size());
    }

    @Test
    void shouldReadAnotherFileAnewIfRulesHaveChangedNothing() throws IOException {
        Files.writeString(folder.resolve("one"), "YQ==\nYg==\n");
        Files.writeString(folder.resolve("two"), "Yw==\n");
        final ValueSet values = reloaded(set("one", "state", 0));
        assertEquals(1, reloaded(set("two", "state", 0)).size());
        assertEquals(2, values.size());
        before.close();
        assertEquals(1, datasets.size());
    }

    @Test
    void shouldNotTakeValuesOfAnotherTypeOver() throws IOException {
        final ValueSet values = reloaded(set(null, "old", 0));
        add(values, "a");
        final Dataset other = new Dataset("a", Dataset.Type.IP, null, folder.resolve("new"), 0, 10_000);
        assertNotSame(values, reloaded(other));
        assertEquals(List.of("YQ=="), lines("old"));
        assertEquals(0, datasets.of(other).size());
    }

    @Test
    void shouldChangeNothingBeforeTheRulesAreInUse() throws IOException {
        Files.writeString(folder.resolve("two"), "Yg==\n");
        final ValueSet values = reloaded(set(null, "old", 1));
        add(values, "a");
        datasets.begin();
        datasets.of(set("two", "new", 3));
        assertEquals(1, values.size());
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ=="), lines("old"));
        assertFalse(Files.exists(folder.resolve("new")));
        assertFalse(add(values, "c"));
    }

    @Test
    void shouldKeepASetAsItIsIfRulesThatDescribeItOtherwiseNeverComeIntoForce() throws IOException {
        final ValueSet values = reloaded(set(null, "old", 1));
        datasets.begin();
        assertSame(values, datasets.of(set(null, null, 3)));
        datasets.use().close();
        add(values, "a");
        assertFalse(add(values, "b"), "the limit in force");
        assertEquals(1, datasets.save().size(), "it had no room");
        assertEquals(List.of("YQ=="), lines("old"));
    }

    @Test
    void shouldSaveASetStillIfRulesThatGiveItAnotherTypeNeverComeIntoForce() throws IOException {
        final ValueSet values = reloaded(set(null, "state", 0));
        add(values, "a");
        datasets.begin();
        datasets.of(new Dataset("a", Dataset.Type.IP, null, folder.resolve("state"), 0, 10_000));
        datasets.use().close();
        add(values, "b");
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ==", "Yg=="), lines("state"));
        assertSame(values, reloaded(set(null, "state", 0)));
    }

    @Test
    void shouldTakeASetUpAgainThatStreamsOfOlderRulesStillChange() throws IOException {
        final ValueSet first = reloaded(set("state", "state", 0));
        add(first, "a");
        reloaded(new Dataset("a", Dataset.Type.IP, null, folder.resolve("other"), 0, 10_000));
        add(first, "b");
        final ValueSet again = reloaded(set("state", "state", 0));
        assertEquals(2, again.size());
        add(again, "c");
        add(first, "d");
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ==", "Yg==", "Yw==", "ZA=="), lines("state"));
    }

    @Test
    void shouldNotLetAnOlderSetOverwriteTheFileOfThatInForce() throws IOException {
        final ValueSet first = reloaded(set("state", "state", 0));
        add(first, "a");
        reloaded(new Dataset("a", Dataset.Type.IP, null, folder.resolve("other"), 0, 10_000));
        add(first, "b");
        final ValueSet again = reloaded(set(null, "state", 0));
        assertEquals(List.of("YQ==", "Yg=="), lines("state"), "written before it is let go");
        add(again, "c");
        add(first, "d");
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("Yw=="), lines("state"));
    }

    @Test
    void shouldTellOnceMoreWhatCouldNotBeWrittenBeforeAFileIsRead() throws IOException {
        final ValueSet values = reloaded(set(null, "none/state", 0));
        add(values, "a");
        Files.writeString(folder.resolve("list"), "");
        reloaded(set("list", null, 0));
        assertEquals(2, datasets.save().size());
        Files.createDirectory(folder.resolve("none"));
        assertEquals(List.of(), datasets.save());
        assertEquals(List.of("YQ=="), lines("none/state"));
    }
}
