package io.weir.cli.config;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The values of all settings: what a file says, and the defaults for what it does not say. Immutable. */
public final class Configuration {
    private final Map<Setting<?>, Object> values;

    Configuration(final Map<Setting<?>, Object> values) {
        this.values = Map.copyOf(values);
    }

    /** Nothing but defaults. */
    public static Configuration defaults() {
        return new Configuration(Map.of());
    }

    /** The value of a setting. */
    @SuppressWarnings("unchecked")
    public <T> T get(final Setting<T> setting) {
        return (T) values.getOrDefault(setting, setting.defaultValue());
    }

    /** The value of a setting as people write it. */
    public <T> String text(final Setting<T> setting) {
        return setting.kind().text(get(setting));
    }

    /** The same with another value for one setting, as an option of a command demands. */
    public <T> Configuration with(final Setting<T> setting, final T value) {
        final Map<Setting<?>, Object> changed = new HashMap<>(values);
        changed.put(setting, value);
        return new Configuration(changed);
    }

    /** The settings that have another value there, in the order of the file. */
    public List<Setting<?>> changes(final Configuration other) {
        final List<Setting<?>> changed = new ArrayList<>();
        for (final Setting<?> setting : Settings.all()) {
            if (!get(setting).equals(other.get(setting))) {
                changed.add(setting);
            }
        }
        return changed;
    }

    /** True if the file says something about it. */
    public boolean isSet(final Setting<?> setting) {
        return values.containsKey(setting);
    }
}
