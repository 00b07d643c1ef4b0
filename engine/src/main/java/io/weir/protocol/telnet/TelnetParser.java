package io.weir.protocol.telnet;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.StreamInput;
import io.weir.protocol.StreamParser;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.Words;
import java.nio.charset.StandardCharsets;

/**
 * Reads the beginning of a session: options, and who logs in. The line after a prompt for the user is the user, the one
 * after a prompt for the password is not kept.
 */
final class TelnetParser extends StreamParser {
    /** Bytes of both sides after which nothing more is read. */
    private static final int MOST_BYTES = 16 * 1024;
    private static final int MOST_OPTIONS = 32;
    private static final int MOST_RECORDS = 8;
    private static final int TERMINAL_TYPE = 24;
    private static final int NEW_ENVIRON = 39;
    private static final int IS = 0;
    /** Variables and values begin with one of these codes. */
    private static final int LAST_CODE = 3;
    private static final byte[] USER = {0, 'U', 'S', 'E', 'R', 1};
    private static final Words USER_PROMPTS = Words.of("login:", "username:", "user name:", "user:", "user id:",
        "userid:", "account:", "login as:");
    /** Begins what is said of logins before. */
    private static final Words OTHERS = Words.of("last login");
    private static final Words PASSWORD_PROMPTS = Words.of("password", "passwd", "passcode");
    private static final byte[][] COMMANDS = {ascii("WILL "), ascii("WONT "), ascii("DO "), ascii("DONT ")};
    private static final int WILL = 0xfb;
    /** IANA: Telnet options. */
    private static final byte[][] OPTIONS = {ascii("BINARY"), ascii("ECHO"), ascii("RECONNECTION"),
        ascii("SUPPRESS-GO-AHEAD"), ascii("AMSN"), ascii("STATUS"), ascii("TIMING-MARK"), ascii("RCTE"), ascii("NAOL"),
        ascii("NAOP"), ascii("NAOCRD"), ascii("NAOHTS"), ascii("NAOHTD"), ascii("NAOFFD"), ascii("NAOVTS"),
        ascii("NAOVTD"), ascii("NAOLFD"), ascii("EXTEND-ASCII"), ascii("LOGOUT"), ascii("BM"), ascii("DET"),
        ascii("SUPDUP"), ascii("SUPDUP-OUTPUT"), ascii("SEND-LOCATION"), ascii("TERMINAL-TYPE"),
        ascii("END-OF-RECORD"), ascii("TUID"), ascii("OUTMRK"), ascii("TTYLOC"), ascii("3270-REGIME"), ascii("X.3-PAD"),
        ascii("NAWS"), ascii("TERMINAL-SPEED"), ascii("TOGGLE-FLOW-CONTROL"), ascii("LINEMODE"),
        ascii("X-DISPLAY-LOCATION"), ascii("ENVIRON"), ascii("AUTHENTICATION"), ascii("ENCRYPT"),
        ascii("NEW-ENVIRON")};

    private final TelnetSide[] sides = {new TelnetSide(), new TelnetSide()};
    /** Command and option, of each side. */
    private final int[][] options = new int[2][MOST_OPTIONS];
    private final int[] optionCount = new int[2];
    private final byte[] text = new byte[32];
    private final byte[] terminal = new byte[TelnetSide.ROOM];
    private final byte[] prompt = new byte[TelnetSide.ROOM];
    private final byte[] user = new byte[TelnetSide.ROOM];
    private final boolean[] spoke = new boolean[2];
    private int terminalLength;
    private int promptLength;
    private int userLength;
    private int bytes;
    private int records;
    private boolean asksForUser;
    private boolean asksForPassword;
    /** Not all that came since the last record is kept. */
    private boolean cut;

