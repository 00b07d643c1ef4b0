package io.weir.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.packet.TunnelType;
import io.weir.protocol.application.Application;
import io.weir.protocol.application.ApplicationTable;
import io.weir.protocol.catalogue.Protocols;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The groups of protocols that weir is to recognise, by rank. Behind a number are the names of its protocols, with a +
 * those of its applications, and with a ~ those of tunnels that the decoder looks through. What only counts as a hint
 * has a name of its own below.
 */
final class ReferenceRowsTest {
    private static final int ROWS = 129;
    /** Fully encrypted traffic without a name: a hint, never a label. */
    private static final Set<Integer> HINTS = Set.of(108);

    private static final String TABLE = """
        1 tls
        2 quic
        3 dns
        4 http
        5 http2
        6 http3
        7 stun
        8 rtp srtp
        9 rtcp
        10 dtls
        11 icmp
        12 icmpv6
        13 ssh
        14 ntp
        15 dhcp
        16 dhcpv6
        17 mdns
        18 llmnr
        19 ssdp
        20 netbios-ns netbios-dgm netbios-ssn
        21 smb
        22 smb
        23 bittorrent bittorrent-utp bittorrent-dht bittorrent-lsd
        24 +youtube
        25 +google +google-services +google-play +gmail
        26 facebook-zero messenger-call +facebook +facebook-messenger
        27 +instagram
        28 whatsapp +whatsapp
        29 whatsapp-call
        30 +netflix
        31 +tiktok
        32 +microsoft-365 +outlook +onedrive
        33 +windows-update
        34 +apple +icloud +itunes +app-store
        35 apns +apple-push
        36 +amazon +amazon-aws +prime-video
        37 +azure +google-cloud +cloudflare +akamai +fastly
        38 spotify +spotify
        39 telegram telegram-call +telegram
        40 zoom +zoom
        41 teams-call +teams +skype
        42 google-call +google-meet
        43 +webex
        44 discord +discord
        45 signal-call +signal
        46 viber +viber
        47 mmtls oicq +wechat +qq
        48 line-call kakaotalk +line +kakaotalk
        49 +snapchat
        50 +x
        51 +reddit +pinterest +linkedin +wikipedia +tumblr
        52 +twitch
        53 +disney-plus +hulu
        54 dropbox +dropbox
        55 +github +gitlab +slack
        56 +google-ads +amazon-ads +google-analytics +criteo
        57 dot doh doq
        58 dnscrypt
        59 ocsp crl +certificate-status
        60 smtp
        61 imap
        62 pop3
        63 smtps imaps pop3s
        64 ftp
        65 ftp-data
        66 tftp
        67 telnet
        68 rdp
        69 rfb
        70 teamviewer +teamviewer
        71 +anydesk
        72 citrix +citrix
        73 nomachine +nomachine
        74 krb5
        75 ldap
        76 dcerpc
        77 tds
        78 mysql
        79 pgsql
        80 oracle
        81 mongodb
        82 redis
        83 memcached
        84 cassandra
        85 elasticsearch
        86 kafka
        87 amqp
        88 mqtt
        89 nats stomp zeromq
        90 xmpp
        91 irc
        92 nntp
        93 git
        94 rsync
        95 nfs onc-rpc portmap
        96 iscsi afp
        97 sip
        98 rtsp
        99 rtmp
        100 h323 mgcp megaco skinny iax
        101 openvpn
        102 wireguard
        103 ike esp ah
        104 cisco-vpn forticlient softether tailscale tinc +nordvpn +proton-vpn +mullvad
        105 tor +tor
        106 socks
        107 http
        109 websocket
        110 pptp l2tp gre ~pptp ~l2tp ~gre
        111 gtp ~gtp-u ~vxlan ~geneve ~teredo
        112 snmp
        113 syslog
        114 radius diameter
        115 netflow ipfix sflow
        116 bgp ospf ldp bfd vrrp hsrp pim igmp
        117 steam valve-source +steam
        118 xbox-live playstation nintendo epic-games riot-games world-of-warcraft starcraft +electronic-arts +roblox
        119 raknet
        120 gnutella edonkey
        121 bitcoin ethereum monero stratum
        122 modbus
        123 s7comm dnp3 iec104 bacnet enip opcua profinet-io knx mms
        124 coap tuya tplink-shp nest-weave +amazon-alexa
        125 wsd slp nat-pmp ipp bjnp
        126 zabbix check-mk munin collectd
        127 whois finger soap json-rpc thrift
        128 ookla +ookla
        129 capwap ptp mpeg-ts sctp s1ap ngap m3ua rtps someip
        """;

    @Test
    void shouldHaveAProtocolOrAnApplicationForEachRow() {
        final Set<Integer> rows = TABLE.lines().map(line -> Integer.valueOf(line.split(" ")[0]))
            .collect(Collectors.toSet());
        assertEquals(List.of(), IntStream.rangeClosed(1, ROWS).boxed()
            .filter(row -> !rows.contains(row) && !HINTS.contains(row)).toList());
    }

    @Test
    void shouldRecogniseWhatTheRowsName() {
        final Set<String> known = Protocols.all().stream().map(Protocol::name).collect(Collectors.toSet());
        ApplicationTable.standard().all().stream().map(Application::name).forEach(name -> known.add('+' + name));
        Arrays.stream(TunnelType.values()).map(TunnelType::label).forEach(name -> known.add('~' + name));
        assertEquals(List.of(), TABLE.lines().flatMap(line -> Arrays.stream(line.split(" ")).skip(1))
            .filter(name -> !known.contains(name)).toList());
    }
}
