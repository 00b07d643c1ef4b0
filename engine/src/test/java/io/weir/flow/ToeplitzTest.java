package io.weir.flow;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToeplitzTest {
    /** The key of Microsoft's "Verifying the RSS hash calculation". */
    private static final byte[] VERIFICATION_KEY = HexFormat.of().parseHex(
        "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa");

    private final Toeplitz toeplitz = new Toeplitz(VERIFICATION_KEY);

    @ParameterizedTest
    @CsvSource({
        "66.9.149.187, 2794, 161.142.100.80, 1766, 323e8fc2, 51ccc178",
        "199.92.111.2, 14230, 65.69.140.83, 4739, d718262a, c626b0ea",
        "24.19.198.95, 12898, 12.22.207.184, 38024, d2d0a5de, 5c2b394a",
        "38.27.205.30, 48228, 209.142.163.6, 2217, 82989176, afc7327f",
        "153.39.163.191, 44251, 202.188.127.2, 1303, 5d1809c5, 10e828a2",
    })
    void shouldGiveThePublishedHashesOfIpv4(final String source, final int sourcePort, final String destination,
        final int destinationPort, final String addresses, final String addressesAndPorts)
        throws UnknownHostException {
        final int from = ByteBuffer.wrap(InetAddress.getByName(source).getAddress()).getInt();
        final int to = ByteBuffer.wrap(InetAddress.getByName(destination).getAddress()).getInt();
        assertEquals(addresses, hex(toeplitz.hashIpv4(from, to, 0, 0)));
        assertEquals(addressesAndPorts, hex(toeplitz.hashIpv4(from, to, sourcePort, destinationPort)));
    }

    @ParameterizedTest
    @CsvSource({
        "3ffe:2501:200:1fff::7, 2794, 3ffe:2501:200:3::1, 1766, 2cc18cd5, 40207d3d",
        "3ffe:501:8::260:97ff:fe40:efab, 14230, ff02::1, 4739, 0f0c461c, dde51bbf",
        "3ffe:1900:4545:3:200:f8ff:fe21:67cf, 44251, fe80::200:f8ff:fe21:67cf, 38024, 4b61e985, 02d1feef",
    })
    void shouldGiveThePublishedHashesOfIpv6(final String source, final int sourcePort, final String destination,
        final int destinationPort, final String addresses, final String addressesAndPorts)
        throws UnknownHostException {
        final ByteBuffer from = ByteBuffer.wrap(InetAddress.getByName(source).getAddress());
        final ByteBuffer to = ByteBuffer.wrap(InetAddress.getByName(destination).getAddress());
        assertEquals(addresses,
            hex(toeplitz.hashIpv6(from.getLong(0), from.getLong(8), to.getLong(0), to.getLong(8), 0, 0)));
        assertEquals(addressesAndPorts, hex(toeplitz.hashIpv6(from.getLong(0), from.getLong(8), to.getLong(0),
            to.getLong(8), sourcePort, destinationPort)));
    }

    @Test
    void shouldHashBothDirectionsOfAFrameAlikeUnderAnyKey() {
        final Frames frames = new Frames(new FlowHash(new FlowTableContext().conclude(), 1));
        final Toeplitz random = new Toeplitz(Toeplitz.randomKey());
        assertEquals(random.hash(frames.udp(0x0a000001, 1234, 0x0a000002, 53)),
            random.hash(frames.udp(0x0a000002, 53, 0x0a000001, 1234)));
        assertEquals(random.hash(frames.ipv6(17, 1, 2, 3, 4, 5, 6)), random.hash(frames.ipv6(17, 4, 5, 6, 1, 2, 3)));
        assertEquals(0, random.hash(frames.arp()));
    }

    @Test
    void shouldBeSymmetricUnderThePublishedSymmetricKeyAlone() {
        final Toeplitz symmetric = new Toeplitz(Toeplitz.symmetricKey());
        assertEquals(symmetric.hashIpv4(0x420995bb, 0xa18e6450, 2794, 1766),
            symmetric.hashIpv4(0xa18e6450, 0x420995bb, 1766, 2794));
        assertNotEquals(toeplitz.hashIpv4(0x420995bb, 0xa18e6450, 2794, 1766),
            toeplitz.hashIpv4(0xa18e6450, 0x420995bb, 1766, 2794));
    }

    @Test
    void shouldRefuseAKeyOfAnotherLength() {
        assertThrows(IllegalArgumentException.class, () -> new Toeplitz(new byte[52]));
    }

    private static String hex(final int hash) {
        return HexFormat.of().toHexDigits(hash);
    }
}
