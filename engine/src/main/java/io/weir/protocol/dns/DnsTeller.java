package io.weir.protocol.dns;

import io.weir.base.Ascii;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Scratch;
import io.weir.protocol.Transaction;
import io.weir.protocol.WeirObject;
import java.nio.charset.StandardCharsets;

/**
 * Tells DNS messages: each is a record, and what its answers say of addresses is learnt. One for each worker, whatever
 * the number of flows: it keeps nothing between messages.
 *
 * <p>The work for a message is bounded: {@link #MAX_RECORDS} questions and records of each section, and the length of a
 * record.
 */
public final class DnsTeller {
    /** Questions, and records of a section, that are told; more are left out and counted as skipped. */
    public static final int MAX_RECORDS = 64;
    /** In {@link #problems()}: it could not be read to its end. */
    public static final int MALFORMED = 1;
    /** In {@link #problems()}: pointers of a name run in a circle. */
    public static final int LOOP = 2;
    /** In {@link #problems()}: a name was too long. */
    public static final int LONG_NAME = 4;

    static final Scratch<DnsTeller> SCRATCH = Scratch.of(DnsTeller.class, DnsTeller::new);
    /** A name that is that of the first question. */
    private static final int POINTER_TO_QUESTION = 0xc000 | DnsShape.HEADER;
    /** Bytes of a record in front of its data, if its name is a pointer. */
    private static final int LIKE = 12;
    /** Bytes that telling a header takes, and telling a record or question, without its name. */
    private static final int USUAL_HEADER = 120;
    private static final int USUAL_RECORD = 64;
    private static final byte[][] SECTIONS = {ascii("answers"), ascii("authorities"), ascii("additionals")};
    private static final int NOT_ASKED = -1;

    private final DnsName question = new DnsName();
    private final DnsName name = new DnsName();
    private final DnsName held = new DnsName();
    private final DnsValues values = new DnsValues();
    private final Bytes view = new Bytes();
    private final byte[] text = new byte[16];
    private final int[] types = new int[MAX_RECORDS];
    private final int[] starts = new int[MAX_RECORDS];
    private final int[] lengths = new int[MAX_RECORDS];
    private final DnsHeaders headers = new DnsHeaders();
    private int answered;
    /** Application of the first question's name, or {@link #NOT_ASKED}. */
    private int application;
    private int problems;
    private boolean hasRest;
    private boolean restBegun;
    private boolean questionIsPlain;
    private boolean fromClient;
    private boolean watched;
    private boolean watchedNames;
    private boolean oldLayout;
    private int at;
    private long left;
    private int ownerEnd;
    /** Where in the message the last record begins, if others may be {@link #isLikeLast like} it; else -1. */
    private int likeAt;
    private int likeFrom;
    private int likeType;
    private int likeLength;
    private DnsName owner = name;
    private DnsWords words;
    private FlowContext flow;
    private Bytes message;
    private Transaction record;

    private DnsTeller() {
    }

    private static byte[] ascii(final String string) {
        return string.getBytes(StandardCharsets.US_ASCII);
    }

    /** What was wrong with the last message: 0, or some of {@link #MALFORMED}, {@link #LOOP}, {@link #LONG_NAME}. */
    public int problems() {
        return problems;
    }

