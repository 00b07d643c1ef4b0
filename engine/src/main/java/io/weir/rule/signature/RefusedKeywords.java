package io.weir.rule.signature;

/** Keywords of Suricata that leave their rule out. */
final class RefusedKeywords {
    private RefusedKeywords() {
    }

    static void addTo(final KeywordTable table) {
        table.not("lua luajit", "scripts are not run");
        table.not("luaxform", "scripts are not run");
        table.not("geoip", "there is no table of countries");
        table.not("frame", "parsers tell fields, not frames");
        table.not("filemagic file.magic", "kinds of files are not recognised");
        table.not("ipv4-csum", "checksums are counted, not asked");
        table.not("tcpv4-csum", "checksums are counted, not asked");
        table.not("tcpv6-csum", "checksums are counted, not asked");
        table.not("udpv4-csum", "checksums are counted, not asked");
        table.not("udpv6-csum", "checksums are counted, not asked");
        table.not("icmpv4-csum", "checksums are counted, not asked");
        table.not("icmpv6-csum", "checksums are counted, not asked");
        table.not("igmp.hdr", "headers of IGMP are no buffer");
        table.not("igmp-csum", "checksums are counted, not asked");
        table.not("modbus", "values of Modbus are not asked");
        table.not("dnp3_func dnp3.func", "DNP3 is not parsed");
        table.not("dnp3_ind dnp3.ind", "DNP3 is not parsed");
        table.not("dnp3_obj dnp3.obj", "DNP3 is not parsed");
        table.not("dnp3_data dnp3.data", "DNP3 is not parsed");
        table.not("cip_service", "EtherNet/IP is not parsed");
        table.not("template.buffer template2", "it is an example");
        table.not("app-layer-state", "it belongs to firewall rules");
        table.not("tcp.session", "it belongs to firewall rules");
        table.not("config", "rules do not configure");
        table.not("flow.elephant", "sides of elephants are not told apart");
        table.not("flowvar", "flows have no variables of text");
        table.not("pktvar", "packets have no variables of text");
        table.not("ndpi-protocol ndpi-risk", "protocols have weir's names; ask app-layer-protocol");
        table.not("asn1", "ASN.1 is not decoded");
        table.not("l3_proto", "write ip4 or ip6 in the header");
        table.not("krb5.ticket_encryption", "YAML rules ask it");
        table.not("ike.chosen_sa_attribute", "attributes of IKE are not told");
        table.not("http2.settings", "settings of HTTP/2 are not told");
        table.not("snmp.trap_type", "types of traps are not told");
        table.not("imap.request imap.response", "lines of IMAP are no buffer");
        table.not("rate_filter", "actions do not change with the rate");
    }
}
