package io.weir.flow;

/** Public identifier of a flow: a fixed hash of what makes it unique, the same in every run and on every machine. */
public final class FlowId {
    private static final int BITS = 51;

    private FlowId() {
    }

    /**
     * The identifier: 51 bits, so that it is exact in a JSON number, and never 0.
     *
     * @param portsAndProtocol ports, protocol, IP version and VLAN count as {@link FlowKey} packs them
     * @param vlanAndTunnel    VLAN ids and tunnel id as {@link FlowKey} packs them
     */
    static long of(final long lowerHi, final long lowerLo, final long upperHi, final long upperLo,
        final long portsAndProtocol, final long vlanAndTunnel, final long startNs, final long firstFrame) {
        // constants: the fractional parts of the square roots of the first primes, as in SHA-512
        final long a = FlowKey.fold(lowerHi ^ 0x6a09e667f3bcc908L, upperHi ^ 0xbb67ae8584caa73bL);
        final long b = FlowKey.fold(lowerLo ^ 0x3c6ef372fe94f82bL, upperLo ^ 0xa54ff53a5f1d36f1L);
        final long c = FlowKey.fold(portsAndProtocol ^ 0x510e527fade682d1L, vlanAndTunnel ^ 0x9b05688c2b3e6c1fL);
        final long d = FlowKey.fold(startNs ^ 0x1f83d9abfb41bd6bL, firstFrame ^ 0x5be0cd19137e2179L);
        final long e = FlowKey.fold(a + Long.rotateLeft(b, 32) ^ 0xcbbb9d5dc1059ed8L,
            c + Long.rotateLeft(d, 32) ^ 0x629a292a367cd507L);
        final long id = FlowKey.fold(e, 0x9159015a3070dd17L) >>> Long.SIZE - BITS;
        return id == 0 ? 1 : id;
    }
}