    /**
     * Tells a message.
     *
     * @param context  whose
     * @param language in which words
     * @param bytes    the message, as far as it is there
     * @param byServer true if the flow's server sent it
     * @param number   of the message in its flow, from 0
     * @param naming   true if the first question tells the application
     * @return false if it was no message: nothing was told
     */
    public boolean tell(final FlowContext context, final DnsWords language, final Bytes bytes,
        final boolean byServer, final long number, final boolean naming) {
        problems = 0;
        final int questions = bytes.u16(4);
        if (!bytes.has(0, DnsShape.HEADER) || questions > 0 && !question.read(bytes, DnsShape.HEADER)) {
            problems = MALFORMED;
            return false;
        }
        questionIsPlain = questions > 0 && question.isPlain();
        hasRest = false;
        flow = context;
        words = language;
        message = bytes;
        record = context.open(language.record());
        expect();
        oldLayout = language.kind == DnsWords.Kind.DNS && context.dnsVersion() == 2;
        if (byServer && oldLayout) {
            record.byServerUnnamed();
        } else if (byServer) {
            record.byServer();
        } else {
            record.byClient();
        }
        headers.tell(record, words, message, oldLayout, context.dnsVersion(), number);
        fromClient = !byServer;
        watch(context.isWatched());
        at = DnsShape.HEADER;
        left = 0;
        answered = 0;
        application = NOT_ASKED;
        values.begin();
        if (questions(questions)) {
            final int end = at;
            if (naming && questions > 0 && question.length() > 0) {
                context.name(NameKind.HOST, view.wrap(question.text(), 0, question.length()), 0, question.length());
            }
            final boolean readable = section(words.answers, bytes.u16(6), questions > 0);
            group();
            final boolean whole = readable
                && section(words.authorities, bytes.u16(8), false)
                && section(words.additionals, bytes.u16(10), false);
            problems |= whole ? 0 : MALFORMED;
            if (hasRest && words.rest != null) {
                rest(end);
            }
        }
        final int flags = bytes.u16(2);
        DnsEvents.report(context, record, flags, problems, language.kind != DnsWords.Kind.LLMNR);
        if (language.kind == DnsWords.Kind.DNS && fromClient == flags >= 0x8000) {
            DnsEvents.wrongWay(context, record, flags >= 0x8000);
        }
        context.close(record);
        if (left > 0) {
            context.skipped(left);
        }
        record = null;
        flow = null;
        message = null;
        return true;
    }

    /** Makes room at once for about all that is told of most messages. */
    private void expect() {
        final int records = message.u16(6) + message.u16(8) + message.u16(10);
        final int most = message.length() / LIKE;
        record.expect(USUAL_HEADER + (question.length() + USUAL_RECORD) * (1 + Math.min(records, most)));
    }

    private void watch(final boolean rulesAsk) {
        watched = rulesAsk && flow.wants(DnsBuffers.TYPE);
        watchedNames = rulesAsk && message.u16(2) >= 0x8000 && flow.wants(DnsBuffers.RESPONSE_NAME);
        if (rulesAsk && flow.wants(DnsBuffers.RCODE)) {
            record.inspected(fromClient).putDecimal(DnsBuffers.RCODE, message.u16(2) & 15);
        }
    }

    /** Tells what is asked; the first question is read already. */
    private boolean questions(final int count) {
        for (int i = 0; i < count; i++) {
            final DnsName asked = i == 0 ? question : name;
            if (i > 0 && !read(name, at) || !message.has(asked.end(), 4)) {
                problems |= MALFORMED;
                return false;
            }
            if (i < MAX_RECORDS) {
                // In the old layout the first question stands in the record itself.
                final boolean grouped = i > 0 || !oldLayout;
                if (grouped) {
                    record.begin(words.queries);
                }
                record.put(words.queryName, asked.text(), 0, asked.length());
                responseName(asked);
                type(words.queryType, message.u16(asked.end()));
                if (grouped) {
                    record.end();
                }
            } else {
                left += asked.end() + 4 - at;
            }
            problems |= asked.isCut() ? LONG_NAME : 0;
            at = asked.end() + 4;
        }
        return true;
    }

    private boolean read(final DnsName target, final int from) {
        if (target.read(message, from)) {
            problems |= target.isCut() ? LONG_NAME : 0;
            return true;
        }
        problems |= target.isLooped() ? LOOP : 0;
        return false;
    }

    /** Reads the name of the record that begins here, which mostly is that of the first question. */
    private boolean readOwner() {
        if (questionIsPlain && message.u16(at) == POINTER_TO_QUESTION) {
            owner = question;
            ownerEnd = at + 2;
            return true;
        }
        owner = name;
        final boolean read = read(name, at);
        ownerEnd = name.end();
        return read;
    }

