package io.weir.cli.config;

/**
 * One setting of the configuration file.
 *
 * @param path         keys from the root, with dots between them
 * @param kind         reads the value
 * @param defaultValue what holds if the file does not say
 * @param sentence     what it is for
 * @param <T>          type of the value
 */
public record Setting<T>(String path, Kind<T> kind, T defaultValue, String sentence) {

    /** The last key of the path. */
    public String key() {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
