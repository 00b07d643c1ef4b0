package io.weir.rule.compile;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Field;
import io.weir.protocol.http.AsSent;
import io.weir.protocol.http.Http;
import io.weir.rule.model.Condition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rules about messages of HTTP whose patterns are found in the stream as well: most messages hold none of them, and are
 * passed over before their headers are told and their bodies scanned. Of each such rule the stream is searched for
 * something that is there wherever one of its triggers is. One thread.
 */
final class Gate {
    /** A shorter pattern is found too often in a stream. */
    private static final int LEAST = 2;
    /** The same of a word. */
    private static final int LEAST_WORD = 3;
    /** More patterns than this would make the scan of streams dearer than what is saved. */
    private static final int MOST = 1024;
    /** Of messages whose bodies do not stand in the stream as they are told. */
    private static final List<byte[]> CODED =
        List.of("transfer-encoding".getBytes(US_ASCII), "content-encoding".getBytes(US_ASCII));

    private final List<Trigger> ofClient = new ArrayList<>();
    private final List<Trigger> ofServer = new ArrayList<>();
    /** Sides with rules about bodies. */
    private boolean ofClientBodies;
    private boolean ofServerBodies;
    private boolean headsNeeded;

    /**
     * Takes a rule about transactions if it can be gated.
     *
     * @param triggers its triggers, null for always
     * @param stage    at which it is asked
     */
    boolean takes(final Needs needs, final List<Trigger> triggers, final int stage) {
        final boolean oneSided = stage == TransactionIndex.CLIENT || stage == TransactionIndex.SERVER;
        final List<Trigger> found = new ArrayList<>();
        boolean ofBody = false;
        boolean gated = triggers != null && oneSided;
        for (int i = 0; gated && i < triggers.size(); i++) {
            final Trigger trigger = triggers.get(i);
            final Trigger inStream = inStream(trigger);
            gated = inStream != null;
            ofBody |= trigger.buffer().fields().stream().anyMatch(field -> AsSent.of(field) == AsSent.BODY);
            found.add(inStream);
        }
        if ((!gated || ofBody) && needs.fields.stream().anyMatch(AsSent::isOfHead)) {
            // what was not told of the head cannot be asked for when more is known
            headsNeeded = true;
        }
        if (gated) {
            final boolean byClient = stage == TransactionIndex.CLIENT;
            (byClient ? ofClient : ofServer).addAll(found);
            ofClientBodies |= ofBody && byClient;
            ofServerBodies |= ofBody && !byClient;
        }
        return gated;
    }

    /** What of a trigger is found in the stream too; null if nothing is. */
    private static Trigger inStream(final Trigger trigger) {
        if (trigger.pattern() == null || !trigger.transforms().isEmpty()) {
            return null;
        }
        boolean words = false;
        boolean lower = trigger.noCase();
        for (final Field field : trigger.buffer().fields()) {
            final AsSent how = AsSent.of(field);
            if (how == AsSent.UNKNOWN) {
                return null;
            }
            words |= how == AsSent.WORDS;
            lower |= field == Http.HOST;
        }
        final byte[] pattern = words ? longestWord(trigger.pattern()) : trigger.pattern();
        return pattern.length < (words ? LEAST_WORD : LEAST) ? null : anywhere(pattern, lower);
    }

    private static Trigger anywhere(final byte[] pattern, final boolean noCase) {
        return new Trigger(null, List.of(), pattern, noCase, 0, Integer.MAX_VALUE);
    }

    private static byte[] longestWord(final byte[] bytes) {
        int best = 0;
        int bestEnd = 0;
        int from = 0;
        for (int at = 0; at <= bytes.length; at++) {
            if (at == bytes.length || bytes[at] <= ' ' && bytes[at] >= 0 || bytes[at] == ':' || bytes[at] == ',') {
                if (at - from > bestEnd - best) {
                    best = from;
                    bestEnd = at;
                }
                from = at + 1;
            }
        }
        return Arrays.copyOfRange(bytes, best, bestEnd);
    }

    /** True if rules ask for headers of messages that are passed over. */
    boolean needsHeads() {
        return headsNeeded;
    }

    /** True if messages of a side are passed over where the stream holds none of the {@link #patterns}. */
    boolean isOpen(final boolean client) {
        final int count = (client ? ofClient : ofServer).size() + (looksAtBodies(client) ? CODED.size() : 0);
        return count > 0 && count <= MOST;
    }

    private boolean looksAtBodies(final boolean client) {
        return client ? ofClientBodies : ofServerBodies;
    }

    /** What the stream of a side is searched for. */
    List<Trigger> patterns(final boolean client) {
        final List<Trigger> side = new ArrayList<>(client ? ofClient : ofServer);
        if (looksAtBodies(client)) {
            CODED.forEach(name -> side.add(anywhere(name, true)));
        }
        return side;
    }

    /** Direction of a side's stream. */
    static Condition.Direction direction(final boolean client) {
        return client ? Condition.Direction.TO_SERVER : Condition.Direction.TO_CLIENT;
    }
}