    private boolean section(final DnsSection section, final int count, final boolean asked) {
        likeNone();
        for (int i = 0; i < count; i++) {
            if (i == MAX_RECORDS || record.isCut()) {
                return leaveOut(count - i);
            }
            if (isLikeLast() && again()) {
                note(section, i, likeType, at + LIKE, likeLength, asked);
                at += LIKE + likeLength;
                continue;
            }
            if (!readOwner() || !message.has(ownerEnd, 10)) {
                return false;
            }
            final int head = ownerEnd;
            final int type = message.u16(head);
            final int length = message.u16(head + 8);
            final int start = head + 10;
            if (!message.has(start, length)) {
                return false;
            }
            if (watchedNames) {
                responseNames(type, start);
            }
            note(section, i, type, start, length, asked);
            hasRest |= length > 0 && (type >= DnsCodes.TYPES || section.values[type] == null);
            if (type != DnsCodes.OPT || length > 0) {
                final int before = record.length();
                tell(section, type, head, start, length);
                like(section, before, type, start, length);
            }
            at = start + length;
        }
        return true;
    }

    private void note(final DnsSection section, final int i, final int type, final int start, final int length,
        final boolean asked) {
        if (section == words.answers) {
            types[i] = type;
            starts[i] = start;
            lengths[i] = length;
            answered = i + 1;
            learn(asked ? question : owner, type, start, length);
        }
    }

    private void likeNone() {
        likeAt = -1;
    }

    /** Notes the record just told if those that follow may differ from it in their address alone. */
    private void like(final DnsSection section, final int before, final int type, final int start, final int length) {
        final boolean isAddress = type == DnsCodes.A && length == 4 || type == DnsCodes.AAAA && length == 16;
        likeAt = isAddress && start == at + LIKE && section.values[type] != null && !record.isCut()
            && !watched && !watchedNames ? at : -1;
        likeFrom = before;
        likeType = type;
        likeLength = length;
    }

    /** Tells the last record again, with the address of the one that begins here; false if there is no room. */
    private boolean again() {
        final int before = record.length();
        final boolean told = record.again(likeFrom, message, at + LIKE, likeLength);
        likeFrom = before;
        return told;
    }

    /**
     * True if the record that begins here is like the one before but for its address, which is all there. Both begin
     * with the same pointer, so they are of one name, whose text the last one has.
     */
    private boolean isLikeLast() {
        return likeAt >= 0 && message.u64(at) == message.u64(likeAt) && message.u32(at + 8) == message.u32(likeAt + 8)
            && message.has(at + LIKE, likeLength);
    }

    /** Tells rules the name of a record, and the one it holds if its data is a name. */
    private void responseNames(final int type, final int start) {
        responseName(owner);
        final boolean named = type == DnsCodes.CNAME || type == DnsCodes.PTR || type == DnsCodes.NS
            || type == DnsCodes.SOA || type == DnsCodes.DNAME;
        if ((named || type == DnsCodes.MX) && held.read(message, named ? start : start + 2)) {
            responseName(held);
        }
    }

    private void responseName(final DnsName of) {
        if (watchedNames && of.length() > 0) {
            record.inspected(false).put(DnsBuffers.RESPONSE_NAME, of.text(), 0, of.length());
        }
    }

    /** Jumps over records that are not told, where that is possible. */
    private boolean leaveOut(final int count) {
        final int from = at;
        hasRest = true;
        for (int i = 0; i < count; i++) {
            final int head = DnsName.skip(message, at, message.length());
            if (head < 0 || !message.has(head, 10)) {
                return false;
            }
            at = head + 10 + message.u16(head + 8);
        }
        left += at - from;
        return true;
    }

    private void learn(final DnsName of, final int type, final int start, final int length) {
        if ((type == DnsCodes.A && length == 4 || type == DnsCodes.AAAA && length == 16) && of.length() > 0) {
            final int known = application(of);
            if (known != 0) {
                flow.learnt(known, message, start, length);
            }
        }
    }

    /** Application of a name: answers are mostly about the first question, of which it is asked once. */
    private int application(final DnsName of) {
        if (of != question) {
            return flow.application(view.wrap(of.text(), 0, of.length()), 0, of.length());
        }
        if (application == NOT_ASKED) {
            application = flow.application(view.wrap(of.text(), 0, of.length()), 0, of.length());
        }
        return application;
    }

