package io.weir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The folder of public reference captures and vectors that may lie beside a checkout; tests use it where it exists. */
public final class SharedFolder {
    private SharedFolder() {
    }

    /** A file or folder in it, if it exists. */
    public static Optional<Path> find(final String name) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            final Path candidate = at.resolve("shared").resolve(name);
            if (Files.exists(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }
}
