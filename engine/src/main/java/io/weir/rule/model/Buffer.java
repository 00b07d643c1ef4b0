package io.weir.rule.model;

import io.weir.protocol.Field;
import java.util.List;

/**
 * Bytes that content is looked for in.
 *
 * @param name   as rules write it, like {@code http.uri}
 * @param level  when its bytes are there
 * @param part   of the frame, if {@code level} is {@link Level#PACKET}; else null
 * @param fields of the transaction, each instance of each being a buffer of its own; empty unless {@code level} is
 *     {@link Level#TRANSACTION}
 * @param side   which side's records it belongs to
 */
public record Buffer(String name, Level level, Part part, List<Field> fields, Side side) {
    /** When the bytes of a buffer are there. */
    public enum Level {
        /** With each frame. */
        PACKET,
        /** With each piece of a stream, or with each datagram. */
        PAYLOAD,
        /** Once one side of a transaction is told. */
        TRANSACTION
    }

    /** Parts of a frame. */
    public enum Part {
        /** Link header. */
        ETHERNET,
        /** Innermost IP header, IPv4. */
        IPV4,
        /** Innermost IP header, IPv6. */
        IPV6,
        /** TCP header with options. */
        TCP,
        /** UDP header. */
        UDP,
        /** ICMP message. */
        ICMPV4,
        /** ICMPv6 message. */
        ICMPV6,
        /** What the transport header introduces. */
        PAYLOAD,
        /** Source address of the innermost IP header, 4 or 16 bytes. */
        SOURCE_ADDRESS,
        /** Destination address of the innermost IP header, 4 or 16 bytes. */
        DESTINATION_ADDRESS
    }

    /** Sides of a transaction. */
    public enum Side {
        /** Told by the client. */
        TO_SERVER,
        /** Told by the server. */
        TO_CLIENT,
        /** Either, or the direction is the rule's. */
        EITHER
    }

    /** Payload of packets and streams: where content is looked for that names no other buffer. */
    public static final Buffer PAYLOAD = new Buffer("payload", Level.PAYLOAD, null, List.of(), Side.EITHER);

    /** Copies what it is given. */
    public Buffer {
        fields = List.copyOf(fields);
    }

    /** A buffer of a field of transactions. */
    public static Buffer of(final Field field, final Side side) {
        return new Buffer(field.name(), Level.TRANSACTION, null, List.of(field), side);
    }

    /** A buffer of a part of each frame. */
    public static Buffer of(final String name, final Part part) {
        return new Buffer(name, Level.PACKET, part, List.of(), Side.EITHER);
    }
}
