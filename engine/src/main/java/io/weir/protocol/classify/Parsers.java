package io.weir.protocol.classify;

import io.weir.protocol.Parser;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import java.util.ArrayDeque;

/** The parsers of one worker that no flow has, to be used again; the one given back last first. */
final class Parsers {
    private final ArrayDeque<Parser>[] free;

    /** Has none at first. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    Parsers() {
        free = new ArrayDeque[2 * (Protocols.all().size() + 1)];
    }

    /** One that is free, or a new one. */
    Parser take(final Protocol protocol, final boolean udp) {
        final ArrayDeque<Parser> pool = free[index(protocol, udp)];
        final Parser pooled = pool == null ? null : pool.pollLast();
        return pooled == null ? protocol.newParser(udp) : pooled;
    }

    /** Takes back one that has ended. */
    void giveBack(final Protocol protocol, final boolean udp, final Parser parser) {
        final int index = index(protocol, udp);
        if (free[index] == null) {
            free[index] = new ArrayDeque<>();
        }
        free[index].addLast(parser);
    }

    private static int index(final Protocol protocol, final boolean udp) {
        return 2 * protocol.id() + (udp ? 1 : 0);
    }
}
