package io.weir.protocol.telnet;

import io.weir.protocol.Bytes;

/**
 * What one side of a session sends, byte by byte (RFC 854): commands apart from text, of which the last line is kept.
 * What is longer than its room is cut. One thread.
 */
final class TelnetSide {
    /** What a byte has completed. */
    enum Event {
        /** Nothing yet. */
        NONE,
        /** A command with an option: {@link #command()}, {@link #option()}. */
        NEGOTIATION,
        /** What is told of an option: {@link #option()}, {@link #value()}. */
        SUBNEGOTIATION,
        /** A line of text: {@link #text()}. */
        LINE
    }

    /** Longest line and longest value of an option. */
    static final int ROOM = 128;

    private static final int IAC = 0xff;
    private static final int SE = 0xf0;
    private static final int SB = 0xfa;
    private static final int WILL = 0xfb;
    private static final int DONT = 0xfe;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 0x7f;

    private enum State { TEXT, COMMAND, OPTION, ABOUT, VALUE, VALUE_COMMAND }

    private final byte[] line = new byte[ROOM];
    private final byte[] value = new byte[ROOM];
    private final Bytes view = new Bytes();
    private State state = State.TEXT;
    private int lineLength;
    private int valueLength;
    private int command;
    private int option;
    private boolean ended;
    private boolean lineCut;
    private boolean valueCut;

    /** Sets all back. */
    void clear() {
        state = State.TEXT;
        newLine();
        valueLength = 0;
        ended = false;
    }

    /** Takes the next byte. */
    Event take(final int next) {
        switch (state) {
            case TEXT -> {
                if (next == IAC) {
                    state = State.COMMAND;
                    return Event.NONE;
                }
                return character(next);
            }
            case COMMAND -> {
                command = next;
                state = next >= WILL && next <= DONT ? State.OPTION : next == SB ? State.ABOUT : State.TEXT;
            }
            case OPTION -> {
                option = next;
                state = State.TEXT;
                return Event.NEGOTIATION;
            }
            case ABOUT -> {
                option = next;
                valueLength = 0;
                valueCut = false;
                state = State.VALUE;
            }
            case VALUE -> {
                if (next == IAC) {
                    state = State.VALUE_COMMAND;
                } else {
                    keepValue(next);
                }
            }
            case VALUE_COMMAND -> {
                if (next == IAC) {
                    keepValue(next);
                    state = State.VALUE;
                } else {
                    state = State.TEXT;
                    return next == SE ? Event.SUBNEGOTIATION : Event.NONE;
                }
            }
        }
        return Event.NONE;
    }

    private void keepValue(final int next) {
        if (valueLength < ROOM) {
            value[valueLength++] = (byte) next;
        } else {
            valueCut = true;
        }
    }

    private Event character(final int next) {
        if (ended) {
            newLine();
            ended = false;
        }
        if (next == '\r' || next == '\n') {
            ended = true;
            // CR LF and CR NUL end one line.
            return lineLength > 0 ? Event.LINE : Event.NONE;
        }
        if (next == BACKSPACE || next == DELETE) {
            lineLength = Math.max(0, lineLength - 1);
        } else if (next >= ' ' && lineLength < ROOM) {
            line[lineLength++] = (byte) next;
        } else {
            lineCut |= next >= ' ';
        }
        return Event.NONE;
    }

    /** The text since the last end of a line, or the line that was completed. */
    Bytes text() {
        return view.wrap(line, 0, lineLength);
    }

    /** Begins a line, as the other side's cursor does when it has answered. */
    void newLine() {
        lineLength = 0;
        lineCut = false;
    }

    /** True if the text is longer than what is kept of it. */
    boolean isTextCut() {
        return lineCut;
    }

    /** True if more was told of an option than is kept. */
    boolean isValueCut() {
        return valueCut;
    }

    /** What was told of an option. */
    Bytes value() {
        return view.wrap(value, 0, valueLength);
    }

    /** True if there is text that no end of a line follows. */
    boolean isWaiting() {
        return lineLength > 0 && !ended;
    }

    /** Number of the last command. */
    int command() {
        return command;
    }

    /** Number of the option it was about. */
    int option() {
        return option;
    }
}
