package io.weir.protocol.socks;

import io.weir.protocol.Bytes;
import io.weir.protocol.NameKind;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;

/** Follows the talk between client and proxy up to the proxy's consent, and hands over what comes behind it. */
final class SocksParser extends StreamParser {
    /** What a side says next. */
    private enum Step { GREETING, LOGIN, REQUEST, SILENT }

    private static final int USER_AND_PASSWORD = 2;
    private static final int NO_AUTHENTICATION = 0;
    private static final int CONNECT = 1;
    private static final int BIND = 2;
    private static final int DOMAIN = 3;
    private static final int IPV6 = 4;
    /** Version, command or result, reserved, type of address. */
    private static final int FIXED_5 = 4;
    /** Version, command, port, address. */
    private static final int FIXED_4 = 8;
    private static final int LONGEST_TEXT = 256;

    private Step client;
    private Step server;
    private int version;
    private int command;
    private int replies;
    private int textsLeft;
    private boolean named;

    @Override
    protected void started() {
        client = Step.GREETING;
        server = Step.GREETING;
        version = 0;
        command = 0;
        replies = 0;
        textsLeft = 0;
        named = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        boolean going = true;
        while (going) {
            going = fromClient ? client(input) : server(input);
        }
        // The server's side waits until the version is known from the client's.
        if (fromClient && version == Socks.VERSION_4 && !input(false).isEmpty() && client == Step.SILENT) {
            server(input(false));
        }
    }

    // ---- client -----------------------------------------------------------------------------------------------------

    private boolean client(final StreamInput input) {
        if (textsLeft > 0) {
            return text(input);
        }
        return switch (client) {
            case GREETING -> greeting(input);
            case LOGIN -> login(input);
            case REQUEST -> request(input);
            case SILENT -> false;
        };
    }

    private boolean greeting(final StreamInput input) {
        final Bytes first = input.peek(2);
        if (first == null) {
            return false;
        }
        version = first.u8(0);
        if (version == Socks.VERSION_4) {
            final Bytes fixed = input.take(FIXED_4);
            if (fixed != null) {
                command = fixed.u8(1);
                textsLeft = fixed.u24(4) == 0 && fixed.u8(7) > 0 ? 2 : 1;
                client = Step.SILENT;
            }
            return fixed != null;
        }
        if (version != Socks.VERSION_5) {
            flow.done();
            return false;
        }
        final int methods = first.u8(1);
        if (input.take(2 + methods) == null) {
            return false;
        }
        // What follows depends on the method that the server chooses, but a login begins with 1, a request with 5.
        client = Step.LOGIN;
        return true;
    }

    /** User and, in SOCKS 4a, the name of the host behind a request of SOCKS 4. */
    private boolean text(final StreamInput input) {
        final Bytes text = input.until(0, LONGEST_TEXT);
        if (text == null) {
            return false;
        }
        textsLeft--;
        if (textsLeft == 0 && named) {
            flow.name(NameKind.HOST, text, 0, text.length());
        }
        named = textsLeft > 0;
        return textsLeft > 0;
    }

    private boolean login(final StreamInput input) {
        final Bytes first = input.peek(2);
        if (first == null || first.u8(0) == Socks.VERSION_5) {
            client = first == null ? client : Step.REQUEST;
            return first != null;
        }
        final int user = first.u8(1);
        final Bytes head = first.u8(0) == 1 ? input.peek(3 + user) : null;
        if (head == null) {
            if (first.u8(0) != 1) {
                // A method that is not known here, which may encrypt all that follows.
                flow.done();
            }
            return false;
        }
        final int password = head.u8(2 + user);
        if (input.take(3 + user + password) == null) {
            return false;
        }
        client = Step.REQUEST;
        return true;
    }

    private boolean request(final StreamInput input) {
        final int length = length5(input);
        if (length < 0) {
            flow.done();
            return false;
        }
        final Bytes request = length == 0 ? null : input.take(length);
        if (request == null) {
            return false;
        }
        command = request.u8(1);
        if (request.u8(3) == DOMAIN) {
            flow.name(NameKind.HOST, request, FIXED_5 + 1, request.u8(FIXED_5));
        }
        client = Step.SILENT;
        return false;
    }

    /** Length of a request or reply of SOCKS 5; 0 if more is needed to know it, -1 if it is none. */
    private static int length5(final StreamInput input) {
        final Bytes head = input.peek(FIXED_5 + 1);
        if (head == null) {
            return 0;
        }
        if (head.u8(0) != Socks.VERSION_5) {
            return -1;
        }
        return switch (head.u8(3)) {
            case 1 -> FIXED_5 + 4 + 2;
            case DOMAIN -> FIXED_5 + 1 + head.u8(FIXED_5) + 2;
            case IPV6 -> FIXED_5 + 16 + 2;
            default -> -1;
        };
    }

    // ---- server -----------------------------------------------------------------------------------------------------

    private boolean server(final StreamInput input) {
        if (version == 0) {
            return false;
        }
        if (version == Socks.VERSION_4) {
            final Bytes reply = input.take(Socks.REPLY_4);
            if (reply != null) {
                replied(reply.u8(1) == Socks.GRANTED_4);
            }
            return false;
        }
        return switch (server) {
            case GREETING -> method(input);
            case LOGIN -> loggedIn(input);
            case REQUEST -> reply(input);
            case SILENT -> false;
        };
    }

    private boolean method(final StreamInput input) {
        final Bytes method = input.take(2);
        if (method == null) {
            return false;
        }
        flow.confirm();
        switch (method.u8(1)) {
            case NO_AUTHENTICATION -> server = Step.REQUEST;
            case USER_AND_PASSWORD -> server = Step.LOGIN;
            default -> {
                flow.done();
                return false;
            }
        }
        return true;
    }

    private boolean loggedIn(final StreamInput input) {
        final Bytes result = input.take(2);
        if (result == null) {
            return false;
        }
        if (result.u8(1) != 0) {
            flow.done();
            return false;
        }
        server = Step.REQUEST;
        return true;
    }

    private boolean reply(final StreamInput input) {
        final int length = length5(input);
        if (length < 0) {
            flow.done();
            return false;
        }
        final Bytes reply = length == 0 ? null : input.take(length);
        if (reply == null) {
            return false;
        }
        return replied(reply.u8(1) == 0);
    }

    /** True if there is another reply to come: BIND is answered again when somebody has connected. */
    private boolean replied(final boolean granted) {
        replies++;
        flow.confirm();
        final boolean last = command == CONNECT || command == 0 || command == BIND && replies == 2;
        if (granted && last) {
            flow.handOver(null);
        } else if (!granted || command != BIND) {
            flow.done();
        }
        return granted && command == BIND && replies == 1;
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        flow.done();
    }

    @Override
    protected void ended() {
        // Nothing is open.
    }
}
