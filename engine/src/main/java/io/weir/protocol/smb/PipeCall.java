package io.weir.protocol.smb;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** A call of DCE/RPC over a named pipe that is under way: what its record will say of it. One thread. */
final class PipeCall {
    static final Field GROUP = Field.of("smb.dcerpc", FieldType.GROUP, "A remote procedure call over a named pipe.");
    static final Field REQUEST = text("request", "Type of the client's packet; REQUEST_LOST if it was not seen.");
    static final Field RESPONSE = text("response", "Type of the server's packet; UNREPLIED if it was not seen.");
    static final Field OPNUM = number("opnum", "Number of the procedure.");
    static final Field CALL_ID = number("call_id", "Number of the call.");
    static final Field TO_SERVER = group("req", "What is given to the procedure.");
    static final Field TO_SERVER_FRAGMENTS = number("req.frag_cnt", "Packets of it.");
    static final Field TO_SERVER_SIZE = number("req.stub_data_size", "Bytes of it.");
    static final Field TO_CLIENT = group("res", "What the procedure gives back.");
    static final Field TO_CLIENT_FRAGMENTS = number("res.frag_cnt", "Packets of it.");
    static final Field TO_CLIENT_SIZE = number("res.stub_data_size", "Bytes of it.");
    static final Field INTERFACES = Field.listOf("smb.dcerpc.interfaces", FieldType.GROUP,
        "Interfaces that are bound, or the one that is called.");
    static final Field UUID = text("interfaces.uuid", "Identifier.");
    static final Field VERSION = text("interfaces.version", "Major and minor version, with a dot between them.");
    static final Field ACK_RESULT = number("interfaces.ack_result", "The server's answer: 0 if it was accepted.");
    static final Field ACK_REASON = number("interfaces.ack_reason", "Why it was rejected.");

    static final Field[] FIELDS = {GROUP, REQUEST, RESPONSE, OPNUM, CALL_ID, TO_SERVER, TO_SERVER_FRAGMENTS,
        TO_SERVER_SIZE, TO_CLIENT, TO_CLIENT_FRAGMENTS, TO_CLIENT_SIZE, INTERFACES, UUID, VERSION, ACK_RESULT,
        ACK_REASON};

    private static final byte[] LOST = "REQUEST_LOST".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] UNREPLIED = "UNREPLIED".getBytes(StandardCharsets.US_ASCII);
    private static final int NONE = -1;

    private final PipeId id = new PipeId();
    /** It is answered by what is read from the pipe, and not by the message that answers the command. */
    private boolean isRead;
    /** The outcome is told already. */
    private boolean isStatusTold;
    private int request;
    private int response;
    /** Its number among the pipes that interfaces are known of. */
    private long pipe;
    private int context;
    private int opnum;
    private long number;
    private int requestFragments;
    private int responseFragments;
    private long requestBytes;
    private long responseBytes;

    private static Field text(final String name, final String sentence) {
        return Field.of("smb.dcerpc." + name, FieldType.TEXT, sentence);
    }

    private static Field number(final String name, final String sentence) {
        return Field.of("smb.dcerpc." + name, FieldType.NUMBER, sentence);
    }

    private static Field group(final String name, final String sentence) {
        return Field.of("smb.dcerpc." + name, FieldType.GROUP, sentence);
    }

    /** A call begins on that pipe. */
    void begin(final PipeId ofPipe, final long callId) {
        id.set(ofPipe);
        number = callId;
        isRead = false;
        isStatusTold = false;
        request = NONE;
        response = NONE;
        pipe = NONE;
        requestFragments = 0;
        responseFragments = 0;
        requestBytes = 0;
        responseBytes = 0;
    }

    /** The pipe that it is on. */
    PipeId pipe() {
        return id;
    }

    /** Number of the call, on its pipe. */
    long number() {
        return number;
    }

    /** What is read from the pipe answers it, or the message that answers the command. */
    void isRead(final boolean read) {
        isRead = read;
    }

    /** True if what is read from the pipe answers it. */
    boolean isRead() {
        return isRead;
    }

    /** The outcome of the command is told; what follows has one of its own. */
    void tellsStatus() {
        isStatusTold = true;
    }

    /** True if the outcome is told already. */
    boolean isStatusTold() {
        return isStatusTold;
    }

    /** Takes a packet of the client. */
    void request(final PipePacket packet, final long ofPipe, final PipeInterfaces interfaces) {
        if (requestFragments == 0) {
            request = packet.type();
            pipe = ofPipe;
            context = packet.u16(20);
            opnum = packet.u16(22);
            if (request == PipePacket.BIND || request == PipePacket.ALTER_CONTEXT) {
                interfaces.bind(pipe, packet, request == PipePacket.BIND);
            }
        }
        requestFragments++;
        requestBytes += packet.stubLength();
    }

    /** Takes a packet of the server. */
    void response(final PipePacket packet, final PipeInterfaces interfaces) {
        response = packet.type();
        responseFragments++;
        responseBytes += packet.stubLength();
        if (response == PipePacket.BIND_ACK && request == PipePacket.BIND) {
            interfaces.acknowledge(pipe, packet);
        }
    }

    /** Tells all of it. */
    void tell(final Transaction t, final PipeInterfaces interfaces, final Utf16 text) {
        t.begin(GROUP).put(REQUEST, request == NONE ? LOST : PipePacket.name(request))
            .put(RESPONSE, response == NONE ? UNREPLIED : PipePacket.name(response));
        if (request == PipePacket.REQUEST) {
            t.put(OPNUM, Math.max(0, opnum));
            t.begin(TO_SERVER).put(TO_SERVER_FRAGMENTS, requestFragments).put(TO_SERVER_SIZE, requestBytes).end();
            interfaces.tell(t, pipe, context, text);
        } else if (request == PipePacket.BIND || request == PipePacket.ALTER_CONTEXT) {
            interfaces.tell(t, pipe, text);
        }
        if (response == PipePacket.RESPONSE) {
            t.begin(TO_CLIENT).put(TO_CLIENT_FRAGMENTS, responseFragments).put(TO_CLIENT_SIZE, responseBytes).end();
        }
        t.put(CALL_ID, number).end();
    }
}
