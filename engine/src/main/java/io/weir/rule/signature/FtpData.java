package io.weir.rule.signature;

import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.Application;
import io.weir.rule.model.Condition.Unrecognised;
import io.weir.rule.model.FlowNumber;
import io.weir.rule.model.Header;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import io.weir.rule.model.Traffic;
import java.util.List;
import java.util.Set;

/**
 * Signatures about the data connections of FTP. Only the control connection, another flow, says that one is: so
 * rules that look into it are asked about streams whose content says nothing else, and what matches becomes an alert
 * if the stream was announced. The stream is the file.
 */
final class FtpData {
    private static final String WORD = "ftp-data";
    private static final BufferWord FILE = BufferWords.of("file.data");
    private static final int TCP = 6;

    private FtpData() {
    }

    /** Turns a rule that asks for the command alone into one that matches a connection once; true if it is one. */
    static boolean isAskedOnce(final Draft draft) {
        final boolean isOne = draft.dataCommand != null && draft.traffic.word().equals(WORD)
            && draft.action != Action.PASS && draft.questions.isEmpty()
            && draft.buffers.stream().allMatch(buffer -> buffer.steps.isEmpty() && !buffer.isAbsent());
        if (isOne) {
            // The connection may be there before the command is; the data come after it.
            draft.conditions.add(new Condition.FlowFact(FlowNumber.STREAM, NumberSet.between(1, Long.MAX_VALUE)));
            announced(draft, Traffic.Payload.STREAM_OR_PACKET);
        }
        return isOne;
    }

    /** Turns a rule that looks into such connections into one about streams; true if it is one. */
    static boolean isAskedOfStreams(final Draft draft) throws RejectedException {
        final boolean isOne = draft.traffic.word().equals(WORD) && draft.action != Action.PASS
            && draft.buffers.stream().anyMatch(FtpData::asks)
            && draft.buffers.stream().allMatch(buffer -> buffer.steps.isEmpty() || asks(buffer));
        if (!isOne) {
            if (draft.dataCommand != null) {
                throw RejectedException.unsupported(
                    "ftpdata_command is asked alone or of content, in " + WORD + " traffic");
            }
            return false;
        }
        for (final BufferDraft buffer : draft.buffers) {
            if (!buffer.transforms.isEmpty() || buffer.steps.stream().anyMatch(Step.Length.class::isInstance)) {
                throw RejectedException.unsupported("files of " + WORD + " are neither transformed nor measured");
            }
        }
        announced(draft, Traffic.Payload.STREAM);
        return true;
    }

    /** The connection is recognised so or not recognised, and was announced. */
    private static void announced(final Draft draft, final Traffic.Payload payload) {
        draft.conditions.add(new Condition.Any(List.of(new Application(draft.traffic.applications(), false),
            new Unrecognised(true), new Unrecognised(false))));
        draft.acrossFlows.add(0, new AcrossFlows.Announced(draft.traffic.applications().get(0), draft.dataCommand));
        draft.header = new Header(new Traffic(WORD, 0, Set.of(TCP), payload, List.of()), draft.header.source(),
            draft.header.destination(), draft.bothWays);
        if (!draft.effects.isEmpty()) {
            draft.note(WORD, RejectedException.error("what the rule does to its flow it does whether or not that was "
                + "announced"));
        }
    }

    private static boolean asks(final BufferDraft buffer) {
        return !buffer.steps.isEmpty() && !buffer.isAbsent() && (buffer.word().isPayload() || isFile(buffer));
    }

    /** True if a buffer is the file, which of data connections is the stream. */
    static boolean isFile(final BufferDraft buffer) {
        return buffer.word().equals(FILE);
    }
}
