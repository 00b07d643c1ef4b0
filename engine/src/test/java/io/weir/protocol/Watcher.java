package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.catalogue.Protocols;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Asks for fields that no record has, as rules would, and keeps what it is told. Holds protocols that {@link
 * Protocol#isOfOwnFields say that they tell their own fields alone} to it.
 */
public final class Watcher implements TransactionListener {
    private final Set<String> asked = new HashSet<>();
    private final List<String> told = new ArrayList<>();
    private final List<String> stages = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final boolean all;
    private final boolean streamsAlone;

    private Watcher(final boolean all, final boolean streamsAlone) {
        this.all = all;
        this.streamsAlone = streamsAlone;
    }

    /** Asks for these fields. */
    public static Watcher of(final Field... fields) {
        final Watcher watcher = new Watcher(false, false);
        for (final Field field : fields) {
            watcher.asked.add(field.name());
        }
        return watcher;
    }

    /** Asks for all there are. */
    public static Watcher ofAll() {
        return new Watcher(true, false);
    }

    /** Looks at the bytes of streams and asks for nothing that is told. */
    public static Watcher ofStreams() {
        return new Watcher(false, true);
    }

    @Override
    public boolean isListening() {
        return !streamsAlone;
    }

    @Override
    public boolean isLookingAtStreams() {
        return true;
    }

    @Override
    public boolean wants(final Field field) {
        return all || asked.contains(field.name());
    }

    @Override
    public void told(final long flow, final Protocol protocol, final Transaction transaction, final Stage stage) {
        stages.add(transaction.number() + " " + stage);
        if (stage == Stage.CLOSED) {
            if (protocol.isOfOwnFields() && transaction.type() == protocol.records().get(0)) {
                checkOwn(protocol, transaction);
                checkOwn(protocol, transaction.inspected(true));
                checkOwn(protocol, transaction.inspected(false));
            }
            read(transaction.inspected(true), "> ");
            read(transaction.inspected(false), "< ");
        }
    }

    @Override
    public void event(final long flow, final Protocol protocol, final ProtocolEvent event, final Transaction of) {
        events.add(protocol.name() + '.' + event.label());
    }

    private static void checkOwn(final Protocol protocol, final FieldList list) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[list.length()]);
        list.copyTo(copy, 0);
        for (int at = 0; at < copy.capacity();) {
            final int length = copy.getShort(at + 2) & 0xffff;
            final Field field = Protocols.fields().get(copy.getShort(at) & 0xffff);
            assertTrue(length >= FieldList.SIBLING || protocol.fields().contains(field),
                () -> protocol.name() + " tells " + field.name());
            at += FieldList.HEADER + (length < FieldList.SIBLING ? length : 0);
        }
    }

    private void read(final FieldList list, final String side) {
        final UnsafeBuffer copy = new UnsafeBuffer(new byte[list.length()]);
        list.copyTo(copy, 0);
        for (int at = 0; at < copy.capacity();) {
            final int length = copy.getShort(at + 2) & 0xffff;
            final byte[] value = new byte[length];
            copy.getBytes(at + FieldList.HEADER, value);
            told.add(side + Protocols.fields().get(copy.getShort(at) & 0xffff).name() + '='
                + new String(value, StandardCharsets.ISO_8859_1));
            at += FieldList.HEADER + length;
        }
    }

    /** What transactions held when they were closed: {@code > name=value} by the client, {@code <} by the server. */
    public List<String> told() {
        return told;
    }

    /** Number and stage, as they were told. */
    public List<String> stages() {
        return stages;
    }

    /** Events as {@code protocol.label}. */
    public List<String> events() {
        return events;
    }

    /** Forgets what it was told. */
    public void clear() {
        told.clear();
        stages.clear();
        events.clear();
    }
}
