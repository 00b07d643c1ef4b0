package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.weir.CorpusManifest;
import io.weir.base.Errno;
import io.weir.base.Native;
import io.weir.base.NativeMemory;
import io.weir.capture.file.FileSource;
import io.weir.packet.Decoder;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.packet.LinkType;
import io.weir.packet.PacketBuilder;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program that chooses members of a fan-out, run over frames by the kernel: it hashes as Java does. */
class FanOutProgramTest {
    /** What the kernel lets a program be tried on. */
    private static final int LONGEST = 3_000;
    private static final int SHORTEST = 14;

    private final Toeplitz toeplitz = new Toeplitz(Toeplitz.randomKey());
    private final Decoder decoder = new Decoder();
    private final Frame frame = new Frame();
    private NativeMemory.Region memory;
    private int program;

    @BeforeEach
    void load() {
        memory = NativeMemory.allocate(NativeMemory.Tag.OTHER, 64 << 10, Long.BYTES);
        final int[] words = toeplitz.words();
        for (int i = 0; i < words.length; i++) {
            UnsafeApi.putInt(memory.address() + (long) i * Integer.BYTES, words[i]);
        }
        program = Native.library().fanoutLoad(memory.address());
        assumeTrue(program != -Errno.EPERM, "SKIPPED: no program may be loaded into the kernel");
        assertTrue(program > 0, () -> "the kernel refuses the program: " + Errno.text(-program));
    }

    @AfterEach
    void unload() {
        if (program > 0) {
            Native.library().fanoutClose(program);
        }
        memory.close();
    }

    private int hashed(final long address, final int length) {
        final long answer = memory.address() + (60 << 10);
        final int result = Native.library().fanoutHash(program, address, length, answer);
        assertEquals(0, result, () -> Errno.text(-result));
        return UnsafeApi.getInt(answer);
    }

    private int expected() {
        final boolean fragment = frame.fragmentOffset != 0 || frame.moreFragments;
        return fragment ? toeplitz.hashAddresses(frame) : toeplitz.hash(frame);
    }

    @Test
    void shouldHashAsJavaDoesThroughUsualTunnels() {
        for (final boolean back : new boolean[] {false, true}) {
            for (final PacketBuilder link : List.of(PacketBuilder.ethernet(), PacketBuilder.ethernet().vlan(7),
                PacketBuilder.ethernet().vlan(7).vlan(8), PacketBuilder.ethernet().mpls(16, true),
                PacketBuilder.ethernet().pppoe(1).ppp(), ipv4(true).gre(), ipv4(true).gre(9, 1),
                ipv4(true).gre().innerEthernet().vlan(3), ipv6(true).gre(), ipv4(true), ipv6(true),
                ipv4(true).erspan2(1, 1).innerEthernet(), ipv4(true).udp(5_000, 4_789).vxlan(7).innerEthernet(),
                ipv4(true).udp(5_000, 6_081).geneve(7).innerEthernet(), ipv6(true).udp(5_000, 2_152).gtpu(7),
                ipv4(true).gre().ipv4("10.1.1.1", "10.1.1.2").udp(1, 4_789).vxlan(1).innerEthernet())) {
                check(over(link, 4, back).tcp(back ? 80 : 5_000, back ? 5_000 : 80).payload(20).build());
                check(over(link, 6, back).udp(back ? 53 : 5_000, back ? 5_000 : 53).payload(20).build());
                check(over(link, 6, back).icmpv6(back ? 129 : 128, 0, 0x1234_0001).build());
                check(over(link, 4, back).icmp(back ? 0 : 8, 0, 0x1234_0001).build());
                check(over(link, 4, back).icmp(3, 1, 0).payload(28).build());
                check(over(link, 4, back).sctp(back ? 1 : 2, back ? 2 : 1, 3).payload(8).build());
                check(over(link, 4, back).fragment(1, 0, true).udp(5_000, 53).payload(64).build());
                check(over(link, 6, back).ipv6Fragment(1, 8, false).payload(64).build());
                check(over(link, 6, back).extension(LayerType.IPV6_DESTINATION, new byte[6]).tcp(5_000, 80).build());
            }
        }
    }

    private static PacketBuilder ipv4(final boolean outer) {
        return PacketBuilder.ethernet().ipv4("203.0.113.1", outer ? "203.0.113.2" : "203.0.113.3");
    }

    private static PacketBuilder ipv6(final boolean outer) {
        return PacketBuilder.ethernet().ipv6("2001:db8:1::1", outer ? "2001:db8:1::2" : "2001:db8:1::3");
    }

    private static PacketBuilder over(final PacketBuilder link, final int version, final boolean back) {
        return version == 4 ? link.ipv4(back ? "198.51.100.7" : "192.0.2.1", back ? "192.0.2.1" : "198.51.100.7")
            : link.ipv6(back ? "2001:db8::7" : "2001:db8::1", back ? "2001:db8::1" : "2001:db8::7");
    }

    private void check(final byte[] bytes) {
        final long at = memory.address() + (40 << 10);
        for (int i = 0; i < bytes.length; i++) {
            UnsafeApi.putByte(at + i, bytes[i]);
        }
        frame.address = at;
        frame.capturedLength = bytes.length;
        frame.wireLength = bytes.length;
        frame.linkType = LinkType.ETHERNET;
        frame.flags = 0;
        decoder.decode(frame);
        assertEquals(expected(), hashed(at, bytes.length), () -> HexFormat.of().formatHex(bytes));
    }

    @Test
    void shouldHashNearlyAllFramesOfPublicCapturesAsJavaDoes() throws Exception {
        final Optional<Path> corpus = CorpusManifest.folder();
        assumeTrue(corpus.isPresent(), "SKIPPED: no corpora/dev in a shared folder beside the checkout");
        long agreed = 0;
        long all = 0;
        final Map<String, Integer> wrong = new TreeMap<>();
        for (final CorpusManifest.Entry entry : CorpusManifest.entries(corpus.get())) {
            try (FileSource source = FileSource.open(entry.file(), 1)) {
                int looked = 0;
                while (!source.isExhausted()) {
                    if (!source.next(frame)) {
                        continue;
                    }
                    if (frame.linkType == LinkType.ETHERNET && frame.capturedLength >= SHORTEST
                        && frame.capturedLength <= LONGEST && looked++ < 2_000) {
                        decoder.decode(frame);
                        if (frame.ipVersion != 0) {
                            all++;
                            if (hashed(frame.address, frame.capturedLength) == expected()) {
                                agreed++;
                            } else {
                                wrong.merge(entry.file().getFileName().toString(), 1, Integer::sum);
                            }
                        }
                    }
                    source.release(0, frame.block);
                }
            }
        }
        assertTrue(all > 100_000, "captures were found");
        assertTrue(agreed > all * 0.97, agreed + " of " + all + ", not in " + wrong);
    }
}
