package io.weir.protocol.ftp;

import io.weir.protocol.Bytes;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/**
 * Pairs commands with replies, a record for each pair, and announces the data connections that were agreed on. After
 * AUTH TLS, if the server agrees, both sides are TLS.
 */
final class FtpParser extends StreamParser {
    private static final Words COMMANDS = Words.of("PORT", "EPRT", "PASV", "EPSV", "RETR", "STOR", "STOU", "APPE",
        "LIST", "NLST", "MLSD", "AUTH");
    private static final int PORT = 0;
    private static final int EPRT = 1;
    private static final int PASV = 2;
    private static final int EPSV = 3;
    private static final int RETR = 4;
    private static final int APPE = 7;
    private static final int MLSD = 10;
    private static final int AUTH = 11;
    private static final Words TLS = Words.of("TLS", "TLS-C", "TLS-P", "SSL");

    private static final byte[] YES = "yes".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO = "no".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ACTIVE = "active".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PASSIVE = "passive".getBytes(StandardCharsets.US_ASCII);

    private static final int LONGEST_LINE = 4096;
    private static final int LONGEST_VERB = 16;
    /** Commands without a reply that are kept at once. */
    private static final int MOST_OPEN = 8;

    private final Transaction[] open = new Transaction[MOST_OPEN];
    private final int[] openCommand = new int[MOST_OPEN];
    private final FtpReply reply = new FtpReply();
    private final byte[] verb = new byte[LONGEST_VERB];
    private final byte[] address = new byte[4];
    private final Bytes addressView = new Bytes();
    private int first;
    private int count;
    private int dataPort;
    private boolean byServer;
    private boolean addressGiven;
    private boolean tlsAsked;
    private boolean serverSpoke;
    private boolean over;
    private boolean confirmed;

    @Override
    protected void started() {
        first = 0;
        count = 0;
        dataPort = 0;
        tlsAsked = false;
        serverSpoke = false;
        over = false;
        confirmed = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        if (!fromClient) {
            replies(input);
        }
        if (!over) {
            commands(input(true));
        }
    }

