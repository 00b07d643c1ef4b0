package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.StreamInput;
import io.weir.protocol.Transaction;
import io.weir.protocol.content.BodyDecoder;
import io.weir.protocol.content.Coding;
import io.weir.protocol.content.Content;
import io.weir.protocol.dns.DnsBody;
import io.weir.protocol.file.FileRecord;
import io.weir.protocol.file.Files;

/**
 * What the bodies of one direction hold: handed to rules as far as they ask, and told as files. Without rules that ask,
 * a body's bytes are never seen here: then its record says how long it was as transmitted. One thread.
 */
public final class BodyContent implements Content {
    /** Bytes of a body that rules see. */
    private static final int MOST = 60 * 1024;

    private final boolean fromClient;
    private final FileRecord file = new FileRecord();
    /** Made when the first range comes. */
    private RangedFile ranged;
    /** Made when it is first needed: where nobody watches, none is. */
    private BodyDecoder decoder;
    private Views views;
    private FlowContext flow;
    private Transaction transaction;
    private boolean begun;
    private boolean reads;
    private boolean wanted;
    /** Rules ask for the content. */
    private boolean asked;
    /** Its length is asked for, and is not that of what was transmitted. */
    private boolean measured;
    /** It is announced as a message of DNS. */
    private boolean isDns;
    private boolean coded;
    /** Holds that message; made when the first comes. */
    private DnsBody dns;
    /** Rules ask for its hash. */
    private boolean hashed;
    private long unpacked;
    private boolean gap;
    private int given;
    private long wholeLength;
    private long missedBefore;

    /** Content of requests, or of responses. */
    public BodyContent(final boolean fromClient) {
        this.fromClient = fromClient;
    }

    boolean isFromClient() {
        return fromClient;
    }

    /** Reads some of its state, so that it is in the cache. */
    int touch() {
        return given + (int) file.size();
    }

    /** A connection begins. */
    public void started() {
        if (ranged != null) {
            ranged.clear();
        }
    }

    /** True if parts of a file have come, and more may. */
    boolean isInParts() {
        return ranged != null && ranged.isBegun();
    }

    /** A message begins, whose headers follow. */
    public void begin(final FlowContext context) {
        begin(context, context.scratch(Views.SCRATCH));
    }

    /** The same, with what the worker has for messages. */
    void begin(final FlowContext context, final Views ofWorker) {
        flow = context;
        views = ofWorker;
        transaction = null;
        begun = false;
        wanted = false;
        file.begin();
        asked = false;
        measured = false;
        isDns = false;
        coded = false;
        hashed = file.hash(context);
        reads = context.isWatched() && context.wants(field()) || context.unpacksFiles() || hashed;
        if (reads) {
            gap = false;
            given = 0;
            unpacked = 0;
            if (decoder == null) {
                decoder = new BodyDecoder();
            }
            decoder.begin(flow.decoders(), this);
        }
    }

    /** Takes the value of Content-Encoding, or what stands in a further line of it. */
    public void coding(final Bytes line, final int from, final int to) {
        coded |= from < to;
        for (int at = reads ? from : to; at < to;) {
            int end = at;
            while (end < to && isToken(line.u8(end))) {
                end++;
            }
            final Coding coding = end > at ? Coding.of(line, at, end) : null;
            if (coding != null) {
                decoder.announce(coding);
            }
            at = end + 1;
        }
    }

    private static boolean isToken(final int value) {
        return value >= 'a' && value <= 'z' || value >= 'A' && value <= 'Z' || value >= '0' && value <= '9'
            || value == '-';
    }

    /** Its type is that of messages of DNS, RFC 8484. */
    void announceDns() {
        isDns = true;
    }

    /** The message of DNS that it is, until it is released; null if it is none, or is not whole. */
    Bytes dns() {
        return isDns ? dns.whole() : null;
    }

    /** Takes the value of Content-Disposition. */
    public void disposition(final Bytes line, final int from, final int to) {
        if (!file.isNamed()) {
            Disposition.name(line, from, to, file);
        }
    }

    /** Takes the range of Content-Range, and the length of the whole; below 0 what is not known. */
    void range(final long first, final long last, final long total) {
        file.range(first, last);
        wholeLength = total;
    }

    /** The headers have ended. */
    public void bodyBegins(final Transaction of, final StreamInput input) {
        transaction = of;
        begun = true;
        missedBefore = input.missed();
        asked = reads && of != null && flow.isWatched() && flow.wants(field());
        measured = of != null && flow.unpacksFiles() && flow.wantsFiles() && !decoder.isPlain();
        hashed &= of != null && file.start() < 0; // a part of a file was not seen whole
        wanted = asked || measured || hashed;
        isDns &= !coded;
        if (isDns) {
            dns = dns == null ? new DnsBody() : dns;
            dns.begin(flow.buffers());
        }
        if (wanted && decoder.isTooDeep()) {
            flow.event(HttpEvents.TOO_MANY_LAYERS, transaction);
        }
    }

    private Field field() {
        return fromClient ? HttpBuffers.REQUEST_BODY : Files.DATA;
    }

