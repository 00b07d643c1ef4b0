package io.weir.rule.signature;

import io.weir.rule.model.Literal;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import io.weir.rule.model.Step.Content;
import io.weir.rule.model.Step.FastPattern;
import io.weir.rule.model.Value;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;

/** Calls of ONC RPC, RFC 5531: a program, its version and a procedure, at their places in a datagram or record. */
final class RpcKeyword {
    private static final int TCP = 6;
    private static final int UDP = 17;
    /** In front of a call over TCP: length of the record. */
    private static final int RECORD_MARK = 4;
    /** Where the kind of the message stands, behind its number. */
    private static final int KIND = 4;
    private static final int CALL = 0;
    private static final int RPC_VERSION = 2;
    private static final int PROCEDURE = 20;
    private static final int LENGTH = 24;
    private static final long MOST = 0xffff_ffffL;

    private RpcKeyword() {
    }

    static void addTo(final KeywordTable table) {
        table.add("rpc", "A call of ONC RPC: program, version and procedure, the latter two or * for any.",
            RpcKeyword::add);
    }

    private static void add(final Draft draft, final Option option) throws RejectedException {
        final Set<Integer> transport = draft.traffic.ipProtocols();
        if (!transport.equals(Set.of(TCP)) && !transport.equals(Set.of(UDP))) {
            throw RejectedException.unsupported("rpc is asked of tcp or of udp, not of " + draft.traffic.word());
        }
        final List<String> parts = option.parts(3);
        if (parts.size() != 3) {
            throw RejectedException.error("rpc needs a program, a version and a procedure: rpc:100000,*,3");
        }
        final int start = transport.contains(TCP) ? RECORD_MARK : 0;
        final boolean anyVersion = "*".equals(parts.get(1));
        final ByteBuffer words = ByteBuffer.allocate(Integer.BYTES * (anyVersion ? 3 : 4)).putInt(CALL)
            .putInt(RPC_VERSION).putInt(number(parts.get(0)));
        if (!anyVersion) {
            words.putInt(number(parts.get(1)));
        }
        final BufferDraft payload = draft.payload();
        payload.steps.add(new Step.Length(NumberSet.between(start + LENGTH, Long.MAX_VALUE)));
        payload.steps.add(at(start + KIND, words.array()));
        if (!"*".equals(parts.get(2))) {
            payload.steps.add(at(start + PROCEDURE,
                ByteBuffer.allocate(Integer.BYTES).putInt(number(parts.get(2))).array()));
        }
    }

    private static int number(final String text) throws RejectedException {
        return (int) Numbers.number(text, 0, MOST);
    }

    private static Content at(final int offset, final byte[] bytes) {
        return new Content(Literal.of(bytes), false, false, Value.of(offset), Value.of(bytes.length), null, null, false,
            false, FastPattern.UNSAID);
    }
}
