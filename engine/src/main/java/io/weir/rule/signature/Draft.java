package io.weir.rule.signature;

import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.Action;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Condition.Direction;
import io.weir.rule.model.Dataset;
import io.weir.rule.model.Effect;
import io.weir.rule.model.Header;
import io.weir.rule.model.Traffic;
import io.weir.rule.model.Value;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A rule in the making: keywords add to it in the order written. One thread. */
final class Draft {
    final SignatureContext context;
    /** Data sets of all rules of a load, by name. */
    final Map<String, Dataset> datasets;
    /** What names of files are relative to. */
    final Path folder;

    Action action = Action.ALERT;
    Traffic traffic;
    Header header;
    boolean bothWays;
    boolean transactional;
    boolean noAlert;
    /** Which command a data connection of FTP serves; null if that is not asked. */
    AcrossFlows.Announced.Content dataCommand;

    final List<Condition> conditions = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final List<AcrossFlows> acrossFlows = new ArrayList<>();
    final Description description = new Description();

    /** Keywords that the rule says it cannot do without. */
    final List<String> neededKeywords = new ArrayList<>();
    /** Where {@code flow} says that the rule looks; null if it does not. */
    Direction direction;
    /** Numbers read from the traffic so far. */
    final Set<String> variables = new HashSet<>();
    /** Buffers in the order written. */
    final List<BufferDraft> buffers = new ArrayList<>();
    /** Numbers of transactions that the rule asks. */
    final List<NumberKeywords.Question> questions = new ArrayList<>();
    /** What content is looked for in unless a modifier says otherwise. */
    BufferDraft current;
    /** Where the last content or expression is, for modifiers behind it; null if there is none. */
    BufferDraft lastBuffer;

    private final FaultSink notes;
    /** How many steps the current buffer had when it was named. */
    private int stepsBefore;

    Draft(final SignatureContext context, final Map<String, Dataset> datasets, final Path folder,
        final FaultSink notes) {
        this.folder = folder;
        this.context = context;
        this.datasets = datasets;
        this.notes = notes;
        current = open(BufferWord.PAYLOAD);
    }

    /** Tells of something that is passed over; the rule is loaded. */
    void note(final Option option, final RejectedException note) {
        notes.told(option.at(), option.name(), note);
    }

    /** The same, of the rule as a whole. */
    void note(final String keyword, final RejectedException note) {
        notes.told(0, keyword, note);
    }

    /** Looks in the payload from here on. */
    void usePayload() {
        current = payload();
        lastBuffer = null;
    }

    /** The payload; a second one if the first ends in decoded bytes. */
    BufferDraft payload() {
        return find(BufferWord.PAYLOAD);
    }

    /** True if a sticky buffer is in effect. */
    boolean isSticky() {
        return !current.word().isPayload();
    }

    /** Looks in a buffer from here on. */
    void use(final BufferWord word) {
        current = word.isMultiple() ? open(word) : find(word);
        stepsBefore = current.steps.size();
        lastBuffer = null;
    }

    /** The current buffer, for a transform: nothing is asked of it yet. */
    BufferDraft fresh() throws RejectedException {
        if (!isSticky() || current.steps.size() != stepsBefore) {
            throw RejectedException.error("a transform stands directly behind the name of the buffer that it changes");
        }
        if (stepsBefore > 0) {
            current = open(current.word());
            stepsBefore = 0;
        }
        return current;
    }

    /** Where a step belongs: with the content before it if it is relative to that, else to the current buffer. */
    BufferDraft place(final boolean relative) {
        return relative && !isSticky() && lastBuffer != null ? lastBuffer : current;
    }

    /** A buffer without transforms that takes further steps; a new one if there is none. */
    BufferDraft find(final BufferWord word) {
        for (final BufferDraft buffer : buffers) {
            if (buffer.word().equals(word) && buffer.transforms.isEmpty() && !buffer.isDecoded()
                && !buffer.isAbsent()) {
                return buffer;
            }
        }
        return open(word);
    }

    private BufferDraft open(final BufferWord word) {
        final BufferDraft buffer = new BufferDraft(word);
        buffers.add(buffer);
        return buffer;
    }

    /** A number that the rule gives, or the name of one that it has read before. */
    Value value(final String text, final long min, final long max) throws RejectedException {
        final String word = text.strip();
        if (variables.contains(word)) {
            return Value.of(word);
        }
        if (!word.isEmpty() && (Character.isLetter(word.charAt(0)) || word.charAt(0) == '_')) {
            throw RejectedException.unknown("no number " + Option.shown(word) + " was read before", word, variables);
        }
        return Value.of(Numbers.number(word, min, max));
    }
}