    /** A record with several strings is told once for each of them, as an array cannot stand where a string is due. */
    private void tell(final DnsSection section, final int type, final int head, final int start, final int length) {
        final Field value = type < DnsCodes.TYPES ? section.values[type] : null;
        int from = start;
        do {
            record.begin(section.group);
            record.put(section.name, owner.text(), 0, owner.length());
            if (section.type != null) {
                type(section.type, type);
                record.put(section.ttl, message.u32(head + 4));
            }
            if (value != null && type == DnsCodes.TXT && !value.isRepeated()) {
                from = values.string(record, value, message, from, start + length);
            } else {
                if (value != null) {
                    values.tell(record, section, value, type, message, start, length);
                } else if (section.other != null && length > 0) {
                    values.text(record, section.other, type, message, start, length);
                }
                from = start + length;
            }
            record.end();
        } while (from < start + length && !record.isCut());
    }

    /** Tells the records once more whose data the sections have no place for. */
    private void rest(final int from) {
        final int told = problems;
        at = from;
        restBegun = false;
        if (rest(words.answers, SECTIONS[0], message.u16(6)) && rest(words.authorities, SECTIONS[1], message.u16(8))) {
            rest(words.additionals, SECTIONS[2], message.u16(10));
        }
        if (restBegun) {
            record.end();
        }
        problems = told;
    }

    /** The same of one section; false if what follows it cannot be found. */
    private boolean rest(final DnsSection shown, final byte[] section, final int count) {
        for (int i = 0; i < count; i++) {
            if (i == MAX_RECORDS || !readOwner() || !message.has(ownerEnd, 10)) {
                return false;
            }
            final int head = ownerEnd;
            final int type = message.u16(head);
            final int length = message.u16(head + 8);
            at = head + 10 + length;
            if (!message.has(head + 10, length)) {
                return false;
            }
            if (length > 0 && (type >= DnsCodes.TYPES || shown.values[type] == null)) {
                if (!restBegun) {
                    record.sibling(WeirObject.FIELD).begin(words.rest.outer);
                    restBegun = true;
                }
                rest(section, type, head, length);
            }
        }
        return true;
    }

    private void rest(final byte[] section, final int type, final int head, final int length) {
        final DnsRest rest = words.rest;
        record.begin(rest.group).put(rest.section, section).put(rest.name, owner.text(), 0, owner.length());
        type(rest.type, type);
        record.put(rest.ttl, message.u32(head + 4));
        if (type == DnsCodes.A && length == 4 || type == DnsCodes.AAAA && length == 16) {
            record.put(rest.address, message, head + 10, length);
        } else {
            values.text(record, rest.text, type, message, head + 10, length);
        }
        record.end();
    }

    private void type(final Field field, final int type) {
        if (watched) {
            record.inspected(fromClient).putDecimal(DnsBuffers.TYPE, type);
        }
        final byte[] known = DnsCodes.type(type, words.kind != DnsWords.Kind.DNS);
        if (known != null) {
            record.put(field, known);
            return;
        }
        final byte[] prefix = DnsCodes.UNKNOWN[words.kind != DnsWords.Kind.DNS ? 1 : 0];
        System.arraycopy(prefix, 0, text, 0, prefix.length);
        final int digits = Ascii.decimalLength(type);
        Ascii.putDecimal(type, text, prefix.length, digits);
        record.put(field, text, 0, prefix.length + digits);
    }

    /** Tells the answers once more, by type. */
    private void group() {
        boolean begun = false;
        if (words.grouped == null) {
            return;
        }
        for (int i = 0; i < answered; i++) {
            final int type = types[i];
            if (type < 0 || type >= DnsCodes.TYPES || words.groups[type] == null) {
                continue;
            }
            if (!begun) {
                record.begin(words.grouped);
                begun = true;
            }
            for (int j = i; j < answered; j++) {
                if (types[j] == type) {
                    values.tell(record, words.answers, words.groups[type], type, message, starts[j], lengths[j]);
                    types[j] = -1;
                }
            }
        }
        if (begun) {
            record.end();
        }
    }
}
