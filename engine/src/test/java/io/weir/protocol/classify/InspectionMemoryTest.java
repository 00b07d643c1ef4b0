package io.weir.protocol.classify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.weir.WorkerParts;
import io.weir.base.Counter;
import io.weir.packet.PacketBuilder;
import io.weir.packet.TcpFlags;
import io.weir.protocol.ApplicationMatcher;
import io.weir.protocol.Talk;
import io.weir.protocol.tls.Hellos;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What flows take of the memory for inspection while all of them are open, most with the least memory there may be. */
final class InspectionMemoryTest {
    /** Half of the memory is for inspections, of 512 bytes each; the other half is for what they keep of content. */
    private static final int MEMORY = 1 << 20;
    private static final int MOST = MEMORY / 2 / 512;

    /** Most bytes of heap for a flow in the middle of its first exchange, on average of their kinds. */
    private static final int MOST_OF_HEAP = 1_000;
    private static final int WARM_UP = 100;
    private static final int MEASURED = 1_000;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private static final byte[] UNKNOWN = Talk.text("\u00fe".repeat(300));
    /** Of a version that has nothing to read behind it. */
    private static final byte[] BANNER = Talk.text("SSH-1.5-old\n");

    private final WorkerParts parts = new WorkerParts();
    private final UnsafeBuffer piece = new UnsafeBuffer(0, 0);
    private Classifier classifier = classifier(MEMORY);
    private int flows;

    private Classifier classifier(final long memory) {
        final Classifier made = new Classifier(new ClassifierContext().memory(memory).conclude(), parts.flows,
            ApplicationMatcher.NONE, parts.ring, parts.counters);
        parts.flows.observer(made);
        return made;
    }

    @AfterEach
    void close() {
        classifier.close();
        parts.close();
    }

    @Test
    void shouldKeepNothingOfFlowsAfterTheirVerdict() {
        for (int i = 0; i < 3 * MOST; i++) {
            final long unknown = open(9);
            say(unknown, UNKNOWN, UNKNOWN.length);
            answer(unknown, UNKNOWN);
            assertTrue(classifier.isOver(unknown), "nobody knows it");
            final long ended = open(22);
            say(ended, BANNER, BANNER.length);
            answer(ended, BANNER);
            assertTrue(classifier.isOver(ended), "what follows is encrypted");
        }
        assertEquals(0, parts.count(Counter.FLOWS_NOT_INSPECTED));
        assertEquals(0, refused());
    }

    @Test
    void shouldHoldAFlowInTheMiddleOfItsHelloInOneKilobyte() {
        final byte[] hello = hello(200);
        for (int i = 0; i < MEMORY / 1024; i++) {
            say(open(443), hello, hello.length / 2);
        }
        assertEquals(0, parts.count(Counter.FLOWS_NOT_INSPECTED));
        assertEquals(0, refused());
    }

    /** All of what is allocated is held, so what is held is known without a look at the heap. */
    @Test
    void shouldHoldAFlowInOneKilobyteOfHeapOnAverageOfTheKinds() {
        classifier.close();
        classifier = classifier(16L << 20);
        final byte[] hello = hello(350);
        final byte[] request = Talk.text("GET /index.html HTTP/1.1\r\nHost: www.example.com\r\n"
            + "User-Agent: updater/2.1\r\nAccept: */*\r\nCookie: sid=" + "a7".repeat(100) + "\r\n\r\n");
        final byte[] identification = Talk.text("SSH-2.0-OpenSSH_9.6\r\n");
        final long[] held = {
            held(443, hello, hello.length / 2),
            held(443, hello, hello.length),
            held(80, request, request.length / 2),
            held(80, request, request.length),
            held(22, identification, identification.length),
            held(9, UNKNOWN, UNKNOWN.length)};
        assertEquals(0, parts.count(Counter.FLOWS_NOT_INSPECTED));
        assertTrue(LongStream.of(held).sum() <= (long) MOST_OF_HEAP * held.length, Arrays.toString(held));
    }

    /** Bytes allocated for each of many flows of which this has come. */
    private long held(final int port, final byte[] said, final int length) {
        long allocated = 0;
        for (int i = 0; i < WARM_UP + MEASURED; i++) {
            final long handle = open(port);
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            say(handle, said, length);
            allocated += i < WARM_UP ? 0 : THREADS.getCurrentThreadAllocatedBytes() - before;
        }
        return allocated / MEASURED;
    }

    @Test
    void shouldCountTheFlowsThatFindNoInspection() {
        final byte[] hello = hello(200);
        final long first = open(443);
        say(first, hello, hello.length / 2);
        for (int i = 1; i < MOST + 7; i++) {
            say(open(443), hello, hello.length / 2);
        }
        assertEquals(7, parts.count(Counter.FLOWS_NOT_INSPECTED));
        classifier.giveUp(first);
        say(open(443), hello, hello.length / 2);
        assertEquals(7, parts.count(Counter.FLOWS_NOT_INSPECTED), "there is room again");
    }

    @Test
    void shouldCountTheRequestsForMemoryThatWasNotThere() {
        final byte[] hello = hello(3_000);
        for (int i = 0; i < MOST; i++) {
            say(open(443), hello, hello.length - 1);
        }
        assertEquals(0, parts.count(Counter.FLOWS_NOT_INSPECTED));
        final long refused = refused();
        assertTrue(refused >= MOST / 2, "half of them had no room, " + refused);
    }

    private long refused() {
        parts.flows.endAll(parts.frame.sequence + 1, parts.frame.timeNs);
        return parts.count(Counter.PARSER_BUFFERS_REFUSED);
    }

    /** A flow from the lower of two addresses. */
    private long open(final int port) {
        flows++;
        final long handle = parts.put(PacketBuilder.ethernet()
            .ipv4("10.0." + (flows >> 8) + "." + (flows & 0xff), "198.18.0.1").tcp(40_000, port).flags(TcpFlags.SYN));
        classifier.onFrame(parts.frame);
        return handle;
    }

    private void say(final long handle, final byte[] said, final int length) {
        data(handle << 1, said, length);
    }

    private void answer(final long handle, final byte[] said) {
        data(handle << 1 | 1, said, said.length);
    }

    private void data(final long stream, final byte[] said, final int length) {
        piece.wrap(said, 0, length);
        classifier.data(stream, piece, 0, length, 0, parts.frame.timeNs);
        while (parts.ring.peek() >= 0) {
            parts.ring.advance();
        }
    }

    private static byte[] hello(final int padding) {
        final byte[] body = Hellos.hello().ciphers(0x1301).sni("www.example.com").extension(21, "00".repeat(padding))
            .clientBody();
        final byte[] message = Hellos.join(new byte[] {1, 0}, Hellos.u16(body.length), body);
        return Hellos.join(new byte[] {22, 3, 1}, Hellos.u16(message.length), message);
    }
}
