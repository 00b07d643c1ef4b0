package io.weir.protocol.catalogue;

import io.weir.protocol.Field;
import io.weir.protocol.Protocol;
import io.weir.protocol.RecordType;
import io.weir.protocol.activision.Activision;
import io.weir.protocol.adb.Adb;
import io.weir.protocol.ads.BeckhoffAds;
import io.weir.protocol.afp.Afp;
import io.weir.protocol.ajp.Ajp;
import io.weir.protocol.amqp.Amqp;
import io.weir.protocol.anomaly.AppLayerAnomaly;
import io.weir.protocol.atg.TankGauge;
import io.weir.protocol.avast.Avast;
import io.weir.protocol.babel.Babel;
import io.weir.protocol.bacnet.Bacnet;
import io.weir.protocol.bfd.Bfd;
import io.weir.protocol.bgp.Bgp;
import io.weir.protocol.bitcoin.Bitcoin;
import io.weir.protocol.bittorrent.BitTorrent;
import io.weir.protocol.bittorrent.BitTorrentDht;
import io.weir.protocol.bittorrent.BitTorrentUtp;
import io.weir.protocol.bjnp.Bjnp;
import io.weir.protocol.bmp.Bmp;
import io.weir.protocol.bolt.Bolt;
import io.weir.protocol.capwap.Capwap;
import io.weir.protocol.cassandra.Cassandra;
import io.weir.protocol.ceph.Ceph;
import io.weir.protocol.checkmk.CheckMk;
import io.weir.protocol.ciscovpn.CiscoVpn;
import io.weir.protocol.citrix.Citrix;
import io.weir.protocol.coap.Coap;
import io.weir.protocol.collectd.Collectd;
import io.weir.protocol.corba.Corba;
import io.weir.protocol.couchbase.Couchbase;
import io.weir.protocol.dcerpc.DceRpc;
import io.weir.protocol.dhcp.Dhcp;
import io.weir.protocol.dhcpv6.Dhcpv6;
import io.weir.protocol.diameter.Diameter;
import io.weir.protocol.dicom.Dicom;
import io.weir.protocol.directconnect.DirectConnect;
import io.weir.protocol.discord.Discord;
import io.weir.protocol.dlms.Dlms;
import io.weir.protocol.dnp3.Dnp3;
import io.weir.protocol.dns.Dns;
import io.weir.protocol.dnscrypt.DnsCrypt;
import io.weir.protocol.doip.Doip;
import io.weir.protocol.doq.Doq;
import io.weir.protocol.drda.Drda;
import io.weir.protocol.dropbox.Dropbox;
import io.weir.protocol.edonkey.Edonkey;
import io.weir.protocol.elasticsearch.Elasticsearch;
import io.weir.protocol.enet.Enet;
import io.weir.protocol.enip.CipIo;
import io.weir.protocol.enip.EtherNetIp;
import io.weir.protocol.epicgames.EpicGames;
import io.weir.protocol.ethereum.Ethereum;
import io.weir.protocol.ethersbus.EtherSBus;
import io.weir.protocol.ethersio.EtherSio;
import io.weir.protocol.fastcgi.FastCgi;
import io.weir.protocol.fbzero.FacebookZero;
import io.weir.protocol.file.Files;
import io.weir.protocol.finger.Finger;
import io.weir.protocol.fins.Fins;
import io.weir.protocol.fix.Fix;
import io.weir.protocol.flute.Flute;
import io.weir.protocol.ftp.Ftp;
import io.weir.protocol.ftp.FtpData;
import io.weir.protocol.gaijin.Gaijin;
import io.weir.protocol.gearman.Gearman;
import io.weir.protocol.genshin.Genshin;
import io.weir.protocol.gesrtp.GeSrtp;
import io.weir.protocol.git.Git;
import io.weir.protocol.glbp.Glbp;
import io.weir.protocol.gnutella.Gnutella;
import io.weir.protocol.graphite.Graphite;
import io.weir.protocol.gtp.Gtp;
import io.weir.protocol.gtp.GtpPrime;
import io.weir.protocol.h323.H323;
import io.weir.protocol.hartip.HartIp;
import io.weir.protocol.hislip.Hislip;
import io.weir.protocol.hl7.Hl7;
import io.weir.protocol.hpvirtgrp.HpVirtualRooms;
import io.weir.protocol.hsrp.Hsrp;
import io.weir.protocol.http.Content;
import io.weir.protocol.http.Http;
import io.weir.protocol.http2.Http2;
import io.weir.protocol.http3.Http3;
import io.weir.protocol.iax.Iax;
import io.weir.protocol.iec104.Iec104;
import io.weir.protocol.ike.Ike;
import io.weir.protocol.imap.Imap;
import io.weir.protocol.ip.IpProtocols;
import io.weir.protocol.iperf.Iperf;
import io.weir.protocol.ipfix.Ipfix;
import io.weir.protocol.iqiyi.Iqiyi;
import io.weir.protocol.irc.Irc;
import io.weir.protocol.iscsi.Iscsi;
import io.weir.protocol.jrmi.JavaRmi;
import io.weir.protocol.kafka.Kafka;
import io.weir.protocol.kakaotalk.KakaoTalk;
import io.weir.protocol.kcp.Kcp;
import io.weir.protocol.knx.KnxIp;
import io.weir.protocol.krb5.Kerberos;
import io.weir.protocol.l2tp.L2tp;
import io.weir.protocol.ldap.Ldap;
import io.weir.protocol.ldp.Ldp;
import io.weir.protocol.line.LineCall;
import io.weir.protocol.lisp.LispControl;
import io.weir.protocol.llmnr.Llmnr;
import io.weir.protocol.lspping.LspPing;
import io.weir.protocol.lustre.Lustre;
import io.weir.protocol.mdns.Mdns;
import io.weir.protocol.megaco.Megaco;
import io.weir.protocol.melsoft.Melsoft;
import io.weir.protocol.memcached.Memcached;
import io.weir.protocol.mgcp.Mgcp;
import io.weir.protocol.mikrotik.MikrotikDiscovery;
import io.weir.protocol.minecraft.Minecraft;
import io.weir.protocol.minetest.Minetest;
import io.weir.protocol.mms.Mms;
import io.weir.protocol.mmtls.Mmtls;
import io.weir.protocol.modbus.Modbus;
import io.weir.protocol.monero.Monero;
import io.weir.protocol.mongodb.MongoDb;
import io.weir.protocol.mpegts.MpegTs;
import io.weir.protocol.mqtt.Mqtt;
import io.weir.protocol.mumble.Mumble;
import io.weir.protocol.munin.Munin;
import io.weir.protocol.mysql.MySql;
import io.weir.protocol.natpmp.NatPmp;
import io.weir.protocol.nats.Nats;
import io.weir.protocol.ncp.Ncp;
import io.weir.protocol.netbios.NetbiosDatagrams;
import io.weir.protocol.netbios.NetbiosNames;
import io.weir.protocol.netbios.NetbiosSessions;
import io.weir.protocol.netflow.Netflow;
import io.weir.protocol.nfs.Nfs;
import io.weir.protocol.niagarafox.NiagaraFox;
import io.weir.protocol.nintendo.Pia;
import io.weir.protocol.nntp.Nntp;
import io.weir.protocol.nomachine.NoMachine;
import io.weir.protocol.nrpe.Nrpe;
import io.weir.protocol.ntp.Ntp;
import io.weir.protocol.nvmetcp.NvmeTcp;
import io.weir.protocol.oicq.Oicq;
import io.weir.protocol.olsr.Olsr;
import io.weir.protocol.opcua.OpcUa;
import io.weir.protocol.openflow.OpenFlow;
import io.weir.protocol.openvpn.OpenVpn;
import io.weir.protocol.openwire.OpenWire;
import io.weir.protocol.oracle.OracleTns;
import io.weir.protocol.pcp.Pcp;
import io.weir.protocol.pfcp.Pfcp;
import io.weir.protocol.pgsql.PostgreSql;
import io.weir.protocol.playstation.PlayStation;
import io.weir.protocol.pop3.Pop3;
import io.weir.protocol.pptp.Pptp;
import io.weir.protocol.profinet.ProfinetIo;
import io.weir.protocol.proxyheader.ProxyHeader;
import io.weir.protocol.ptp.Ptp;
import io.weir.protocol.push.XiaomiPush;
import io.weir.protocol.quic.Quic;
import io.weir.protocol.radius.Radius;
import io.weir.protocol.radmin.Radmin;
import io.weir.protocol.raft.Raft;
import io.weir.protocol.raknet.RakNet;
import io.weir.protocol.rdp.Rdp;
import io.weir.protocol.redis.Redis;
import io.weir.protocol.rfb.Rfb;
import io.weir.protocol.riotgames.RiotGames;
import io.weir.protocol.rip.Rip;
import io.weir.protocol.rip.Ripng;
import io.weir.protocol.rmcp.Rmcp;
import io.weir.protocol.roughtime.Roughtime;
import io.weir.protocol.rpc.Mount;
import io.weir.protocol.rpc.Nlm;
import io.weir.protocol.rpc.OncRpc;
import io.weir.protocol.rpc.Portmap;
import io.weir.protocol.rpki.RpkiToRouter;
import io.weir.protocol.rsh.RemoteShell;
import io.weir.protocol.rsync.Rsync;
import io.weir.protocol.rtcp.Rtcp;
import io.weir.protocol.rtmp.Rtmp;
import io.weir.protocol.rtp.Rtp;
import io.weir.protocol.rtp.Srtp;
import io.weir.protocol.rtps.Rtps;
import io.weir.protocol.rtsp.Rtsp;
import io.weir.protocol.rx.Rx;
import io.weir.protocol.s7comm.S7Comm;
import io.weir.protocol.s7commplus.S7CommPlus;
import io.weir.protocol.sap.Sap;
import io.weir.protocol.sap.SessionAnnouncement;
import io.weir.protocol.saphana.SapHana;
import io.weir.protocol.sctp.Forces;
import io.weir.protocol.sctp.MobileSignalling;
import io.weir.protocol.sctp.Sigtran;
import io.weir.protocol.sflow.Sflow;
import io.weir.protocol.sip.Sip;
import io.weir.protocol.skinny.Skinny;
import io.weir.protocol.slmp.Slmp;
import io.weir.protocol.slp.Slp;
import io.weir.protocol.smb.Smb;
import io.weir.protocol.smpp.Smpp;
import io.weir.protocol.smtp.Smtp;
import io.weir.protocol.snmp.Snmp;
import io.weir.protocol.socks.Socks;
import io.weir.protocol.softether.SoftEther;
import io.weir.protocol.someip.Someip;
import io.weir.protocol.soulseek.Soulseek;
import io.weir.protocol.spotify.Spotify;
import io.weir.protocol.ssdp.Ssdp;
import io.weir.protocol.ssh.Ssh;
import io.weir.protocol.starcraft.Starcraft;
import io.weir.protocol.statsd.Statsd;
import io.weir.protocol.steam.Steam;
import io.weir.protocol.stomp.Stomp;
import io.weir.protocol.stratum.Stratum;
import io.weir.protocol.stun.Calls;
import io.weir.protocol.stun.Stun;
import io.weir.protocol.svn.Svn;
import io.weir.protocol.synchrophasor.Synchrophasor;
import io.weir.protocol.syncthing.Syncthing;
import io.weir.protocol.syslog.Syslog;
import io.weir.protocol.tacacs.Tacacs;
import io.weir.protocol.tailscale.Tailscale;
import io.weir.protocol.tds.Tds;
import io.weir.protocol.teamspeak.TeamSpeak;
import io.weir.protocol.teamviewer.TeamViewer;
import io.weir.protocol.telegram.Mtproto;
import io.weir.protocol.telegram.TelegramCall;
import io.weir.protocol.telnet.Telnet;
import io.weir.protocol.tftp.Tftp;
import io.weir.protocol.thrift.Thrift;
import io.weir.protocol.tinc.Tinc;
import io.weir.protocol.tivoconnect.TivoConnect;
import io.weir.protocol.tls.Dtls;
import io.weir.protocol.tls.SecureServices;
import io.weir.protocol.tls.Tls;
import io.weir.protocol.tplink.TpLinkShp;
import io.weir.protocol.trdp.Trdp;
import io.weir.protocol.tuya.Tuya;
import io.weir.protocol.tzsp.Tzsp;
import io.weir.protocol.ubiquiti.UbiquitiDiscovery;
import io.weir.protocol.uftp.Uftp;
import io.weir.protocol.valve.SourceEngine;
import io.weir.protocol.viber.Viber;
import io.weir.protocol.warp.CloudflareWarp;
import io.weir.protocol.weave.NestWeave;
import io.weir.protocol.websocket.WebSocket;
import io.weir.protocol.whatsapp.WhatsApp;
import io.weir.protocol.whois.Whois;
import io.weir.protocol.wireguard.Wireguard;
import io.weir.protocol.wol.WakeOnLan;
import io.weir.protocol.worldofwarcraft.WorldOfWarcraft;
import io.weir.protocol.wsd.WsDiscovery;
import io.weir.protocol.x11.X11;
import io.weir.protocol.xbox.XboxLive;
import io.weir.protocol.xdmcp.Xdmcp;
import io.weir.protocol.xmpp.Xmpp;
import io.weir.protocol.z3950.Z3950;
import io.weir.protocol.zabbix.Zabbix;
import io.weir.protocol.zeromq.ZeroMq;
import io.weir.protocol.zerotier.ZeroTier;
import io.weir.protocol.zookeeper.Zookeeper;
import io.weir.protocol.zoom.Zoom;
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
        Content.OOKLA,
        Content.HLS,
        Content.DASH,
        Ssdp.PROTOCOL,
        WsDiscovery.PROTOCOL,
        ProxyHeader.PROTOCOL,
        Quic.PROTOCOL,
        Http3.PROTOCOL,
        Doq.PROTOCOL,
    };

    /** Encryption, VPNs and proxies. */
    private static final Protocol[] ENCRYPTION = {
        Ike.PROTOCOL,
        Ike.ESP,
        OpenVpn.PROTOCOL,
        Wireguard.PROTOCOL,
        DnsCrypt.PROTOCOL,
        Tailscale.PROTOCOL,
        Tinc.PROTOCOL,
        CiscoVpn.PROTOCOL,
        SoftEther.PROTOCOL,
        CloudflareWarp.PROTOCOL,
        Ike.FORTICLIENT,
        Socks.PROTOCOL,
        Tls.PROTOCOL,
        Dtls.PROTOCOL,
        SecureServices.DOT,
        SecureServices.DOH,
        SecureServices.SMTPS,
        SecureServices.IMAPS,
        SecureServices.POP3S,
        SecureServices.LDAPS,
        SecureServices.FTPS,
        SecureServices.NTS,
        SecureServices.APNS,
        SecureServices.TOR,
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
        Syslog.PROTOCOL,
        Radius.PROTOCOL,
        Diameter.PROTOCOL,
        Slp.PROTOCOL,
        NatPmp.PROTOCOL,
        Pcp.PROTOCOL,
        Bjnp.PROTOCOL,
        Zabbix.PROTOCOL,
        CheckMk.PROTOCOL,
        Munin.PROTOCOL,
        Nrpe.PROTOCOL,
        Graphite.PROTOCOL,
        Zookeeper.PROTOCOL,
        Svn.PROTOCOL,
        RemoteShell.RSH,
        RemoteShell.REXEC,
        RemoteShell.RLOGIN,
        Tacacs.PROTOCOL,
        Iperf.PROTOCOL,
        Minetest.PROTOCOL,
        Collectd.PROTOCOL,
        Statsd.PROTOCOL,
        Ptp.PROTOCOL,
    };

    /** Mail, news, chat and text. */
    private static final Protocol[] MAIL = {
        Pop3.PROTOCOL,
        Imap.PROTOCOL,
        Xmpp.PROTOCOL,
        Irc.PROTOCOL,
        Nntp.PROTOCOL,
        Whois.PROTOCOL,
        Finger.PROTOCOL,
        Smtp.PROTOCOL,
    };

    /** Files and remote access. */
    private static final Protocol[] FILES = {
        Rfb.PROTOCOL,
        Telnet.PROTOCOL,
        Git.PROTOCOL,
        Rsync.PROTOCOL,
        TeamViewer.PROTOCOL,
        Citrix.PROTOCOL,
        NoMachine.PROTOCOL,
        Ssh.PROTOCOL,
        Ftp.PROTOCOL,
        FtpData.PROTOCOL,
        Tftp.PROTOCOL,
        NetbiosSessions.PROTOCOL,
        Iscsi.PROTOCOL,
        NvmeTcp.PROTOCOL,
        Afp.PROTOCOL,
        Ceph.PROTOCOL,
        Lustre.PROTOCOL,
        X11.PROTOCOL,
        Radmin.PROTOCOL,
        Nfs.PROTOCOL,
        Mount.PROTOCOL,
        Nlm.PROTOCOL,
        Smb.PROTOCOL,
        Rdp.PROTOCOL,
    };

    /** Voice, video and conferences. */
    private static final Protocol[] VOICE = {
        Sip.PROTOCOL,
        Stun.PROTOCOL,
        Rtcp.PROTOCOL,
        Rtp.PROTOCOL,
        Srtp.PROTOCOL,
        Zoom.PROTOCOL,
        Discord.PROTOCOL,
        Viber.PROTOCOL,
        TelegramCall.PROTOCOL,
        LineCall.PROTOCOL,
        Calls.WHATSAPP,
        Calls.TEAMS,
        Calls.GOOGLE,
        Calls.MESSENGER,
        Calls.SIGNAL,
        Rtsp.PROTOCOL,
        Rtmp.PROTOCOL,
        H323.PROTOCOL,
        Mgcp.PROTOCOL,
        Megaco.PROTOCOL,
        Skinny.PROTOCOL,
        Iax.PROTOCOL,
        MpegTs.PROTOCOL,
    };

    /** Directories, databases, queues and remote calls. */
    private static final Protocol[] SERVICES = {
        Kerberos.PROTOCOL,
        Ldap.PROTOCOL,
        ProfinetIo.PROTOCOL,
        DceRpc.PROTOCOL,
        Tds.PROTOCOL,
        MySql.PROTOCOL,
        PostgreSql.PROTOCOL,
        OracleTns.PROTOCOL,
        MongoDb.PROTOCOL,
        Redis.PROTOCOL,
        Memcached.PROTOCOL,
        Couchbase.PROTOCOL,
        Cassandra.PROTOCOL,
        Elasticsearch.PROTOCOL,
        Kafka.PROTOCOL,
        Drda.PROTOCOL,
        SapHana.PROTOCOL,
        Bolt.PROTOCOL,
        Gearman.PROTOCOL,
        Corba.PROTOCOL,
        JavaRmi.PROTOCOL,
        OpenWire.PROTOCOL,
        FastCgi.PROTOCOL,
        Ajp.PROTOCOL,
        Smpp.PROTOCOL,
        Thrift.PROTOCOL,
        Raft.PROTOCOL,
        Z3950.PROTOCOL,
        Fix.PROTOCOL,
        Sap.PROTOCOL,
        Dicom.PROTOCOL,
        Hl7.PROTOCOL,
        Mqtt.PROTOCOL,
        Nats.PROTOCOL,
        Stomp.PROTOCOL,
        ZeroMq.PROTOCOL,
        Amqp.PROTOCOL,
        Portmap.PROTOCOL,
        OncRpc.PROTOCOL,
        Xdmcp.PROTOCOL,
        Adb.PROTOCOL,
        Ncp.PROTOCOL,
        SessionAnnouncement.PROTOCOL,
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
        IpProtocols.IPCOMP,
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
        Files.PROTOCOL,
        OpenFlow.PROTOCOL,
        Rmcp.PROTOCOL,
        Netflow.PROTOCOL,
        Ipfix.PROTOCOL,
        Sflow.PROTOCOL,
        Bgp.PROTOCOL,
        Ldp.PROTOCOL,
        Bfd.PROTOCOL,
        Hsrp.PROTOCOL,
        Glbp.PROTOCOL,
        Rip.PROTOCOL,
        Ripng.PROTOCOL,
        Pptp.PROTOCOL,
        L2tp.PROTOCOL,
        Gtp.PROTOCOL,
        GtpPrime.PROTOCOL,
        Capwap.PROTOCOL,
        Pfcp.PROTOCOL,
        LispControl.PROTOCOL,
        LspPing.PROTOCOL,
        Babel.PROTOCOL,
        Olsr.PROTOCOL,
        RpkiToRouter.PROTOCOL,
        Bmp.PROTOCOL,
        Tzsp.PROTOCOL,
        UbiquitiDiscovery.PROTOCOL,
        MikrotikDiscovery.PROTOCOL,
        WakeOnLan.PROTOCOL,
    };

    /** Industry and things. */
    private static final Protocol[] THINGS = {
        S7Comm.PROTOCOL,
        S7CommPlus.PROTOCOL,
        Mms.PROTOCOL,
        Dnp3.PROTOCOL,
        Iec104.PROTOCOL,
        Bacnet.PROTOCOL,
        EtherNetIp.PROTOCOL,
        CipIo.PROTOCOL,
        OpcUa.PROTOCOL,
        KnxIp.PROTOCOL,
        HartIp.PROTOCOL,
        GeSrtp.PROTOCOL,
        Fins.PROTOCOL,
        EtherSBus.PROTOCOL,
        EtherSio.PROTOCOL,
        Trdp.PROTOCOL,
        Synchrophasor.PROTOCOL,
        Dlms.PROTOCOL,
        BeckhoffAds.PROTOCOL,
        Slmp.PROTOCOL,
        Melsoft.PROTOCOL,
        NiagaraFox.PROTOCOL,
        Coap.PROTOCOL,
        Tuya.PROTOCOL,
        TpLinkShp.PROTOCOL,
        NestWeave.PROTOCOL,
        Modbus.PROTOCOL,
        Rtps.PROTOCOL,
        Someip.PROTOCOL,
        Doip.PROTOCOL,
        Hislip.PROTOCOL,
        TankGauge.PROTOCOL,
    };

    /** Peer to peer, games and money. */
    private static final Protocol[] PEERS = {
        BitTorrent.PROTOCOL,
        BitTorrent.LOCAL,
        BitTorrentDht.PROTOCOL,
        BitTorrentUtp.PROTOCOL,
        Gnutella.PROTOCOL,
        Edonkey.PROTOCOL,
        Soulseek.PROTOCOL,
        DirectConnect.PROTOCOL,
        Bitcoin.PROTOCOL,
        Ethereum.PROTOCOL,
        Monero.PROTOCOL,
        Stratum.PROTOCOL,
        TeamSpeak.PROTOCOL,
        Mumble.PROTOCOL,
        RakNet.PROTOCOL,
        SourceEngine.PROTOCOL,
        SourceEngine.QUAKE,
        Steam.PROTOCOL,
        Activision.PROTOCOL,
        RiotGames.PROTOCOL,
        WorldOfWarcraft.PROTOCOL,
        Starcraft.PROTOCOL,
        EpicGames.PROTOCOL,
        Gaijin.PROTOCOL,
        Genshin.PROTOCOL,
        Minecraft.PROTOCOL,
        Pia.PROTOCOL,
        XboxLive.PROTOCOL,
        PlayStation.PROTOCOL,
        Enet.PROTOCOL,
    };

    /** Vendors' own. */
    private static final Protocol[] VENDORS = {
        XiaomiPush.PROTOCOL,
        WhatsApp.PROTOCOL,
        Spotify.PROTOCOL,
        Oicq.PROTOCOL,
        Mmtls.PROTOCOL,
        Dropbox.PROTOCOL,
        Avast.PROTOCOL,
        HpVirtualRooms.PROTOCOL,
        TivoConnect.PROTOCOL,
        ZeroTier.PROTOCOL,
        Flute.PROTOCOL,
        Uftp.PROTOCOL,
        Rx.PROTOCOL,
        Roughtime.PROTOCOL,
        Iqiyi.PROTOCOL,
        FacebookZero.PROTOCOL,
        KakaoTalk.PROTOCOL,
        Mtproto.PROTOCOL,
        Syncthing.PROTOCOL,
        Kcp.PROTOCOL,
    };

    /** Over SCTP. */
    private static final Protocol[] SIGNALLING = Stream.of(Sigtran.ALL, MobileSignalling.ALL, List.of(Forces.PROTOCOL))
        .flatMap(List::stream).toArray(Protocol[]::new);

    private static final List<Protocol> ALL = Stream.of(WEB, ENCRYPTION, NAMES, MAIL, FILES, VOICE, SERVICES,
        ROUTING, THINGS, PEERS, VENDORS, SIGNALLING)
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
