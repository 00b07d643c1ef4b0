package io.weir.reassembly;

import java.util.List;
import java.util.Map;

/**
 * One direction of a conversation as the references have it.
 *
 * @param number of the conversation in its capture
 * @param name   source and destination as in {@link StreamNames}
 */
record ReferenceStream(int number, String name, long bytes, String sha256) {
    /** Adds a direction of a conversation, if both tools agree on it and miss nothing. */
    static void addTo(final List<ReferenceStream> references, final Map<?, ?> stream, final String side,
        final String source, final String destination) {
        if (Boolean.TRUE.equals(stream.get(side + "_tcpflow_agrees"))
            && Integer.valueOf(0).equals(stream.get(side + "_gaps"))) {
            references.add(new ReferenceStream((Integer) stream.get("stream"),
                stream.get(source) + " > " + stream.get(destination),
                ((Number) stream.get(side + "_bytes")).longValue(), (String) stream.get(side + "_sha256")));
        }
    }

    boolean isMetBy(final DigestedStream stream) {
        return stream.bytes() == bytes && stream.gapBytesWithin() == 0 && stream.sha256().equals(sha256);
    }

    /** What names it in the list of explained misses. */
    String label() {
        return number + "\t" + name;
    }
}
