package io.weir.protocol.rtsp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.rtcp.Rtcp;
import io.weir.protocol.rtp.Rtp;

/** Announces the media flows that a server agrees to in its answers to SETUP: RFC 2326, section 12.39. */
final class RtspParser extends StreamParser {
    private static final byte[] SCHEME = "rtsp://".getBytes(US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(US_ASCII);
    private static final byte[] TRANSPORT = "transport:".getBytes(US_ASCII);
    private static final byte[] CLIENT_PORT = "client_port=".getBytes(US_ASCII);
    private static final byte[] SERVER_PORT = "server_port=".getBytes(US_ASCII);
    private static final int MOST_LINE = 4 * 1024;
    /** {@code $}, channel, length: RFC 2326, section 10.12. */
    private static final int FRAME_HEADER = 4;
    private static final int MOST_PORT = 0xffff;

    private final boolean[] inHeaders = new boolean[2];
    private final long[] bodies = new long[2];
    private boolean named;
    private boolean interleaved;
    private int numberEnd;

    @Override
    protected void started() {
        inHeaders[0] = false;
        inHeaders[1] = false;
        named = false;
        interleaved = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final int side = fromClient ? 0 : 1;
        boolean going = true;
        while (going) {
            final Bytes first = input.peek(1);
            if (first == null) {
                return;
            }
            going = !inHeaders[side] && first.u8(0) == '$' ? frame(input) : line(side, input);
        }
    }

    private boolean frame(final StreamInput input) {
        final Bytes header = input.take(FRAME_HEADER);
        if (header == null) {
            return false;
        }
        input.skip(header.u16(2));
        if (!interleaved) {
            interleaved = true;
            flow.label(Rtp.PROTOCOL);
        }
        return true;
    }

    private boolean line(final int side, final StreamInput input) {
        final Bytes line = input.line(MOST_LINE);
        if (line == null) {
            return false;
        }
        if (!inHeaders[side]) {
            start(side, line);
        } else if (line.isEmpty()) {
            inHeaders[side] = false;
            input.skip(bodies[side]);
        } else {
            header(side, line);
        }
        return true;
    }

    /** Whatever is no start line is passed over: so the next message is found behind a gap. */
    private void start(final int side, final Bytes line) {
        final int version = line.indexOf(RtspDetector.NAME, 0);
        inHeaders[side] = version >= 0;
        bodies[side] = 0;
        if (version < 0 && !line.isEmpty()) {
            flow.skipped(line.length());
        }
        if (version == 0) {
            flow.confirm();
        }
        final int host = line.indexOf(SCHEME, 0);
        if (host >= 0 && !named) {
            named = true;
            int end = host + SCHEME.length;
            while (line.u8(end) > ' ' && line.u8(end) != '/' && line.u8(end) != ':') {
                end++;
            }
            flow.name(NameKind.HOST, line, host + SCHEME.length, end - host - SCHEME.length);
        }
    }

    private void header(final int side, final Bytes line) {
        if (line.matchesIgnoringCase(0, CONTENT_LENGTH)) {
            int from = CONTENT_LENGTH.length;
            while (line.u8(from) == ' ') {
                from++;
            }
            bodies[side] = Math.max(0, line.decimal(from, line.length()));
        } else if (side == 1 && line.matchesIgnoringCase(0, TRANSPORT)) {
            transport(line);
        }
    }

    /** {@code client_port=5000-5001;server_port=6000-6001}: of each pair one for RTP, one for RTCP. */
    private void transport(final Bytes line) {
        final int client = port(line, CLIENT_PORT);
        if (client <= 0) {
            return;
        }
        final int control = line.u8(numberEnd) == '-' ? number(line, numberEnd + 1) : client + 1;
        final int server = Math.max(0, port(line, SERVER_PORT));
        flow.expect(Rtp.PROTOCOL, true, false, null, 0, 0, client, server, null);
        if (control > 0) {
            flow.expect(Rtcp.PROTOCOL, true, false, null, 0, 0, control, server == 0 ? 0 : server + 1, null);
        }
    }

    private int port(final Bytes line, final byte[] name) {
        final int at = line.indexOf(name, 0);
        return at < 0 ? -1 : number(line, at + name.length);
    }

    private int number(final Bytes line, final int from) {
        numberEnd = from;
        while (line.u8(numberEnd) >= '0' && line.u8(numberEnd) <= '9') {
            numberEnd++;
        }
        final long value = line.decimal(from, numberEnd);
        return value > 0 && value < MOST_PORT ? (int) value : -1;
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        inHeaders[fromClient ? 0 : 1] = false;
    }

    @Override
    protected void ended() {
        // Nothing is open.
    }
}
