package io.weir.packet;

import java.util.List;
import java.util.zip.CRC32C;

/** Fills in what a {@link PacketBuilder} leaves open: numbers of the next protocol, lengths and checksums. */
final class PacketFinish {
    private final List<BuiltLayer> layers;
    private final byte[] packet;
    private final int[] starts;
    private final int end;

    /** @param end where the packet ends and padding begins. */
    PacketFinish(final List<BuiltLayer> layers, final byte[] packet, final int[] starts, final int end) {
        this.layers = layers;
        this.packet = packet;
        this.starts = starts;
        this.end = end;
    }

    /** Works from the inside out, so that outer checksums cover finished inner headers. */
    void run() {
        for (int i = layers.size() - 1; i >= 0; i--) {
            final BuiltLayer layer = layers.get(i);
            if (starts[i] < end) {
                if (i + 1 < layers.size()) {
                    next(layer, starts[i], layers.get(i + 1).type);
                }
                lengths(layer, starts[i]);
                layer.applyForced(packet, starts[i]);
                checksum(i, layer, starts[i]);
                layer.applyForced(packet, starts[i]);
            }
        }
    }

    private void next(final BuiltLayer layer, final int start, final LayerType inner) {
        switch (layer.type) {
            case ETHERNET -> etherType(start + 12, inner);
            case DOT1Q -> etherType(start + 2, inner);
            case LINUX_SLL -> etherType(start + 14, inner);
            case SNAP -> etherType(start + 3, inner);
            case LINUX_SLL2 -> etherType(start, inner);
            case GRE, GENEVE, CISCO_HDLC -> etherType(start + 2, inner);
            case PPP -> number(start + layer.bytes.length - 2, 2, LayerCodes.pppProtocol(inner));
            case IPV4 -> number(start + 9, 1, LayerCodes.ipProtocol(inner));
            case IPV6 -> number(start + 6, 1, LayerCodes.ipProtocol(inner));
            case IPV6_HOP_BY_HOP, IPV6_ROUTING, IPV6_FRAGMENT, IPV6_DESTINATION, IPV6_MOBILITY, HIP, SHIM6, AH ->
                number(start, 1, LayerCodes.ipProtocol(inner));
            case VXLAN_GPE -> number(start + 3, 1, inner == LayerType.IPV4 ? 1 : inner == LayerType.IPV6 ? 2 : 3);
            default -> {
            }
        }
    }

    private void etherType(final int at, final LayerType inner) {
        number(at, 2, LayerCodes.etherType(inner));
    }

    private void number(final int at, final int width, final int value) {
        if (value >= 0) {
            BuiltLayer.put(packet, at, width, value);
        }
    }

    private void lengths(final BuiltLayer layer, final int start) {
        final int header = layer.bytes.length;
        final int length = end - start;
        switch (layer.type) {
            case IPV4 -> {
                packet[start] = (byte) (0x40 | header / 4);
                BuiltLayer.put(packet, start + 2, 2, length > 0xffff ? 0 : length);
            }
            case IPV6 -> BuiltLayer.put(packet, start + 4, 2, length - header > 0xffff ? 0 : length - header);
            case IPV6_HOP_BY_HOP, IPV6_DESTINATION, IPV6_ROUTING, IPV6_MOBILITY, HIP, SHIM6 ->
                packet[start + 1] = (byte) (header / 8 - 1);
            case AH -> packet[start + 1] = (byte) (header / 4 - 2);
            case TCP -> packet[start + 12] = (byte) (header / 4 << 4 | packet[start + 12] & 0xf);
            case UDP -> BuiltLayer.put(packet, start + 4, 2, length > 0xffff ? 0 : length);
            case PPPOE -> BuiltLayer.put(packet, start + 4, 2, length - header);
            case GTP_U -> BuiltLayer.put(packet, start + 2, 2, length - 8);
            case GENEVE -> packet[start] = (byte) (header / 4 - 2);
            case ETHERNET -> {
                if (next(layer) == LayerType.LLC) {
                    BuiltLayer.put(packet, start + 12, 2, length - header);
                }
            }
            case GRE -> {
                if ((packet[start + 1] & 7) == 1) {
                    BuiltLayer.put(packet, start + 4, 2, length - header);
                }
            }
            case L2TP -> {
                if ((packet[start] & 0x40) != 0) {
                    BuiltLayer.put(packet, start + 2, 2, length);
                }
            }
            default -> {
            }
        }
    }

    private LayerType next(final BuiltLayer layer) {
        final int index = layers.indexOf(layer) + 1;
        return index < layers.size() ? layers.get(index).type : LayerType.NONE;
    }

    private void checksum(final int index, final BuiltLayer layer, final int start) {
        switch (layer.type) {
            case IPV4 -> internet(start + 10, start, layer.bytes.length, 0);
            case TCP -> internet(start + 16, start, end - start, pseudoHeader(index, start, 6));
            case UDP -> {
                internet(start + 6, start, end - start, pseudoHeader(index, start, 17));
                if (BuiltLayer.get16(packet, start + 6) == 0) {
                    BuiltLayer.put(packet, start + 6, 2, 0xffff);
                }
            }
            case UDP_LITE -> {
                final int coverage = BuiltLayer.get16(packet, start + 4);
                internet(start + 6, start, coverage == 0 ? end - start : Math.min(coverage, end - start),
                    pseudoHeader(index, start, 136));
            }
            case ICMPV4, IGMP -> internet(start + 2, start, end - start, 0);
            case ICMPV6 -> internet(start + 2, start, end - start, pseudoHeader(index, start, 58));
            case SCTP -> crc(start);
            case GRE -> {
                if (packet[start] < 0) {
                    internet(start + 4, start, end - start, 0);
                }
            }
            default -> {
            }
        }
    }

    private void internet(final int at, final int start, final int length, final long pseudoHeader) {
        BuiltLayer.put(packet, at, 2, 0);
        BuiltLayer.put(packet, at, 2, Checksum.fold(Checksum.sum(packet, start, length, pseudoHeader)));
    }

    private long pseudoHeader(final int index, final int start, final int protocol) {
        for (int i = index - 1; i >= 0; i--) {
            final LayerType type = layers.get(i).type;
            if (type == LayerType.IPV4 || type == LayerType.IPV6) {
                final long addresses = type == LayerType.IPV4 ? Checksum.sum(packet, starts[i] + 12, 8, 0)
                    : Checksum.sum(packet, starts[i] + 8, 32, 0);
                return Checksum.sumLengthAndProtocol(end - start, protocol, addresses);
            }
        }
        return 0;
    }

    private void crc(final int start) {
        BuiltLayer.put(packet, start + 8, 4, 0);
        final CRC32C crc = new CRC32C();
        crc.update(packet, start, end - start);
        BuiltLayer.put(packet, start + 8, 4, Integer.reverseBytes((int) crc.getValue()) & 0xffff_ffffL);
    }
}
