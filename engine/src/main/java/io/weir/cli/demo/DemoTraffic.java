package io.weir.cli.demo;

import io.weir.packet.PacketBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * Six seconds of a small network that never was: hosts with documentation addresses (RFC 5737, 3849, 7042) that look
 * up names, browse, call, scan and break off, over plain Ethernet, VLANs and tunnels. The same frames every time.
 */
public final class DemoTraffic {
    private static final long SECOND_US = 1_000_000;

    private final Timeline timeline = new Timeline();
    private final SplittableRandom random = new SplittableRandom(5_737);
    private int port = 49_152;

    private DemoTraffic() {
    }

    /** All frames in the order of time. */
    public static List<TimedFrame> frames() {
        final DemoTraffic traffic = new DemoTraffic();
        traffic.housekeeping();
        traffic.names();
        traffic.browsing();
        traffic.otherServices();
        traffic.call();
        traffic.tunnels();
        traffic.fragments();
        traffic.scan();
        traffic.oneSided();
        return traffic.timeline.inOrder();
    }

    private long moment() {
        return random.nextLong(5 * SECOND_US + SECOND_US / 2);
    }

    private TcpTalk tcp(final Route route, final int serverPort, final long startUs) {
        return new TcpTalk(timeline, route, port++, serverPort, startUs, 400 + random.nextInt(20_000));
    }

    private void udp(final Route route, final int serverPort, final byte[] question, final byte[] answer) {
        final long now = moment();
        final int clientPort = port++;
        timeline.add(now, route.toServer().udp(clientPort, serverPort).payload(question));
        if (answer.length > 0) {
            timeline.add(now + 2_000 + random.nextInt(9_000),
                route.toClient().udp(serverPort, clientPort).payload(answer));
        }
    }

    private static String client(final int number) {
        return "192.0.2." + (10 + number % 40);
    }

    private static String client6(final int number) {
        return "2001:db8:0:c::" + Integer.toHexString(16 + number % 40);
    }

    private void housekeeping() {
        for (int i = 0; i < 8; i++) {
            final long now = moment();
            timeline.add(now, PacketBuilder.ethernet("00:00:5e:00:53:0c", "ff:ff:ff:ff:ff:ff")
                .arp(1, client(i), "192.0.2.1"));
            timeline.add(now + 300, PacketBuilder.ethernet("00:00:5e:00:53:01", "00:00:5e:00:53:0c")
                .arp(2, "192.0.2.1", client(i)));
        }
        final Route broadcast = Route.plain("0.0.0.0", "255.255.255.255");
        final Route offer = Route.plain("255.255.255.255", "192.0.2.1");
        final int address = 192 << 24 | 2 << 8 | 10;
        timeline.add(1_000, broadcast.toServer().udp(68, 67).payload(Messages.dhcp(1, false, 0)));
        timeline.add(9_000, offer.toClient().udp(67, 68).payload(Messages.dhcp(2, true, address)));
        timeline.add(12_000, broadcast.toServer().udp(68, 67).payload(Messages.dhcp(3, false, 0)));
        timeline.add(17_000, offer.toClient().udp(67, 68).payload(Messages.dhcp(5, true, address)));
        for (int i = 0; i < 12; i++) {
            udp(Route.plain(client(i), "198.51.100.123"), 123, Messages.ntp(3), Messages.ntp(4));
        }
        for (int i = 0; i < 20; i++) {
            final long now = i * SECOND_US / 4;
            final Route ping = Route.plain(client(3), "203.0.113.7");
            final Route ping6 = Route.plain(client6(3), "2001:db8:0:5::7");
            final int rest = 0x4d2 << 16 | i;
            timeline.add(now, ping.toServer().icmp(8, 0, rest).payload(56));
            timeline.add(now + 11_000, ping.toClient().icmp(0, 0, rest).payload(56));
            timeline.add(now + 500, ping6.toServer().icmpv6(128, 0, rest).payload(56));
            timeline.add(now + 12_000, ping6.toClient().icmpv6(129, 0, rest).payload(56));
        }
    }

