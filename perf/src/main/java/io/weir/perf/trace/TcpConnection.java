package io.weir.perf.trace;

import java.util.ArrayList;
import java.util.List;

/**
 * One TCP connection on the wire. What it acknowledges is what has passed by then; options are those of Linux: maximum
 * segment size, SACK permitted, time stamps and window scale in a SYN, time stamps in everything else.
 */
final class TcpConnection {
    private static final int OPTIONS = 12;
    private static final int SYN_OPTIONS = 20;

    private final StreamPattern pattern;
    private final TcpTalk talk;
    private final int client;
    private final int clientPort;
    private final int server;
    private final int serverPort;
    private final Side[] sides;
    private int at;

    /** What one side has sent, as far as it has arrived. */
    private static final class Side {
        private final int start;
        private final int stampBase;
        private final List<TcpTalk.Segment> early = new ArrayList<>();
        private int arrived;
        private boolean synSent;
        private boolean finSent;
        private int newestMs;

        Side(final int start, final int stampBase) {
            this.start = start;
            this.stampBase = stampBase;
        }

        void take(final TcpTalk.Segment segment) {
            synSent |= (segment.flags() & TcpTalk.SYN) != 0;
            finSent |= (segment.flags() & TcpTalk.FIN) != 0;
            if (segment.place() > arrived) {
                early.add(segment);
                return;
            }
            newestMs = Math.max(newestMs, segment.sentMs());
            arrived = Math.max(arrived, segment.place() + segment.length());
            for (int i = 0; i < early.size(); i++) {
                if (early.get(i).place() <= arrived) {
                    arrived = Math.max(arrived, early.get(i).place() + early.get(i).length());
                    early.remove(i);
                    i = -1;
                }
            }
        }

        int acknowledgement() {
            return start + 1 + arrived + (finSent ? 1 : 0);
        }

        int sequence(final TcpTalk.Segment segment) {
            return (segment.flags() & TcpTalk.SYN) != 0 ? start
                : start + 1 + segment.place() + (finSent && (segment.flags() & TcpTalk.FIN) == 0 ? 1 : 0);
        }
    }

    /**
     * Makes one that begins with its SYN.
     *
     * @param start sequence numbers and time stamps of both sides follow from it
     */
    TcpConnection(final StreamPattern pattern, final TcpTalk talk, final int client, final int clientPort,
        final int server, final int serverPort, final long start) {
        this.pattern = pattern;
        this.talk = talk;
        this.client = client;
        this.clientPort = clientPort;
        this.server = server;
        this.serverPort = serverPort;
        sides = new Side[] {new Side((int) start, (int) (start >>> 20)),
            new Side((int) (start >>> 32), (int) (start >>> 12))};
    }

    boolean isOver() {
        return at == talk.frames().size();
    }

    /** The frame that {@link #next} writes. */
    TcpTalk.Segment peek() {
        return talk.frames().get(at);
    }

    /** Writes the next frame; answers its length. */
    int next(final byte[] frame) {
        final TcpTalk.Segment now = talk.frames().get(at++);
        final Side own = sides[now.fromServer() ? 1 : 0];
        final Side other = sides[now.fromServer() ? 0 : 1];
        final int transport = Headers.transport(client);
        final boolean syn = (now.flags() & TcpTalk.SYN) != 0;
        final int header = 20 + (syn ? SYN_OPTIONS : OPTIONS);
        final int length = transport + header + now.length();
        Headers.put(frame, client, server, now.fromServer(), Script.TCP, at, header + now.length());
        Bytes.putShort(frame, transport, now.fromServer() ? serverPort : clientPort);
        Bytes.putShort(frame, transport + 2, now.fromServer() ? clientPort : serverPort);
        Bytes.putInt(frame, transport + 4, own.sequence(now));
        Bytes.putInt(frame, transport + 8, other.synSent ? other.acknowledgement() : 0);
        Bytes.putShort(frame, transport + 12, header / 4 << 12 | now.flags());
        Bytes.putShort(frame, transport + 14, 0xfa00);
        Bytes.putInt(frame, transport + 16, 0);
        options(frame, transport + 20, syn, own.stampBase + now.sentMs(),
            other.synSent ? other.stampBase + other.newestMs : 0);
        pattern.copy(client, now.fromServer(), now.place(), frame, transport + header, now.length());
        Headers.checksum(frame, transport, length, Script.TCP);
        own.take(now);
        return Headers.pad(frame, length);
    }

    private static void options(final byte[] frame, final int at, final boolean syn, final int stamp,
        final int echo) {
        int stamps = at + 2;
        if (syn) {
            Bytes.putInt(frame, at, 0x020405b4); // maximum segment size 1460
            Bytes.putShort(frame, at + 4, 0x0402); // SACK permitted
            Bytes.putInt(frame, at + 16, 0x01030307); // window scale 7
            stamps = at + 6;
        } else {
            Bytes.putShort(frame, at, 0x0101);
        }
        Bytes.putShort(frame, stamps, 0x080a);
        Bytes.putInt(frame, stamps + 2, stamp);
        Bytes.putInt(frame, stamps + 6, echo);
    }
}
