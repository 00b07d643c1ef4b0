package io.weir.capture.file;

import io.weir.capture.CaptureInterface;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Interfaces of a whole trace. Files of a rotated capture that describe the same interface share its entry. */
final class InterfaceList {
    /** Interface numbers have 16 bits in records. */
    static final int MAX_INTERFACES = 1 << 16;

    private final List<CaptureInterface> list = new ArrayList<>();
    private final Map<Key, Integer> index = new HashMap<>();

    private record Key(String name, int linkType, int occurrence) {
    }

    /** Names that one section or file has used so far, so that equal ones in it stay apart. */
    static final class Section {
        private final Map<Key, Integer> seen = new HashMap<>();

        private int occurrence(final String name, final int linkType) {
            return seen.merge(new Key(name, linkType, 0), 1, Integer::sum);
        }
    }

    /** Index of an interface; -1 if there are too many. */
    int register(final Section section, final CaptureInterface described) {
        final Key key = new Key(described.name(), described.linkType(),
            section.occurrence(described.name(), described.linkType()));
        final Integer known = index.get(key);
        if (known != null) {
            return known;
        }
        if (list.size() == MAX_INTERFACES) {
            return -1;
        }
        index.put(key, list.size());
        list.add(described);
        return list.size() - 1;
    }

    List<CaptureInterface> view() {
        return Collections.unmodifiableList(list);
    }
}
