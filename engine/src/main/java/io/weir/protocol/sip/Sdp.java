package io.weir.protocol.sip;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.Transaction;
import io.weir.protocol.rtp.Rtp;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/** Reads a session description (RFC 8866) line by line, and announces the media it offers. */
final class Sdp {
    private static final byte[] IPV4 = "c=IN IP4 ".getBytes(StandardCharsets.US_ASCII);
    private static final Words RTP = Words.of("RTP/AVP", "RTP/SAVP");
    private static final int MOST_MEDIA = 16;
    private static final int MOST_ATTRIBUTES = 64;

    private final Bytes line = new Bytes();
    private final Bytes addressView = new Bytes();
    /** Addresses that wait: the session's and the media's own. */
    private final byte[][] address = new byte[2][4];
    private final boolean[] addressKnown = new boolean[2];
    private FlowContext flow;
    private boolean fromClient;
    private int mediaPort;
    private Transaction record;
    private boolean inMedia;
    private boolean inTime;
    private int media;
    private int attributes;
    /** Letters of the lines seen at this level, a bit each, and the letter before this one. */
    private int seen;
    private int last;

    /** Reads a body into a record. */
    void read(final Bytes body, final Transaction transaction, final boolean client, final FlowContext context) {
        record = transaction;
        record.begin(SdpFields.SDP);
        flow = context;
        fromClient = client;
        addressKnown[0] = false;
        inMedia = false;
        inTime = false;
        media = 0;
        attributes = 0;
        seen = 0;
        last = 0;
        int at = 0;
        while (at < body.length()) {
            final int end = body.indexOf('\n', at);
            final int stop = end < 0 ? body.length() : end;
            final int trimmed = stop > at && body.u8(stop - 1) == '\r' ? stop - 1 : stop;
            if (trimmed - at > 2 && body.u8(at + 1) == '=') {
                line.wrap(body, at, trimmed - at);
                take(line.u8(0));
            }
            at = stop + 1;
        }
        endTime();
        endMedia();
        record.end();
    }

    private void take(final int letter) {
        if (letter == 'm') {
            endTime();
            endMedia();
            if (media++ < MOST_MEDIA) {
                inMedia = true;
                seen = 0;
                record.begin(SdpFields.MEDIA_DESCRIPTIONS);
                put(SdpFields.MEDIA);
                port();
            } else {
                record.leftOut();
            }
        } else if (letter == 't' && !inMedia && media == 0) {
            endTime();
            if (isFirstOrNext(letter)) {
                inTime = true;
                record.begin(SdpFields.TIME_DESCRIPTIONS);
                put(SdpFields.TIME);
            }
        } else if (letter == 'r' && inTime && last == 't') {
            put(SdpFields.REPEAT_TIME);
            return;
        } else {
            endTime();
            final Field field = inMedia ? ofMedia(letter) : media > 0 ? null : ofSession(letter);
            if (letter == 'c') {
                address(inMedia ? 1 : 0);
            }
            if (field != null && isFirstOrNext(letter) && (field.isRepeated() || last != letter)) {
                value(field, letter);
            }
        }
        last = letter;
    }

    /** Lists must be told at one go, and single fields once. */
    private boolean isFirstOrNext(final int letter) {
        final int bit = 1 << (letter & 31);
        final boolean allowed = (seen & bit) == 0 || last == letter;
        seen |= bit;
        return allowed;
    }

    private void value(final Field field, final int letter) {
        if (letter == 'v') {
            final long version = line.decimal(2, line.length());
            if (version >= 0) {
                record.put(field, version);
            }
        } else if (letter != 'a' || attributes++ < MOST_ATTRIBUTES) {
            put(field);
        } else {
            record.leftOut();
        }
    }

    private void put(final Field field) {
        record.put(field, line, 2, line.length() - 2);
    }

    private void endTime() {
        if (inTime) {
            record.end();
            inTime = false;
        }
    }

    private void endMedia() {
        if (inMedia) {
            record.end();
            inMedia = false;
            announce();
        }
    }

    /** Takes the port of a line for media that RTP carries, like "m=audio 4000 RTP/AVP 0". */
    private void port() {
        final int from = line.indexOf(' ', 2) + 1;
        final int to = line.indexOf(' ', from);
        final int slash = line.indexOf('/', from, to);
        final long port = from > 0 && to > 0 && RTP.areWithin(line, to, to + 10)
            ? line.decimal(from, slash < 0 ? to : slash) : 0;
        mediaPort = port > 0 && port < 65_536 ? (int) port : 0;
        addressKnown[1] = false;
    }

    private void address(final int level) {
        addressKnown[level] = false;
        int at = IPV4.length;
        for (int i = 0; line.startsWith(IPV4) && i < 4; i++) {
            int end = at;
            while (line.u8(end) >= '0' && line.u8(end) <= '9') {
                end++;
            }
            final long part = line.decimal(at, end);
            if (part < 0 || part > 255 || i < 3 && line.u8(end) != '.') {
                return;
            }
            address[level][i] = (byte) part;
            at = end + 1;
            addressKnown[level] = i == 3;
        }
    }

    /** The side that sent the description waits at the address of the media or, without one, of the session. */
    private void announce() {
        final int level = addressKnown[1] ? 1 : 0;
        if (mediaPort > 0) {
            final boolean given = addressKnown[level];
            flow.expect(Rtp.PROTOCOL, true, !fromClient, given ? addressView.wrap(address[level], 0, 4) : null, 0,
                given ? 4 : 0, mediaPort, 0, null);
        }
    }

    private static Field ofSession(final int letter) {
        return switch (letter) {
            case 'v' -> SdpFields.SDP_VERSION;
            case 'o' -> SdpFields.ORIGIN;
            case 's' -> SdpFields.SESSION_NAME;
            case 'i' -> SdpFields.SESSION_INFO;
            case 'u' -> SdpFields.SDP_URI;
            case 'e' -> SdpFields.EMAIL;
            case 'p' -> SdpFields.PHONE_NUMBER;
            case 'c' -> SdpFields.CONNECTION_DATA;
            case 'b' -> SdpFields.BANDWIDTHS;
            case 'z' -> SdpFields.TIMEZONE;
            case 'k' -> SdpFields.ENCRYPTION_KEY;
            case 'a' -> SdpFields.ATTRIBUTES;
            default -> null;
        };
    }

    private static Field ofMedia(final int letter) {
        return switch (letter) {
            case 'i' -> SdpFields.MEDIA_INFO;
            case 'c' -> SdpFields.MEDIA_CONNECTION_DATA;
            case 'b' -> SdpFields.MEDIA_BANDWIDTHS;
            case 'k' -> SdpFields.MEDIA_ENCRYPTION_KEY;
            case 'a' -> SdpFields.MEDIA_ATTRIBUTES;
            default -> null;
        };
    }
}
