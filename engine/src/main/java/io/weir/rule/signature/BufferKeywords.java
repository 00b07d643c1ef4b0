package io.weir.rule.signature;

import io.weir.rule.model.Step;
import io.weir.rule.model.Step.Content;
import io.weir.rule.model.Step.FastPattern;
import io.weir.rule.model.Step.Length;
import java.util.List;

/** Keywords that name buffers, in front of content or behind it. */
final class BufferKeywords {
    private BufferKeywords() {
    }

    static void addTo(final KeywordTable table) {
        for (final BufferWords.Row row : BufferWords.rows()) {
            final BufferWord word = row.word();
            final String sentence = sentence(word);
            if (!word.exists(table.fields())) {
                notTold(table, row);
                continue;
            }
            table.add(String.join(" ", row.names()), sentence, (draft, option) -> {
                option.needNone();
                draft.use(word);
            });
            row.modifiers().forEach(name -> table.add(name, "Moves the content before it to " + word.name() + ".",
                (draft, option) -> move(draft, option, word)));
        }
        table.add("urilen", "Length of the URI, normalised or raw.", BufferKeywords::uriLength);
        ofFiles(table);
        dataSets(table);
    }

    /** What stands behind the name of such a buffer is read all the same, so that its faults are told too. */
    private static void notTold(final KeywordTable table, final BufferWords.Row row) {
        final String sentence = "no parser tells " + fields(row.word());
        table.not(String.join(" ", row.names()), sentence, draft -> draft.use(row.word()));
        row.modifiers().forEach(name -> table.not(name, sentence));
    }

    private static String sentence(final BufferWord word) {
        if (!word.isOfTransaction()) {
            return "The header, of each packet.";
        }
        return "Field " + fields(word) + ", told by the " + (word.client() == null ? "server"
            : word.server() == null ? "client" : "client and the server") + ".";
    }

    private static String fields(final BufferWord word) {
        final String client = word.client();
        return client == null ? word.server() : word.server() == null || word.server().equals(client) ? client
            : client + " or " + word.server();
    }

    /** Moves the content before it out of the payload. */
    private static void move(final Draft draft, final Option option, final BufferWord word)
        throws RejectedException {
        option.needNone();
        final BufferDraft from = draft.lastBuffer;
        if (from == null || !from.word().isPayload() || from.last() == null) {
            throw RejectedException.error(option.name() + " stands behind the content that it is about");
        }
        int at = from.steps.size() - 1;
        while (at >= 0 && !(from.steps.get(at) instanceof Content)) {
            at--;
        }
        if (at < 0) {
            throw RejectedException.error(option.name() + " stands behind the content that it is about");
        }
        final BufferDraft to = draft.find(word);
        to.steps.add(from.steps.remove(at));
        draft.lastBuffer = to;
    }

    private static void uriLength(final Draft draft, final Option option) throws RejectedException {
        final List<String> parts = option.parts(2);
        final String form = parts.size() < 2 ? "norm" : parts.get(1);
        if (!"norm".equals(form) && !"raw".equals(form)) {
            throw RejectedException.unknown("urilen asks norm or raw, not " + Option.shown(form), form,
                List.of("norm", "raw"));
        }
        draft.find("raw".equals(form) ? BufferWords.of("http.uri.raw") : BufferWords.URI).steps
            .add(new Length(Numbers.set(parts.get(0))));
    }

    private static void ofFiles(final KeywordTable table) {
        final BufferWord names = BufferWords.of("file.name");
        if (!names.exists(table.fields())) {
            table.not("filename", "no parser tells file.name");
            table.not("fileext", "no parser tells file.name");
        } else {
            table.add("filename", "The file's name contains this.", (draft, option) -> name(draft, option, "", false));
            table.add("fileext", "The file's name ends so.", (draft, option) -> name(draft, option, ".", true));
        }
        for (final String hash : new String[] {"md5", "sha1", "sha256"}) {
            final BufferWord word = new BufferWord("file." + hash, null, "file." + hash, "file." + hash, true);
            if (word.exists(table.fields())) {
                table.add("file" + hash, "The hash of a file that was seen whole is, or is not, in a list: at the "
                    + "beginning of each line.", (draft, option) -> DatasetText.addHashes(draft, option, word));
            } else {
                table.not("file" + hash, "no parser tells file." + hash);
            }
        }
        table.partly("filestore", "The rule's alert; files are not stored.", (draft, option) ->
            draft.note(option, RejectedException.error("filestore stores no files; the rule alerts all the same")));
    }

    private static void name(final Draft draft, final Option option, final String before, final boolean atEnd)
        throws RejectedException {
        final String value = option.need();
        final boolean negated = value.startsWith("!");
        final byte[] bytes = ContentText.bytes(before + Option.unquoted(negated ? value.substring(1).strip() : value));
        final Step step = new Content(ContentText.literal(bytes, true), true, negated, null, null, null, null, false,
            atEnd, FastPattern.UNSAID);
        draft.find(BufferWords.of("file.name")).steps.add(step);
    }

    private static void dataSets(final KeywordTable table) {
        table.partly("dataset", "The buffer is in a data set, or is not, or is added or taken out; sets of the types "
            + "string, md5, sha256, ipv4 and ip; alerts do not tell what JSON holds beside a value.", DatasetText::add);
        table.add("datarep", "The buffer is in a file that has a score for each value, with a score that is accepted.",
            DatasetText::addScored);
    }
}
