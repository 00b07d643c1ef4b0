package io.weir.packet.header;

/** ARP message, RFC 826. */
public final class ArpMessage extends HeaderView {
    /** Least bytes of the header. */
    public static final int MIN_LENGTH = 8;

    @Override
    public int minLength() {
        return MIN_LENGTH;
    }

    /** Hardware address space, 1 for Ethernet. */
    public int hardwareType() {
        return u16(0);
    }

    /** Protocol address space, an EtherType. */
    public int protocolType() {
        return u16(2);
    }

    /** Bytes of a hardware address. */
    public int hardwareLength() {
        return u8(4);
    }

    /** Bytes of a protocol address. */
    public int protocolLength() {
        return u8(5);
    }

    /** 1 request, 2 reply. */
    public int opcode() {
        return u16(6);
    }

    /** Offset of the sender's hardware address. */
    public int senderHardwareOffset() {
        return 8;
    }

    /** Offset of the sender's protocol address. */
    public int senderProtocolOffset() {
        return 8 + hardwareLength();
    }

    /** Offset of the target's hardware address. */
    public int targetHardwareOffset() {
        return 8 + hardwareLength() + protocolLength();
    }

    /** Offset of the target's protocol address. */
    public int targetProtocolOffset() {
        return 8 + 2 * hardwareLength() + protocolLength();
    }
}
