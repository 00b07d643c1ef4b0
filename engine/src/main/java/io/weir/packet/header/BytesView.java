package io.weir.packet.header;

/** Bytes of a header that has no view of its own. */
public final class BytesView extends HeaderView {
    @Override
    public int minLength() {
        return 0;
    }
}