    private void commands(final StreamInput input) {
        while (!over && !tlsAsked) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            if (!line.isEmpty()) {
                command(line, input.isCut());
                if (input.isCut()) {
                    flow.event(Ftp.COMMAND_TOO_LONG);
                }
            }
        }
    }

    private void command(final Bytes line, final boolean cut) {
        if (count == MOST_OPEN) {
            close(false);
        }
        final int slot = (first + count) % MOST_OPEN;
        final int command = COMMANDS.find(line, 0);
        final int space = line.indexOf(' ', 0);
        final int end = space < 0 ? line.length() : space;
        final Transaction record = flow.open(Ftp.RECORD);
        record.put(Ftp.COMMAND, verb, 0, upperCase(line, end));
        if (end + 1 < line.length()) {
            record.put(Ftp.COMMAND_DATA, line, end + 1, line.length() - end - 1);
            record.put(Ftp.COMMAND_TRUNCATED, cut);
        }
        if (command == PORT || command == EPRT) {
            agreeOnClient(command, line, record);
        } else if (command >= RETR && command <= MLSD) {
            announce(command, line, end);
        } else if (command == AUTH && TLS.find(line, end + 1) >= 0) {
            tlsAsked = serverSpoke;
            over = !serverSpoke;
        }
        open[slot] = record;
        openCommand[slot] = command;
        count++;
        if (flow.isWatched()) {
            flow.told(record, true);
        }
        if (over) {
            flow.handOver(null);
        }
    }

    private int upperCase(final Bytes line, final int end) {
        final int length = Math.min(end, LONGEST_VERB);
        for (int i = 0; i < length; i++) {
            final int value = line.u8(i);
            verb[i] = (byte) (value >= 'a' && value <= 'z' ? value - ('a' - 'A') : value);
        }
        return length;
    }

    /** PORT and EPRT: the client will wait. */
    private void agreeOnClient(final int command, final Bytes line, final Transaction record) {
        byServer = false;
        addressGiven = false;
        dataPort = command == PORT ? hostAndPort(line, 5) : extendedPort(line, 5, line.u8(5));
        if (dataPort > 0) {
            record.put(Ftp.DYNAMIC_PORT, dataPort);
        }
        record.put(Ftp.MODE, ACTIVE);
    }

    /** Six decimal numbers (RFC 959, 4.1.2): four of the address, two of the port; 0 if they are something else. */
    private int hostAndPort(final Bytes line, final int from) {
        int at = from;
        int port = 0;
        for (int i = 0; i < 6; i++) {
            int value = -1;
            while (line.u8(at) == ' ') {
                at++;
            }
            while (line.u8(at) >= '0' && line.u8(at) <= '9' && value < 256) {
                value = Math.max(0, value) * 10 + line.u8(at++) - '0';
            }
            if (value < 0 || value > 255 || i < 5 && line.u8(at++) != ',') {
                return 0;
            }
            if (i < 4) {
                address[i] = (byte) value;
            } else {
                port = port << 8 | value;
            }
        }
        addressGiven = true;
        return port;
    }

    /** The number between the third and the fourth delimiter (RFC 2428); 0 if there is none. */
    private static int extendedPort(final Bytes line, final int from, final int delimiter) {
        int at = from;
        for (int i = 0; i < 3; i++) {
            at = line.indexOf(delimiter, at) + 1;
            if (at == 0) {
                return 0;
            }
        }
        final long port = line.decimal(at, line.indexOf(delimiter, at));
        return port > 0 && port < 65_536 ? (int) port : 0;
    }

    /** A transfer is asked for: now it is known what the agreed connection will carry. */
    private void announce(final int command, final Bytes line, final int end) {
        if (dataPort == 0) {
            return;
        }
        Transaction properties = null;
        if (command <= APPE) {
            properties = flow.open(FtpData.RECORD);
            if (end + 1 < line.length()) {
                properties.put(FtpData.FILENAME, line, end + 1, line.length() - end - 1);
            }
            properties.put(FtpData.COMMAND, verb, 0, Math.min(end, LONGEST_VERB));
        }
        // a server behind address translation names an address nobody connects to, so its own one is taken
        final boolean given = addressGiven && !byServer;
        flow.expect(FtpData.PROTOCOL, false, byServer, given ? addressView.wrap(address, 0, 4) : null, 0,
            given ? 4 : 0, dataPort, 0, properties);
        dataPort = 0;
    }

    private void replies(final StreamInput input) {
        while (!over) {
            final Bytes line = input.line(LONGEST_LINE);
            if (line == null) {
                return;
            }
            serverSpoke = true;
            if (input.isCut()) {
                flow.event(Ftp.REPLY_TOO_LONG);
            }
            final int code = reply.line(line, flow.buffers());
            if (code >= 200) {
                replied(line, code);
            }
            if (!over) {
                commands(input(true));
            }
        }
    }

    private void replied(final Bytes line, final int code) {
        if (count == 0) {
            greeting();
            return;
        }
        if (!confirmed) {
            confirmed = true;
            flow.confirm();
        }
        final int command = openCommand[first];
        final Transaction record = open[first];
        if (command == PASV || command == EPSV) {
            if (code == 227 || code == 229) {
                agreeOnServer(line, code, record);
            }
            record.put(Ftp.MODE, PASSIVE);
        }
        final boolean agreed = command == AUTH && tlsAsked && count == 1;
        close(true);
        if (agreed) {
            tlsAsked = false;
            if (code == 234 || code == 334) {
                over = true;
                flow.handOver(null);
            }
        }
    }

    private void agreeOnServer(final Bytes line, final int code, final Transaction record) {
        byServer = true;
        addressGiven = false;
        final int bracket = line.indexOf('(', 4);
        dataPort = code == 229 ? extendedPort(line, bracket + 1, line.u8(bracket + 1))
            : hostAndPort(line, bracket < 0 ? firstDigit(line) : bracket + 1);
        if (dataPort > 0) {
            record.put(Ftp.DYNAMIC_PORT, dataPort);
        }
    }

    private static int firstDigit(final Bytes line) {
        int at = 4;
        while (at < line.length() && (line.u8(at) < '0' || line.u8(at) > '9')) {
            at++;
        }
        return at;
    }

    /** A reply nobody has asked for: the server's first one, or one whose command was not seen. */
    private void greeting() {
        final Transaction record = flow.open(Ftp.RECORD);
        reply.tell(record);
        record.put(Ftp.REPLY_RECEIVED, YES);
        reply.clear();
        flow.close(record);
    }

    private void close(final boolean replied) {
        final Transaction record = open[first];
        reply.tell(record);
        reply.clear();
        record.put(Ftp.REPLY_RECEIVED, replied ? YES : NO);
        open[first] = null;
        first = (first + 1) % MOST_OPEN;
        count--;
        flow.close(record);
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        if (tlsAsked) {
            over = true;
            flow.handOver(null);
        } else if (!fromClient) {
            // replies are missing: which commands they belonged to cannot be said
            while (count > 0) {
                close(false);
            }
        }
    }

    @Override
    protected void ended() {
        while (count > 0) {
            close(false);
        }
        reply.clear();
    }
}