    private void names() {
        final String[] names = {"www.example.com", "mail.example.net", "shop.example.org", "api.weir.test",
            "cdn.example.com"};
        for (int i = 0; i < 160; i++) {
            final String name = i % 12 == 11 ? "missing-" + i + ".example.com" : names[i % names.length];
            final boolean v6 = i % 3 == 1;
            final int host = i % 12 == 11 ? 0 : 10 + i % names.length;
            final Route route = i % 5 == 4 ? Route.plain(client6(i), "2001:db8:0:5::53")
                : Route.plain(client(i), "198.51.100.53");
            udp(route, 53, Messages.dnsQuery(i * 401, name, v6), Messages.dnsResponse(i * 401, name, v6, host));
        }
    }

    private void browsing() {
        for (int i = 0; i < 36; i++) {
            final Route route = i % 4 == 3 ? Route.plain(client6(i), "2001:db8:0:5::" + (10 + i % 5))
                : Route.plain(client(i), "198.51.100." + (10 + i % 5));
            final TcpTalk talk = tcp(route, 80, moment() * 4 / 5).open();
            for (int page = 0; page <= i % 3; page++) {
                talk.ask(Messages.httpRequest("www.example.com", "/page/" + page))
                    .answer(Messages.httpResponse(200 + random.nextInt(3_000))).pause(30_000);
            }
            talk.close();
        }
        for (int i = 0; i < 44; i++) {
            final String[] names = {"shop.example.org", "api.weir.test", "www.example.com"};
            final Route route = i % 4 == 1 ? Route.plain(client6(i), "2001:db8:0:5::" + (20 + i % 7))
                : Route.plain(client(i), "203.0.113." + (20 + i % 7));
            final TcpTalk talk = tcp(route, 443, moment() * 4 / 5).open()
                .ask(Messages.clientHello(names[i % names.length], random)).answer(Messages.serverHello(random))
                .answer(Messages.encrypted(2_600, random)).ask(Messages.encrypted(53, random));
            for (int record = 0; record <= i % 5; record++) {
                talk.ask(Messages.encrypted(60 + random.nextInt(400), random))
                    .answer(Messages.encrypted(100 + random.nextInt(2_400), random)).pause(20_000);
            }
            if (i % 9 == 8) {
                talk.reset();
            } else {
                talk.close();
            }
        }
        final byte[] part = Messages.httpResponse(1_000);
        tcp(Route.plain(client(1), "198.51.100.10"), 8080, SECOND_US).open()
            .ask(Messages.httpRequest("cdn.example.com", "/large")).answer(Messages.httpResponse(40_000))
            .answer(part).answerAgain(part).close();
    }

    private void otherServices() {
        tcp(Route.plain(client(5), "198.51.100.22"), 22, SECOND_US / 2).open().answer(Messages.text("SSH-2.0-demo\r\n"))
            .ask(Messages.text("SSH-2.0-demo\r\n")).answer(Messages.bytes(random, 900)).ask(Messages.bytes(random, 400))
            .pause(SECOND_US).ask(Messages.bytes(random, 64)).answer(Messages.bytes(random, 96)).close();
        tcp(Route.plain(client(6), "198.51.100.25"), 25, SECOND_US).open()
            .answer(Messages.text("220 mail.example.net ESMTP\r\n")).ask(Messages.text("EHLO client.example.com\r\n"))
            .answer(Messages.text("250 mail.example.net\r\n")).ask(Messages.text("MAIL FROM:<a@example.com>\r\n"))
            .answer(Messages.text("250 OK\r\n")).ask(Messages.text("QUIT\r\n"))
            .answer(Messages.text("221 Bye\r\n")).close();
        final Route signalling = Route.plain(client(8), "198.51.100.36");
        final byte[] init = {1, 0, 0, 20, 0, 0, 0, 1, 0, 1, 0, 0, 0, 10, 0, 10, 0, 0, 0, 1};
        final byte[] initAck = {2, 0, 0, 20, 0, 0, 0, 1, 0, 1, 0, 0, 0, 10, 0, 10, 0, 0, 0, 1};
        timeline.add(SECOND_US, signalling.toServer().sctp(36_412, 36_412, 0).payload(init));
        timeline.add(SECOND_US + 4_000, signalling.toClient().sctp(36_412, 36_412, 1).payload(initAck));
        for (int i = 0; i < 6; i++) {
            tcp(Route.plain(client(i), "198.51.100.99"), 8443, moment()).refused();
        }
    }