    private static byte[] ascii(final String string) {
        return string.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void started() {
        for (int side = 0; side < 2; side++) {
            sides[side].clear();
            optionCount[side] = 0;
            spoke[side] = false;
        }
        terminalLength = 0;
        promptLength = 0;
        userLength = 0;
        bytes = 0;
        records = 0;
        asksForUser = false;
        asksForPassword = false;
        cut = false;
    }

    @Override
    protected void parse(final boolean fromClient, final StreamInput input) {
        final int side = fromClient ? 0 : 1;
        if (!spoke[side]) {
            spoke[side] = true;
            if (spoke[side ^ 1]) {
                flow.confirm();
            }
        }
        while (!input.isEmpty() && bytes < MOST_BYTES && records < MOST_RECORDS) {
            final Bytes some = input.takeSome(input.available());
            for (int i = 0; i < some.length() && bytes < MOST_BYTES; i++) {
                bytes++;
                event(side, sides[side].take(some.u8(i)));
            }
        }
        if (!fromClient && sides[1].isWaiting()) {
            prompt(sides[1].text());
        }
        if (bytes >= MOST_BYTES || records >= MOST_RECORDS) {
            flow.done();
        }
    }

    private void event(final int side, final TelnetSide.Event event) {
        switch (event) {
            case NEGOTIATION -> {
                if (optionCount[side] < MOST_OPTIONS) {
                    options[side][optionCount[side]++] = sides[side].command() << 8 | sides[side].option();
                } else {
                    cut = true;
                }
            }
            case SUBNEGOTIATION -> {
                if (side == 0) {
                    value(sides[0].option(), sides[0].value());
                }
            }
            case LINE -> {
                if (side == 0) {
                    answer(sides[0].text());
                }
            }
            case NONE -> {
                // Goes on.
            }
        }
    }

    /** RFC 1091: the terminal; RFC 1572: variables and their values, the user among them. */
    private void value(final int option, final Bytes value) {
        if (value.u8(0) != IS) {
            return;
        }
        if (option == TERMINAL_TYPE && terminalLength == 0) {
            terminalLength = value.length() - 1;
            value.copyTo(1, terminal, 0, terminalLength);
            cut |= sides[0].isValueCut();
        } else if (option == NEW_ENVIRON && userLength == 0) {
            final int at = value.indexOf(USER, 1);
            int end = at + USER.length;
            while (at >= 0 && value.u8(end) > LAST_CODE) {
                end++;
            }
            if (at >= 0) {
                userLength = end - at - USER.length;
                value.copyTo(at + USER.length, user, 0, userLength);
            }
            cut |= sides[0].isValueCut();
        }
    }

    /** Looks whether the text that the server's cursor stands behind asks for something. */
    private void prompt(final Bytes line) {
        int end = line.length();
        while (line.u8(end - 1) == ' ') {
            end--;
        }
        // Behind a colon: what follows it is the echo of the answer.
        if (line.u8(end - 1) != ':') {
            return;
        }
        if (PASSWORD_PROMPTS.areWithin(line, 0, end)) {
            asksForPassword = true;
            asksForUser = false;
        } else if (!asksForUser && USER_PROMPTS.areWithin(line, 0, end) && !OTHERS.areWithin(line, 0, end)) {
            asksForUser = true;
            asksForPassword = false;
            if (promptLength > 0) {
                tell();
            }
            promptLength = end;
            line.copyTo(0, prompt, 0, promptLength);
            cut |= sides[1].isTextCut();
        }
    }

    private void answer(final Bytes line) {
        sides[1].newLine();
        if (asksForPassword) {
            asksForPassword = false;
            tell();
        } else if (asksForUser) {
            asksForUser = false;
            userLength = line.length();
            line.copyTo(0, user, 0, userLength);
            cut |= sides[0].isTextCut();
        }
    }

    /** Tells what came since the last record. */
    private void tell() {
        final Transaction record = flow.open(TelnetWords.RECORD);
        record.begin(TelnetWords.SESSION);
        options(record, TelnetWords.CLIENT_OPTIONS, 0);
        options(record, TelnetWords.SERVER_OPTIONS, 1);
        put(record, TelnetWords.TERMINAL, terminal, terminalLength);
        put(record, TelnetWords.PROMPT, prompt, promptLength);
        put(record, TelnetWords.USER, user, userLength);
        record.end();
        if (cut) {
            record.leftOut();
        }
        flow.close(record);
        records++;
        cut = false;
        optionCount[0] = 0;
        optionCount[1] = 0;
        terminalLength = 0;
        promptLength = 0;
        userLength = 0;
    }

    private static void put(final Transaction record, final Field field, final byte[] value, final int length) {
        if (length > 0) {
            record.put(field, value, 0, length);
        }
    }

    private void options(final Transaction record, final Field field, final int side) {
        for (int i = 0; i < optionCount[side]; i++) {
            final byte[] command = COMMANDS[(options[side][i] >> 8) - WILL];
            final int option = options[side][i] & 0xff;
            System.arraycopy(command, 0, text, 0, command.length);
            int length = command.length;
            if (option < OPTIONS.length) {
                System.arraycopy(OPTIONS[option], 0, text, length, OPTIONS[option].length);
                length += OPTIONS[option].length;
            } else {
                for (int unit = option > 99 ? 100 : 10; unit > 0; unit /= 10) {
                    text[length++] = (byte) ('0' + option / unit % 10);
                }
            }
            record.put(field, text, 0, length);
        }
    }

    @Override
    protected void resynchronise(final boolean fromClient, final StreamInput input, final long missing) {
        sides[fromClient ? 0 : 1].clear();
        asksForUser = false;
        asksForPassword = false;
        parse(fromClient, input);
    }

    @Override
    protected void ended() {
        final int login = promptLength + userLength;
        if (login > 0 || records == 0 && optionCount[0] + optionCount[1] + terminalLength > 0) {
            tell();
        }
    }
}
