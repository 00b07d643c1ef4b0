package io.weir.protocol.classify;

import io.weir.base.Spares;
import io.weir.protocol.Parser;
import io.weir.protocol.Protocol;
import io.weir.protocol.catalogue.Protocols;
import java.util.Arrays;

/** The parsers of one worker that no flow has, to be used again; the one given back last first. */
final class Parsers {
    private final Spares<Parser>[] free;

    /** Has none at first. */
    @SuppressWarnings({"unchecked", "rawtypes"})
    Parsers() {
        free = new Spares[2 * (Protocols.all().size() + 1)];
        Arrays.setAll(free, i -> new Spares<>());
    }

    /** One that is free, or a new one. */
    Parser take(final Protocol protocol, final boolean udp) {
        final Parser pooled = free[index(protocol, udp)].take();
        return pooled == null ? protocol.newParser(udp) : pooled;
    }

    /** Takes back one that has ended. */
    void giveBack(final Protocol protocol, final boolean udp, final Parser parser) {
        free[index(protocol, udp)].giveBack(parser);
    }

    private static int index(final Protocol protocol, final boolean udp) {
        return 2 * protocol.id() + (udp ? 1 : 0);
    }
}