    /** True if it is to be handed here. */
    public boolean isWanted() {
        return wanted || isDns && dns.isWanted();
    }

    /** All of it is there: where rules find nothing in its message, and none will be asked, it is not wanted. */
    void comesWhole() {
        if (asked && !measured && !hashed && decoder.isPlain() && transaction.isPassedOver(fromClient)
            && !flow.isAsked(transaction, fromClient)) {
            asked = false;
            wanted = false;
        }
    }

    /** So many bytes of it are to come, as was announced. */
    void expects(final long bytes) {
        if (asked && given == 0) {
            flow.expects(transaction, fromClient, field(), bytes, decoder.isPlain());
        }
    }

    /** Takes bytes of the body. */
    public void take(final Bytes bytes) {
        if (isDns) {
            dns.take(bytes);
        }
        if (wanted) {
            wanted = decoder.isPlain() ? give(bytes) : decoder.take(bytes);
        }
    }

    /** Takes the end of a line that was taken without it. */
    void takeLineEnd() {
        take(views.lineEnd);
    }

    @Override
    public boolean take(final byte[] source, final int offset, final int length) {
        return give(flow.decoders().view().wrap(source, offset, length));
    }

    private boolean give(final Bytes bytes) {
        unpacked += bytes.length();
        if (hashed) {
            file.take(bytes);
        }
        final int room = asked ? Math.min(bytes.length(), MOST - given) : 0;
        given += room;
        if (room > 0) {
            final boolean begins = gap;
            gap = false;
            flow.piece(transaction, fromClient, field(), begins, bytes, room);
        }
        return measured || hashed || given < MOST;
    }

    /** It ends before all of it has come. */
    void endsEarly() {
        if (isDns) {
            dns.gap();
        }
    }

    /** Bytes of it are missing. */
    public void gap() {
        gap = true;
        file.gap();
        if (isDns) {
            dns.gap();
        }
        wanted = wanted && decoder.isPlain();
        measured &= wanted;
        hashed = false;
    }

    /** Another transaction has taken the one's place that it belonged to: nothing more is told of it. */
    void forget() {
        transaction = null;
        wanted = false;
        asked = false;
        measured = false;
        hashed = false;
    }

    /**
     * The body has ended, or no more of it will come.
     *
     * @param length of it, without chunking
     */
    public void end(final StreamInput input, final long length, final boolean complete) {
        end(input, length, complete, false);
    }

    /**
     * The same; if the transaction is the next that is written, the record of the file is written with it.
     *
     * @return that record, for {@link FileRecord#close}, or null if there is none or it was written
     */
    Transaction end(final StreamInput input, final long length, final boolean complete, final boolean closing) {
        if (!begun) {
            return null;
        }
        if (wanted) {
            decoder.finish();
        }
        if (reads && decoder.isDamaged()) {
            flow.event(HttpEvents.DECOMPRESSION, transaction);
        }
        Transaction record = null;
        if (length > 0 && transaction != null && (flow.wantsFiles() || flow.isWatched())) {
            record = tellFile(input, length, complete, closing);
        }
        release();
        return record;
    }

    private Transaction tellFile(final StreamInput input, final long length, final boolean complete,
        final boolean closing) {
        nameFile();
        if (input.missed() > missedBefore) {
            file.gap();
        }
        final boolean whole = measured || hashed;
        final boolean decoded = (asked && given > 0 || whole && unpacked > 0) && !decoder.isPlain();
        file.seen(decoded ? whole ? unpacked : given : length);
        if (decoded && (whole ? decoder.isExhausted() : given == MOST)) {
            file.cut();
        }
        final boolean isPart = file.start() >= 0 && complete && !file.hasGaps()
            && length == file.end() - file.start() + 1;
        if (closing && !isPart && flow.wantsFiles() && !file.isAsked(flow)) {
            return file.open(flow, fromClient, complete);
        }
        if (flow.isWatched() && flow.isAsked(transaction, fromClient)) {
            file.tell(flow, transaction, fromClient, complete);
        }
        if (!flow.wantsFiles()) {
            return null;
        }
        file.write(flow, transaction, Http.OBJECT, fromClient, complete);
        if (isPart) {
            tellWhole();
        }
        return null;
    }

    private void nameFile() {
        if (!file.isNamed() && transaction.find(Http.URI, views.told)) {
            file.lend(views.target.path(views.told));
        }
    }

    private void tellWhole() {
        if (ranged == null) {
            ranged = new RangedFile();
        }
        if (ranged.isCompleteWith(transaction, file.start(), file.end(), wholeLength)) {
            file.whole(wholeLength);
            nameFile();
            file.write(flow, transaction, Http.OBJECT, fromClient, true);
        }
    }

    /** Gives back what was taken for it. */
    public void release() {
        begun = false;
        wanted = false;
        transaction = null;
        if (isDns && dns != null) {
            flow.skipped(dns.skipped());
            dns.release();
        }
        isDns = false;
        if (decoder != null) {
            decoder.release();
        }
    }
}
