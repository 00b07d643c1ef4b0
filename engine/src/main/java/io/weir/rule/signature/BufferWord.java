package io.weir.rule.signature;

import io.weir.protocol.Field;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A buffer that rules name, and the fields it stands for, by side.
 *
 * @param name     keyword that names it
 * @param part     of a frame, or null
 * @param client   fields that the client tells, as {@link FieldNames} reads them, or null
 * @param server   fields that the server tells, or null
 * @param multiple true if each mention asks an instance of its own
 */
record BufferWord(String name, Buffer.Part part, String client, String server, boolean multiple) {
    /** Digits that are told in one case, and asked in either. */
    private static final Set<String> DIGITS = Set.of("tls.cert_serial", "tls.cert_fingerprint", "ja3.hash",
        "ja3s.hash", "ssh.hassh", "ssh.hassh.server", "quic.cyu.hash");

    /** Where content is looked for if no buffer is named. */
    static final BufferWord PAYLOAD = new BufferWord("payload", null, null, null, false);

    boolean isPayload() {
        return part == null && !isOfTransaction();
    }

    /** True if case does not matter, whatever the rule says. */
    boolean isOfDigits() {
        return DIGITS.contains(name);
    }

    /** True if it has no letters in upper case, whatever was sent. */
    boolean isLower() {
        return "http.host".equals(name);
    }

    boolean isMultiple() {
        return multiple;
    }

    boolean isOfTransaction() {
        return client != null || server != null;
    }

    /** True if one side alone tells it. */
    boolean isOneSided() {
        return isOfTransaction() && (client == null || server == null);
    }

    /** Direction of a buffer that one side alone tells; null of others. */
    Direction side() {
        return !isOneSided() ? null : client != null ? Direction.TO_SERVER : Direction.TO_CLIENT;
    }

    /** True if each side tells it, and not in one field for both. */
    boolean differsBySide(final FieldNames fields) {
        if (client == null || server == null) {
            return false;
        }
        final List<Field> ofClient = fields.find(client);
        final List<Field> ofServer = fields.find(server);
        return !ofClient.isEmpty() && !ofServer.isEmpty()
            && (!ofClient.equals(ofServer) || ofClient.stream().allMatch(Field::isInspected));
    }

    /** True if its bytes exist in this build. */
    boolean exists(final FieldNames fields) {
        return !isOfTransaction() || !fields.find(client).isEmpty() || !fields.find(server).isEmpty();
    }

    /**
     * The buffer that a rule asks.
     *
     * @param direction of the rule, or null
     */
    Buffer resolve(final FieldNames fields, final Direction direction) throws RejectedException {
        if (isPayload()) {
            return Buffer.PAYLOAD;
        }
        if (part != null) {
            return Buffer.of(name, part);
        }
        final Direction asked = isOneSided() ? side() : direction;
        if (direction != null && asked != direction) {
            throw RejectedException.error(name + " is told by the " + teller(asked) + ", and the rule looks at what "
                + "the " + teller(direction) + " tells");
        }
        final List<Field> found = fields(fields, asked);
        if (found.isEmpty()) {
            throw RejectedException.unsupported(name + " is not told by the " + teller(asked));
        }
        return new Buffer(name, Buffer.Level.TRANSACTION, null, found, side(asked));
    }

    private static String teller(final Direction direction) {
        return direction == Direction.TO_CLIENT ? "server" : "client";
    }

    /** Fields of the side that a rule asks; of both if it does not say. */
    private List<Field> fields(final FieldNames names, final Direction direction) {
        final List<Field> found = new ArrayList<>();
        if (direction != Direction.TO_CLIENT) {
            found.addAll(names.find(client));
        }
        if (direction != Direction.TO_SERVER) {
            names.find(server).stream().filter(field -> !found.contains(field)).forEach(found::add);
        }
        return found;
    }

    /** Which side's records a rule asks. */
    private static Buffer.Side side(final Direction direction) {
        if (direction == null) {
            return Buffer.Side.EITHER;
        }
        return direction == Direction.TO_SERVER ? Buffer.Side.TO_SERVER : Buffer.Side.TO_CLIENT;
    }
}
