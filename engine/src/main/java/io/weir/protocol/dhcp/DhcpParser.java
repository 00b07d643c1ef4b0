package io.weir.protocol.dhcp;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;
import io.weir.protocol.Field;
import io.weir.protocol.Transaction;
import java.nio.charset.StandardCharsets;

/** Tells each message of DHCP. */
final class DhcpParser extends DatagramParser {
    private static final int SNAME = 44;
    private static final int FILE = 108;
    private static final int COOKIE = 236;
    private static final int END = 255;
    private static final byte[] REQUEST = ascii("request");
    private static final byte[] REPLY = ascii("reply");
    private static final byte[] UNKNOWN = ascii("unknown");
    private static final byte[][] TYPES = {UNKNOWN, ascii("discover"), ascii("offer"), REQUEST, ascii("decline"),
        ascii("ack"), ascii("nak"), ascii("release"), ascii("inform")};
    private static final byte[][] PARAMS = new byte[256][];

    static {
        PARAMS[1] = ascii("subnet_mask");
        PARAMS[3] = ascii("router");
        PARAMS[6] = ascii("dns_server");
        PARAMS[15] = ascii("domain");
        PARAMS[35] = ascii("arp_timeout");
        PARAMS[42] = ascii("ntp_server");
        PARAMS[66] = ascii("tftp_server_name");
        PARAMS[150] = ascii("tftp_server_ip");
    }

    private boolean asked;
    private int overload;

    private static byte[] ascii(final String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    protected void begun() {
        asked = false;
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        if (!payload.has(0, Dhcp.OPTIONS)) {
            flow.skipped(payload.length());
            return;
        }
        final boolean reply = payload.u8(0) == Dhcp.REPLY;
        final Transaction record = flow.open(Dhcp.RECORD);
        if (!fromClient) {
            record.byServer();
        }
        record.put(Dhcp.TYPE, reply ? REPLY : REQUEST);
        record.put(Dhcp.ID, payload.u32(4));
        record.put(Dhcp.CLIENT_MAC, payload, 28, Math.min(16, payload.u8(2)));
        record.put(Dhcp.ASSIGNED_IP, payload, 16, 4);
        record.put(Dhcp.CLIENT_IP, payload, 12, 4);
        if (reply) {
            record.put(Dhcp.RELAY_IP, payload, 24, 4);
            record.put(Dhcp.NEXT_SERVER_IP, payload, 20, 4);
        }
        overload = 0;
        options(record, payload, Dhcp.OPTIONS, payload.length());
        if ((overload & 1) != 0) {
            options(record, payload, FILE, COOKIE);
        }
        if ((overload & 2) != 0) {
            options(record, payload, SNAME, FILE);
        }
        flow.close(record);
        if (reply && asked) {
            flow.confirm();
        }
        asked |= !reply;
    }

    private void options(final Transaction record, final Bytes payload, final int from, final int to) {
        int at = from;
        while (at < to && payload.u8(at) != END) {
            final int code = payload.u8(at++);
            if (code == 0) {
                continue;
            }
            final int length = payload.u8(at++);
            if (length < 0 || at + length > to) {
                flow.event(Dhcp.MALFORMED);
                return;
            }
            option(record, payload, code, at, length);
            at += length;
        }
    }

    private void option(final Transaction record, final Bytes payload, final int code, final int at,
        final int length) {
        switch (code) {
            case 1 -> address(record, Dhcp.SUBNET_MASK, payload, at, length);
            case 3 -> addresses(record, Dhcp.ROUTERS, payload, at, length);
            case 6 -> addresses(record, Dhcp.DNS_SERVERS, payload, at, length);
            case 12 -> record.put(Dhcp.HOSTNAME, payload, at, length);
            case 50 -> address(record, Dhcp.REQUESTED_IP, payload, at, length);
            case 51 -> seconds(record, Dhcp.LEASE_TIME, payload, at, length);
            case 52 -> overload = length == 1 ? payload.u8(at) : 0;
            case 53 -> {
                final int type = length > 0 ? payload.u8(at) : 0;
                record.put(Dhcp.DHCP_TYPE, type < TYPES.length ? TYPES[type] : UNKNOWN);
            }
            case 55 -> {
                for (int i = 0; i < length; i++) {
                    if (PARAMS[payload.u8(at + i)] != null) {
                        record.put(Dhcp.PARAMS, PARAMS[payload.u8(at + i)]);
                    }
                }
            }
            case 58 -> seconds(record, Dhcp.RENEWAL_TIME, payload, at, length);
            case 59 -> seconds(record, Dhcp.REBINDING_TIME, payload, at, length);
            case 60 -> record.put(Dhcp.VENDOR, payload, at, length);
            case 61 -> record.put(Dhcp.CLIENT_ID, payload, at + 1, Math.max(0, length - 1));
            default -> { }
        }
    }

    private static void address(final Transaction record, final Field field, final Bytes payload, final int at,
        final int length) {
        if (length == 4) {
            record.put(field, payload, at, length);
        }
    }

    private static void addresses(final Transaction record, final Field field, final Bytes payload, final int at,
        final int length) {
        for (int i = 0; i + 4 <= length; i += 4) {
            record.put(field, payload, at + i, 4);
        }
    }

    private static void seconds(final Transaction record, final Field field, final Bytes payload, final int at,
        final int length) {
        if (length == 4) {
            record.put(field, payload.u32(at));
        }
    }

    @Override
    public void end() {
        // Each message is a record of its own.
    }
}
