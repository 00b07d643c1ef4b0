package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

final class KeywordTableTest {
    @Test
    void shouldStandInTheReadmeAsTheCodeHasIt() throws IOException {
        final String readme = Files.readString(Path.of("README.md"));
        for (final String row : Keywords.table()) {
            assertTrue(readme.contains(row + "\n"), () -> "engine/README.md lacks: " + row);
        }
    }
}
