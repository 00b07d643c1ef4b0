package io.weir.capture.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.weir.base.NativeMemory;
import io.weir.capture.CaptureInterface;
import io.weir.capture.CapturedFrame;
import io.weir.capture.FrameFeed;
import io.weir.capture.FrameSource;
import io.weir.capture.VethPair;
import io.weir.capture.file.FileSource;
import io.weir.capture.file.PcapngWriter;
import io.weir.capture.tpacket.TpacketContext;
import io.weir.capture.tpacket.TpacketSource;
import io.weir.packet.Frame;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A filter lets the same frames pass in the kernel and in a file that has their VLAN tags in place. */
class FilterAgreementTest {
    private static final List<String> EXPRESSIONS = List.of(
        "udp port 80", "vlan", "vlan 77", "vlan 77 and udp port 80", "vlan and udp port 80 or udp port 80", "not vlan",
        "tcp", "tcp port 443", "ip6", "arp", "not arp", "ether proto 0x8100", "greater 100", "less 90", "icmp or ip6",
        "host 192.0.2.7", "net 198.51.100.0/24 and not udp", "ip[8] > 60", "ether host 02:00:00:00:00:01");

    @TempDir
    private Path directory;

    @Test
    void shouldLetTheSameFramesPassLiveAndOffline() {
        final List<byte[]> frames = frames();
        final Path file = directory.resolve("frames.pcapng");
        write(file, frames);
        try (VethPair wire = VethPair.create()) {
            wire.run(() -> {
                final Map<String, List<Integer>> live = new TreeMap<>();
                final Map<String, List<Integer>> offline = new TreeMap<>();
                for (final String expression : EXPRESSIONS) {
                    live.put(expression, live(frames, expression));
                    try (FrameSource source =
                        new FilteredSource(FileSource.open(file, FileSource.DEFAULT_BLOCKS), expression)) {
                        offline.put(expression, lengths(readAll(source)));
                    }
                }
                for (final String expression : EXPRESSIONS) {
                    assertEquals(live.get(expression), offline.get(expression), expression);
                }
                assertFalse(live.get("vlan 77 and udp port 80").isEmpty(), "nothing was compared");
            });
        }
    }

    private static List<Integer> live(final List<byte[]> frames, final String expression) {
        try (TpacketSource source = new TpacketSource(new TpacketContext().interfaceName(VethPair.RIGHT)
            .blockBytes(256 << 10).blockCount(8).blockTimeoutMs(2).filter(expression).conclude());
            FrameFeed feed = new FrameFeed(VethPair.LEFT)) {
            frames.forEach(feed::send);
            return lengths(CapturedFrame.drain(source));
        }
    }

    private static List<CapturedFrame> readAll(final FrameSource source) {
        final List<CapturedFrame> all = new ArrayList<>();
        final Frame frame = new Frame();
        while (!source.isExhausted()) {
            if (source.next(frame)) {
                all.add(CapturedFrame.copy(frame));
            }
        }
        return all;
    }

    /** Each frame has a length of its own, by which it is known. */
    private static List<Integer> lengths(final List<CapturedFrame> captured) {
        return captured.stream().map(CapturedFrame::wireLength).sorted().toList();
    }

    private static List<byte[]> frames() {
        final List<byte[]> frames = new ArrayList<>();
        for (final int tag : new int[] {0, 0x8100_004d, 0x8100_000c, 0x88a8_004d}) {
            final int size = frames.size();
            for (int i = 0; i < 6; i++) {
                final byte[] plain = packet(i).payload(30 + (size + i) * 5).build();
                frames.add(tag == 0 ? plain : FrameFeed.tagged(plain, tag >>> 16, tag & 0xffff));
            }
        }
        frames.add(PacketBuilder.ethernet().arp(1, "192.0.2.7", "192.0.2.8").build());
        return frames;
    }

    private static PacketBuilder packet(final int kind) {
        final PacketBuilder link = PacketBuilder.ethernet();
        return switch (kind) {
            case 0 -> link.ipv4("192.0.2.7", "198.51.100.9").udp(4_000, 80);
            case 1 -> link.ipv4("192.0.2.7", "198.51.100.9").udp(4_000, 53);
            case 2 -> link.ipv4("203.0.113.1", "198.51.100.9").ttl(50).tcp(4_000, 443);
            case 3 -> link.ipv6("2001:db8::1", "2001:db8::2").tcp(4_000, 443);
            case 4 -> link.ipv6("2001:db8::1", "2001:db8::2").udp(4_000, 80);
            default -> link.ipv4("192.0.2.8", "203.0.113.4").icmp(8, 0, 1);
        };
    }

    private static void write(final Path file, final List<byte[]> frames) {
        final Frame frame = new Frame();
        frame.linkType = LinkType.ETHERNET;
        try (PcapngWriter writer =
            PcapngWriter.create(file, List.of(new CaptureInterface("wire", LinkType.ETHERNET, 0)));
            NativeMemory.Region region = NativeMemory.allocate(NativeMemory.Tag.OTHER, 2_048, 64)) {
            for (final byte[] bytes : frames) {
                for (int i = 0; i < bytes.length; i++) {
                    UnsafeApi.putByte(region.address() + i, bytes[i]);
                }
                frame.address = region.address();
                frame.capturedLength = bytes.length;
                frame.wireLength = bytes.length;
                frame.timestampNs += 1_000_000;
                writer.write(frame);
            }
        }
    }
}
