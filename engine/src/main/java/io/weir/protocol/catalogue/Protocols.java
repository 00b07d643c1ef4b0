package io.weir.protocol.catalogue;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.protocol.dhcp.Dhcp;
import io.weir.protocol.dhcpv6.Dhcpv6;
import io.weir.protocol.dns.Dns;
import io.weir.protocol.ftp.Ftp;
import io.weir.protocol.ftp.FtpData;
import io.weir.protocol.http.Content;
import io.weir.protocol.http.Http;
import io.weir.protocol.http2.Http2;
import io.weir.protocol.ip.IpProtocols;
import io.weir.protocol.llmnr.Llmnr;
import io.weir.protocol.mdns.Mdns;
import io.weir.protocol.netbios.NetbiosDatagrams;
import io.weir.protocol.netbios.NetbiosNames;
import io.weir.protocol.netbios.NetbiosSessions;
import io.weir.protocol.ntp.Ntp;
import io.weir.protocol.proxyheader.ProxyHeader;
import io.weir.protocol.rtsp.Rtsp;
import io.weir.protocol.smtp.Smtp;
import io.weir.protocol.snmp.Snmp;
import io.weir.protocol.socks.Socks;
import io.weir.protocol.ssdp.Ssdp;
import io.weir.protocol.ssh.Ssh;
import io.weir.protocol.tftp.Tftp;
import io.weir.protocol.websocket.WebSocket;
import io.weir.protocol.wsd.WsDiscovery;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** All protocols weir knows: one line each. Their order decides who is asked first where ports say nothing. */
public final class Protocols {
    /** The web, and what is spoken over it. */
    private static final Protocol[] WEB = {
        Http.PROTOCOL,
        Http2.PROTOCOL,
        WebSocket.PROTOCOL,
        Content.CONNECT,
        Content.PROXY,
        Content.OCSP,
        Content.CRL,
        Content.SOAP,
        Content.JSON_RPC,
        Content.IPP,
        Content.DOH,
        Content.ELASTICSEARCH,
        Content.OOKLA,
        Content.HLS,
        Content.DASH,
        Ssdp.PROTOCOL,
        WsDiscovery.PROTOCOL,
        ProxyHeader.PROTOCOL,
    };

    /** Encryption, VPNs and proxies. */
    private static final Protocol[] ENCRYPTION = {
        Socks.PROTOCOL,
    };

    /** Names, addresses, time and management. */
    private static final Protocol[] NAMES = {
        Dns.PROTOCOL,
        Mdns.PROTOCOL,
        Llmnr.PROTOCOL,
        Dhcp.PROTOCOL,
        Dhcpv6.PROTOCOL,
        Ntp.PROTOCOL,
        Snmp.PROTOCOL,
        NetbiosNames.PROTOCOL,
        NetbiosDatagrams.PROTOCOL,
    };

    /** Mail, news, chat and text. */
    private static final Protocol[] MAIL = {
        Smtp.PROTOCOL,
    };

    /** Files and remote access. */
    private static final Protocol[] FILES = {
        Ssh.PROTOCOL,
        Ftp.PROTOCOL,
        FtpData.PROTOCOL,
        Tftp.PROTOCOL,
        NetbiosSessions.PROTOCOL,
    };

    /** Voice, video and conferences. */
    private static final Protocol[] VOICE = {
        Rtsp.PROTOCOL,
    };

    /** Directories, databases, queues and remote calls. */
    private static final Protocol[] SERVICES = {
    };

    /** Routing, tunnels and network operation. */
    private static final Protocol[] ROUTING = {
        IpProtocols.ICMP,
        IpProtocols.ICMPV6,
        IpProtocols.IGMP,
        IpProtocols.IPIP,
        IpProtocols.SIX_IN_FOUR,
        IpProtocols.RSVP,
        IpProtocols.GRE,
        IpProtocols.ESP,
        IpProtocols.AH,
        IpProtocols.EIGRP,
        IpProtocols.OSPF,
        IpProtocols.PIM,
        IpProtocols.VRRP,
        IpProtocols.L2TP_OVER_IP,
        IpProtocols.SCTP,
        IpProtocols.EGP,
        IpProtocols.PGM,
        IpProtocols.HIP,
        IpProtocols.DCCP,
        AppLayerAnomaly.PROTOCOL,
    };

    /** Industry and things. */
    private static final Protocol[] THINGS = {
    };

    /** Peer to peer, games and money. */
    private static final Protocol[] PEERS = {
    };

    /** Vendors' own. */
    private static final Protocol[] VENDORS = {
    };

    private static final List<Protocol> ALL = Stream.of(WEB, ENCRYPTION, NAMES, MAIL, FILES, VOICE, SERVICES,
        ROUTING, THINGS, PEERS, VENDORS)
        .flatMap(Arrays::stream).toList();

    private static final List<Field> FIELDS = new ArrayList<>();
    private static final List<RecordType> RECORDS = new ArrayList<>();

    static {
        Protocol.number(ALL, FIELDS, RECORDS);
    }

    private Protocols() {
    }

    /** All, in order of their numbers. */
    public static List<Protocol> all() {
        return ALL;
    }

    /** The protocol with this number, from 1. */
    public static Protocol of(final int id) {
        return ALL.get(id - 1);
    }

    /** Name of the protocol with this number; an empty string if there is none. */
    public static String name(final int id) {
        return id >= 1 && id <= ALL.size() ? ALL.get(id - 1).name() : "";
    }

    /** The field with this number. */
    public static Field field(final int id) {
        return FIELDS.get(id);
    }

    /** All fields, in order of their numbers. */
    public static List<Field> fields() {
        return Collections.unmodifiableList(FIELDS);
    }

    /** The record type with this number. */
    public static RecordType record(final int id) {
        return RECORDS.get(id);
    }

    /** All record types, in order of their numbers. */
    public static List<RecordType> records() {
        return Collections.unmodifiableList(RECORDS);
    }
}
