package io.weir.output;

import static io.weir.output.JsonWriter.ascii;

import io.weir.protocol.catalogue.Protocols;
import io.weir.stats.FlowTotals;
import java.util.Set;

/**
 * Writes flows that ended, and their transactions, by protocol, as Suricata does under {@code app_layer}: a protocol
 * that it has over TCP and UDP is counted for each, with the transport behind its name. Only protocols that it has, and
 * that occurred, are written; all are in the summary. Allocates nothing.
 */
final class ProtocolStatistics {
    private static final byte[] FLOW = ascii(",\"app_layer\":{\"flow\":{");
    private static final byte[] TRANSACTIONS = ascii("},\"tx\":{");
    private static final Set<String> OVER_ONE = Set.of("bittorrent_dht", "dhcp", "dnp3", "doh2", "ftp", "ftp_data",
        "http", "http2", "ike", "imap", "mdns", "modbus", "mqtt", "ntp", "pgsql", "pop3", "quic", "rdp", "rfb", "smb",
        "smtp", "snmp", "ssh", "telnet", "tftp", "tls", "websocket");
    private static final Set<String> OVER_BOTH = Set.of("failed", "dns", "dcerpc", "enip", "krb5", "ldap", "llmnr",
        "nfs", "sip");
    private static final int NUMBERS = Protocols.all().size() + 1;
    /** Names with their colons, by number, 0 for what was not recognised: of both transports, of TCP alone, or null. */
    private static final byte[][] NAMES = new byte[NUMBERS][];
    /** The same of UDP, with a comma in front; null where the other is of both. */
    private static final byte[][] NAMES_OVER_UDP = new byte[NUMBERS][];

    static {
        for (int i = 0; i < NUMBERS; i++) {
            final String name = i == 0 ? "failed" : Protocols.name(i).replace('-', '_');
            final boolean both = OVER_BOTH.contains(name);
            NAMES[i] = both || OVER_ONE.contains(name) ? ascii('"' + name + (both ? "_tcp\":" : "\":")) : null;
            NAMES_OVER_UDP[i] = both ? ascii(",\"" + name + "_udp\":") : null;
        }
    }

    private ProtocolStatistics() {
    }

    /** Writes the member, with a comma in front. */
    static void encode(final FlowTotals totals, final JsonWriter json) {
        json.raw(FLOW);
        encode(totals, false, json);
        json.raw(TRANSACTIONS);
        encode(totals, true, json);
        json.raw('}').raw('}');
    }

    private static void encode(final FlowTotals totals, final boolean transactions, final JsonWriter json) {
        boolean first = true;
        // What was not recognised has no transactions.
        for (int i = transactions ? 1 : 0; i < NUMBERS; i++) {
            if (NAMES[i] == null || totals.flows(i, false) + totals.flows(i, true) == 0) {
                continue;
            }
            if (!first) {
                json.raw(',');
            }
            first = false;
            final long overTcp = count(totals, i, false, transactions);
            final long overUdp = count(totals, i, true, transactions);
            if (NAMES_OVER_UDP[i] == null) {
                json.raw(NAMES[i]).number(overTcp + overUdp);
            } else {
                json.raw(NAMES[i]).number(overTcp).raw(NAMES_OVER_UDP[i]).number(overUdp);
            }
        }
    }

    private static long count(final FlowTotals totals, final int protocol, final boolean overUdp,
        final boolean transactions) {
        return transactions ? totals.transactions(protocol, overUdp) : totals.flows(protocol, overUdp);
    }
}
