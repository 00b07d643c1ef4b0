package io.weir.protocol.rfb;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/**
 * Follows the handshake of RFC 6143, 7, in which the sides take turns, up to the server's description of the screen.
 * What comes behind is pictures and keys: the parser ends there, and where a security type is not known.
 */
final class RfbParser extends StreamParser {
    private static final byte[] OK = "OK".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FAIL = "FAIL".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TOO_MANY = "TOOMANY".getBytes(StandardCharsets.US_ASCII);

    private static final int NONE = 1;
    private static final int VNC = 2;
    private static final int CHALLENGE = 16;
    private static final int SERVER_INIT = 24;
    private static final int LONGEST_TEXT = 1024;

    private enum Step {
        SERVER_VERSION, CLIENT_VERSION, SECURITY_TYPES, SECURITY_TYPE, SECURITY_CHOICE, CHALLENGE, RESPONSE, RESULT,
        REASON, CLIENT_INIT, SERVER_INIT, OVER
    }

    private Transaction record;
    private Step step;
    private int minor;
    private int security;
    private boolean authenticating;

    @Override
    protected void started() {
        record = null;
        step = Step.SERVER_VERSION;
        minor = 0;
        security = 0;
        authenticating = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        boolean on = true;
        while (on && step != Step.OVER) {
            final Step before = step;
            final boolean client = step == Step.CLIENT_VERSION || step == Step.SECURITY_CHOICE
                || step == Step.RESPONSE || step == Step.CLIENT_INIT;
            take(input(client));
            on = step != before;
        }
    }

    private void take(final StreamInput input) {
        switch (step) {
            case SERVER_VERSION -> version(input, false);
            case CLIENT_VERSION -> version(input, true);
            case SECURITY_TYPES -> types(input);
            case SECURITY_TYPE -> type(input.take(4));
            case SECURITY_CHOICE -> choice(input.take(1));
            case CHALLENGE -> challenge(input.take(CHALLENGE));
            case RESPONSE -> response(input.take(CHALLENGE));
            case RESULT -> result(input.take(4));
            case REASON -> reason(input);
            case CLIENT_INIT -> clientInit(input.take(1));
            case SERVER_INIT -> serverInit(input);
            default -> { }
        }
    }

    private void version(final StreamInput input, final boolean ofClient) {
        final Bytes line = input.take(Rfb.LINE);
        if (line == null) {
            return;
        }
        if (!Rfb.isVersion(line)) {
            finish();
            return;
        }
        if (record == null) {
            record = flow.open(Rfb.RECORD);
        }
        record.begin(ofClient ? Rfb.CLIENT_VERSION : Rfb.SERVER_VERSION)
            .put(ofClient ? Rfb.CLIENT_MAJOR : Rfb.SERVER_MAJOR, line, 4, 3)
            .put(ofClient ? Rfb.CLIENT_MINOR : Rfb.SERVER_MINOR, line, 8, 3).end();
        if (ofClient) {
            // whatever else a client says is to be taken for 3.3; later majors have the handshake of 3.8
            minor = line.decimal(4, 7) > 3 ? 8 : (int) line.decimal(8, 11);
            step = minor >= 7 ? Step.SECURITY_TYPES : Step.SECURITY_TYPE;
            flow.confirm();
        } else {
            step = Step.CLIENT_VERSION;
        }
    }

    private void types(final StreamInput input) {
        final Bytes count = input.peek(1);
        if (count != null && count.u8(0) == 0) {
            input.take(1);
            step = Step.REASON;
        } else if (count != null && input.take(1 + count.u8(0)) != null) {
            step = Step.SECURITY_CHOICE;
        }
    }

    private void type(final Bytes number) {
        if (number == null) {
            return;
        }
        if (number.u32(0) == 0) {
            step = Step.REASON;
        } else {
            secure((int) Math.min(number.u32(0), 255));
        }
    }

    private void choice(final Bytes number) {
        if (number != null) {
            secure(number.u8(0));
        }
    }

    private void secure(final int type) {
        security = type;
        authenticating = true;
        record.begin(Rfb.AUTHENTICATION).put(Rfb.SECURITY_TYPE, type);
        if (type == VNC) {
            step = Step.CHALLENGE;
        } else if (type == NONE) {
            step = minor >= 8 ? Step.RESULT : Step.CLIENT_INIT;
        } else {
            finish();
        }
    }

    private void challenge(final Bytes bytes) {
        if (bytes != null) {
            record.begin(Rfb.VNC).put(Rfb.CHALLENGE, bytes);
            step = Step.RESPONSE;
        }
    }

    private void response(final Bytes bytes) {
        if (bytes != null) {
            record.put(Rfb.RESPONSE, bytes).end();
            step = Step.RESULT;
        }
    }

    private void result(final Bytes number) {
        if (number == null) {
            return;
        }
        final long result = number.u32(0);
        record.put(Rfb.SECURITY_RESULT, result == 0 ? OK : result == 2 ? TOO_MANY : FAIL);
        step = result == 0 ? Step.CLIENT_INIT : Step.REASON;
        if (result != 0 && minor < 8) {
            finish();
        }
    }

    private void endAuthentication() {
        if (authenticating) {
            authenticating = false;
            record.end();
        }
    }

    private void reason(final StreamInput input) {
        final Bytes length = input.peek(4);
        if (length == null) {
            return;
        }
        final int size = (int) Math.min(length.u32(0), LONGEST_TEXT);
        final Bytes text = input.take(4 + size);
        if (text != null) {
            endAuthentication();
            record.put(Rfb.FAILURE_REASON, text, 4, size);
            finish();
        }
    }

    private void clientInit(final Bytes shared) {
        if (shared != null) {
            endAuthentication();
            record.put(Rfb.SHARED, shared.u8(0) != 0);
            step = Step.SERVER_INIT;
        }
    }

    private void serverInit(final StreamInput input) {
        final Bytes head = input.peek(SERVER_INIT);
        if (head == null) {
            return;
        }
        final int size = (int) Math.min(head.u32(20), LONGEST_TEXT);
        final Bytes init = input.take(SERVER_INIT + size);
        if (init == null) {
            return;
        }
        record.begin(Rfb.FRAMEBUFFER).put(Rfb.WIDTH, init.u16(0)).put(Rfb.HEIGHT, init.u16(2))
            .put(Rfb.NAME, init, SERVER_INIT, size).begin(Rfb.PIXEL_FORMAT)
            .put(Rfb.BITS, init.u8(4)).put(Rfb.DEPTH, init.u8(5)).put(Rfb.BIG_ENDIAN, init.u8(6) != 0)
            .put(Rfb.TRUE_COLOR, init.u8(7) != 0).put(Rfb.RED_MAX, init.u16(8)).put(Rfb.GREEN_MAX, init.u16(10))
            .put(Rfb.BLUE_MAX, init.u16(12)).put(Rfb.RED_SHIFT, init.u8(14)).put(Rfb.GREEN_SHIFT, init.u8(15))
            .put(Rfb.BLUE_SHIFT, init.u8(16)).end().end();
        finish();
    }

    private void finish() {
        step = Step.OVER;
        write();
        if (security > VNC) {
            flow.encrypted();
        }
        flow.done();
    }

    private void write() {
        if (record != null) {
            final Transaction written = record;
            record = null;
            if (authenticating) {
                // the groups of a half authentication
                written.end().end();
            }
            flow.close(written);
            authenticating = false;
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        // nothing says where in the handshake the sides stand
        finish();
    }

    @Override
    protected void ended() {
        step = Step.OVER;
        write();
    }
}
