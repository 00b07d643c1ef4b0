package io.weir.output;

import io.weir.Json;
import io.weir.JsonSchema;
import io.weir.SharedFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks records against EVE's schema. */
public final class EveSchema {
    private final JsonSchema schema;

    private EveSchema(final JsonSchema schema) {
        this.schema = schema;
    }

    /** EVE's schema, where it exists. */
    public static Optional<EveSchema> find() {
        return SharedFolder.find("eve/schema.json").map(file -> {
            try {
                return new EveSchema(new JsonSchema(Json.object(Files.readString(file))));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /** What is wrong with a record; our own object {@code weir} is left out. */
    public List<String> faults(final Map<String, Object> record) {
        record.remove("weir");
        return schema.faults(record);
    }

    /** True if there is something at a path of the schema, steps separated by slashes. */
    boolean knows(final String path) {
        return schema.knows(path);
    }
}
