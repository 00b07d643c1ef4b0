package io.weir.protocol.tls;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.protocol.BufferPool;
import io.weir.protocol.Bytes;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Scratch;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Messages are told apart without memory too: then those that do not come at once are skipped whole. */
final class HandshakeJoinerTest {
    /** No message has this type, which is reported. */
    private static final String UNKNOWN = "ff000000";

    private final BufferPool none = new BufferPool(0);
    private final List<String> told = new ArrayList<>();
    private final Session session = new Session();
    private final HandshakeJoiner joiner = new HandshakeJoiner(session, true);

    HandshakeJoinerTest() {
        session.begin((FlowContext) Proxy.newProxyInstance(FlowContext.class.getClassLoader(),
            new Class<?>[] {FlowContext.class}, (proxy, method, arguments) -> switch (method.getName()) {
                case "buffers" -> none;
                case "scratch" -> ((Scratch<?>) arguments[0]).make();
                case "skipped" -> note("skipped " + arguments[0]);
                case "event" -> note("event");
                default -> method.getReturnType() == boolean.class ? false
                    : method.getReturnType() == int.class ? 0 : null;
            }), false);
    }

    private Object note(final String what) {
        told.add(what);
        return null;
    }

    private void add(final String digits) {
        final byte[] bytes = HexFormat.of().parseHex(digits);
        joiner.add(new Bytes().wrap(bytes, 0, bytes.length));
    }

    @Test
    void shouldSkipTheBodyOfAMessageThatIsNotReadBehindADividedHeader() {
        add("0c00");
        add("0006");
        add("0000" + UNKNOWN);
        assertEquals(List.of(), told);
    }

    @Test
    void shouldSkipTheBodyOfAMessageThatFindsNoRoomBehindADividedHeader() {
        add("010000");
        add("06");
        add("0000" + UNKNOWN);
        assertEquals(List.of("skipped 10"), told);
        add(UNKNOWN);
        assertEquals(List.of("skipped 10", "event"), told);
    }

    @Test
    void shouldSkipWhatIsLeftOfAMessageThatFindsNoRoom() {
        add("01000006" + "0000");
        add(UNKNOWN);
        assertEquals(List.of("skipped 10"), told);
    }
}
