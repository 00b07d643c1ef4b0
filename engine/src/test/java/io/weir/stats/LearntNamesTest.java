package io.weir.stats;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.event.FlowEvent;
import io.weir.event.NameEvent;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

final class LearntNamesTest {
    private static final long CLIENT = 0x0a000001;
    private static final long SERVER = 0xc0000201L;
    private static final int YOUTUBE = 7;
    private static final int GOOGLE = 8;

    private final LearntNames names = new LearntNames(64);

    @Test
    void shouldKnowTheApplicationOfWhatTheClientWasTold() {
        names.learn(told(CLIENT, SERVER, YOUTUBE, 10));
        assertEquals(YOUTUBE, names.application(flow(CLIENT, SERVER, 11)));
        assertEquals(0, names.application(flow(CLIENT + 1, SERVER, 11)), "another client was told nothing");
        assertEquals(0, names.application(flow(CLIENT, SERVER + 1, 11)));
        assertEquals(0, names.application(flow(SERVER, CLIENT, 11)), "the other way round");
    }

    @Test
    void shouldLetOnlyFlowsThatBeganLaterTakeTheName() {
        names.learn(told(CLIENT, SERVER, YOUTUBE, 10));
        assertEquals(0, names.application(flow(CLIENT, SERVER, 9)));
        assertEquals(0, names.application(flow(CLIENT, SERVER, 10)));
        names.learn(told(CLIENT, SERVER, GOOGLE, 20));
        assertEquals(YOUTUBE, names.application(flow(CLIENT, SERVER, 15)), "the flow began before the second name");
        assertEquals(GOOGLE, names.application(flow(CLIENT, SERVER, 21)));
        assertEquals(0, names.application(flow(CLIENT, SERVER, 5)));
    }

    @Test
    void shouldForgetAfterAnHour() {
        names.learn(told(CLIENT, SERVER, YOUTUBE, 10));
        final FlowEvent late = flow(CLIENT, SERVER, 12);
        late.identity(1, 10 + LearntNames.LIFETIME_NS + 1, 10 + LearntNames.LIFETIME_NS + 2, 12);
        assertEquals(0, names.application(late));
        names.learn(told(CLIENT, SERVER, YOUTUBE, 11));
        assertEquals(YOUTUBE, names.application(late), "told again, it counts from then on");
    }

    @Test
    void shouldTellIpVersionsApart() {
        final NameEvent event = told(CLIENT, SERVER, YOUTUBE, 10);
        event.client(6, 0, CLIENT);
        event.address(6, 0, SERVER, YOUTUBE);
        names.learn(event);
        assertEquals(0, names.application(flow(CLIENT, SERVER, 11)));
        final FlowEvent flow = flow(CLIENT, SERVER, 11);
        flow.protocol(6, 6);
        assertEquals(YOUTUBE, names.application(flow));
    }

    @Test
    void shouldForgetTheOldestWhenItIsFull() {
        for (int i = 0; i < 10_000; i++) {
            names.learn(told(CLIENT + i, SERVER, YOUTUBE, i + 1));
        }
        assertEquals(YOUTUBE, names.application(flow(CLIENT + 9_999, SERVER, 20_000)));
        int known = 0;
        for (int i = 0; i < 10_000; i++) {
            known += names.application(flow(CLIENT + i, SERVER, 20_000)) == YOUTUBE ? 1 : 0;
        }
        assertTrue(known <= 64 && known > 48, known + " of 64 places are in use");
    }

    private static NameEvent told(final long client, final long address, final int application, final long frame) {
        final NameEvent event = new NameEvent().wrap(new UnsafeBuffer(new byte[NameEvent.LENGTH]), 0);
        event.client(4, 0, client);
        event.address(4, 0, address, application);
        event.saidBy(frame, frame);
        return event;
    }

    private static FlowEvent flow(final long client, final long server, final long firstFrame) {
        final FlowEvent event = new FlowEvent().wrap(new UnsafeBuffer(new byte[FlowEvent.LENGTH]), 0);
        event.identity(1, firstFrame, firstFrame + 1, firstFrame);
        event.initiator(0, client, 40_000);
        event.responder(0, server, 443);
        event.protocol(4, 6);
        return event;
    }
}