    private void call() {
        final Route route = Route.plain(client(9), "203.0.113.50");
        for (int i = 0; i < 200; i++) {
            final long now = SECOND_US + i * 20_000L;
            timeline.add(now, route.toServer().udp(16_384, 16_386).payload(Messages.rtp(i, 0x5745, random)));
            timeline.add(now + 7_000, route.toClient().udp(16_386, 16_384).payload(Messages.rtp(i, 0x4952, random)));
        }
    }

    private void tunnels() {
        final List<UnaryOperator<PacketBuilder>> ways = List.of(
            packet -> packet.vlan(10),
            packet -> packet.vlan(100, 0x88a8).vlan(20),
            packet -> packet.mpls(16, true),
            packet -> packet.pppoe(7).ppp(),
            packet -> packet.ipv4("198.51.100.201", "198.51.100.202").gre(),
            packet -> packet.ipv4("198.51.100.201", "198.51.100.202").udp(50_000, 4789).vxlan(5001)
                .innerEthernet("00:00:5e:00:53:a1", "00:00:5e:00:53:a2"),
            packet -> packet.ipv4("198.51.100.211", "198.51.100.212").udp(2152, 2152).gtpu(0x1234),
            packet -> packet.ipv4("198.51.100.221", "198.51.100.222").udp(50_001, 6081).geneve(77)
                .innerEthernet("00:00:5e:00:53:b1", "00:00:5e:00:53:b2"),
            packet -> packet.ipv6("2001:db8:0:6::1", "2001:db8:0:6::2"));
        for (int i = 0; i < ways.size() * 4; i++) {
            final Route route = new Route(client(i), "203.0.113." + (60 + i % 9), ways.get(i % ways.size()));
            tcp(route, 80, moment() * 3 / 4).open().ask(Messages.httpRequest("tunnel.example.net", "/" + i))
                .answer(Messages.httpResponse(300 + random.nextInt(900))).close();
            udp(route, 53, Messages.dnsQuery(i, "inner.example.net", false),
                Messages.dnsResponse(i, "inner.example.net", false, 60));
        }
    }

    private void fragments() {
        final byte[] large = new byte[3_000];
        for (int i = 0; i < 10; i++) {
            final Route route = Route.plain(client(i), "198.51.100.54");
            final byte[] datagram = PacketBuilder.raw().ipv4(route.server(), route.client()).udp(5_004, 40_000 + i)
                .payload(large).build();
            final long now = moment();
            for (int offset = 0; offset < datagram.length - 20; offset += 1_480) {
                final int end = Math.min(datagram.length, 20 + offset + 1_480);
                timeline.add(now + offset, route.toClient().fragment(4_000 + i, offset, end < datagram.length)
                    .protocol(17).payload(Arrays.copyOfRange(datagram, 20 + offset, end)));
            }
        }
    }

    private void scan() {
        final Route route = Route.plain("203.0.113.66", "192.0.2.80");
        for (int i = 0; i < 300; i++) {
            final TcpTalk probe = new TcpTalk(timeline, route, 40_000, 1 + i * 3, 2 * SECOND_US + i * 4_000L, 700);
            if (i % 4 == 0) {
                probe.syn();
            } else {
                probe.refused();
            }
        }
    }

    private void oneSided() {
        for (int i = 0; i < 60; i++) {
            udp(Route.plain(client(i % 3), "198.51.100.14"), 514,
                Messages.text("<134>1 - host.example.com demo - - - message " + i), new byte[0]);
        }
        final TcpTalk heard = tcp(Route.plain(client(2), "203.0.113.90"), 9000, SECOND_US);
        for (int i = 0; i < 40; i++) {
            heard.answerUnheard(Messages.bytes(random, 500));
        }
    }
}
