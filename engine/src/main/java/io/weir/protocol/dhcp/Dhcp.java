package io.weir.protocol.dhcp;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.protocol.Probe;
import io.weir.protocol.Protocol;
import io.weir.protocol.ProtocolEvent;
import io.weir.protocol.RecordType;

/** Dynamic host configuration for IPv4 (RFC 2131, 2132). */
public final class Dhcp {
    static final int OPTIONS = 240;
    static final int REQUEST = 1;
    static final int REPLY = 2;
    static final RecordType RECORD = RecordType.of("dhcp");
    static final Field TYPE = text("type", "Whether it is a request or a reply.");
    static final Field ID = number("id", "Number by which replies find their request.");
    static final Field CLIENT_MAC =
        Field.of("dhcp.client_mac", FieldType.COLON_HEX, "Hardware address of the client.");
    static final Field ASSIGNED_IP = address("assigned_ip", "Address the client gets.");
    static final Field CLIENT_IP = address("client_ip", "Address the client has.");
    static final Field RELAY_IP = address("relay_ip", "Address of the relay.");
    static final Field NEXT_SERVER_IP = address("next_server_ip", "Address of the server to boot from.");
    static final Field DHCP_TYPE = text("dhcp_type", "Kind of message.");
    static final Field CLIENT_ID = Field.of("dhcp.client_id", FieldType.COLON_HEX, "Identifier of the client.");
    static final Field HOSTNAME = text("hostname", "Name of the client.");
    static final Field VENDOR = text("vendor_class_identifier", "What the client says of its vendor.");
    static final Field REQUESTED_IP = address("requested_ip", "Address the client would like.");
    static final Field SUBNET_MASK = address("subnet_mask", "Mask of the network.");
    static final Field LEASE_TIME = number("lease_time", "How long the address may be used, s.");
    static final Field RENEWAL_TIME = number("renewal_time", "When it is to be asked for again, s.");
    static final Field REBINDING_TIME = number("rebinding_time", "When any server is to be asked, s.");
    static final Field PARAMS = Field.listOf("dhcp.params", FieldType.TEXT, "Options the client asks for.");
    static final Field DNS_SERVERS = Field.listOf("dhcp.dns_servers", FieldType.ADDRESS, "Servers of names.");
    static final Field ROUTERS = Field.listOf("dhcp.routers", FieldType.ADDRESS, "Routers.");
    static final ProtocolEvent MALFORMED =
        new ProtocolEvent("malformed_options", "An option is longer than the message.");

    /** The protocol. */
    public static final Protocol PROTOCOL = Protocol.named("dhcp", "Dynamic Host Configuration Protocol")
        .udpPorts(67, 68)
        .firstBytes(REQUEST, REPLY)
        .udp(Dhcp::detect)
        .datagramParser(DhcpParser::new)
        .fields(TYPE, ID, CLIENT_MAC, ASSIGNED_IP, CLIENT_IP, RELAY_IP, NEXT_SERVER_IP, DHCP_TYPE, CLIENT_ID, HOSTNAME,
            VENDOR, REQUESTED_IP, SUBNET_MASK, LEASE_TIME, RENEWAL_TIME, REBINDING_TIME, PARAMS, DNS_SERVERS, ROUTERS)
        .records(RECORD)
        .events(MALFORMED)
        .build();

    private static final long COOKIE = 0x63825363L;

    private Dhcp() {
    }

    private static Field text(final String key, final String sentence) {
        return Field.of("dhcp." + key, FieldType.TEXT, sentence);
    }

    private static Field number(final String key, final String sentence) {
        return Field.of("dhcp." + key, FieldType.NUMBER, sentence);
    }

    private static Field address(final String key, final String sentence) {
        return Field.of("dhcp." + key, FieldType.ADDRESS, sentence);
    }

    /** Recognises a message by the cookie in front of its options. */
    static Answer detect(final Probe probe) {
        final Bytes now = probe.now();
        final int operation = now.u8(0);
        if (operation != REQUEST && operation != REPLY || now.u8(2) > 16 || now.u8(2) < 0
            || now.u32(OPTIONS - 4) != COOKIE) {
            return Answer.NO;
        }
        return probe.fromClient() == (operation == REPLY) ? Answer.YES_TURNED : Answer.YES;
    }
}
