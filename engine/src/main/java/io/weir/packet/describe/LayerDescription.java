package io.weir.packet.describe;

import io.weir.packet.AddressText;
import io.weir.packet.Frame;
import io.weir.packet.LayerType;
import io.weir.packet.header.BytesView;

/** What the descriptions of all layers share: the bytes of the current header and where its fields go. */
abstract class LayerDescription {
    /** Bytes from the start of the current header to the end of the capture. */
    final BytesView bytes = new BytesView();
    FieldSink sink;
    Frame frame;
    int offset;

    /** Turns to the header of a layer. */
    void begin(final Frame newFrame, final int newOffset, final FieldSink newSink) {
        frame = newFrame;
        offset = newOffset;
        sink = newSink;
        bytes.wrap(newFrame.address + newOffset, newFrame.capturedLength - newOffset);
    }

    /** Writes the fields of the current header; false if this class does not know the type. */
    abstract boolean describe(LayerType type);

    final long address() {
        return frame.address + offset;
    }

    final int available() {
        return frame.capturedLength - offset;
    }

    final void mac(final String name, final int at) {
        if (available() >= at + 6) {
            sink.text(name, AddressText.mac(bytes.bytes(at, 6)));
        }
    }

    final String v4(final int at) {
        return AddressText.v4(bytes.i32(at));
    }

    final String v6(final int at) {
        return AddressText.v6(bytes.i64(at), bytes.i64(at + 8));
    }

    /** Names of the bits that are set, from the lowest, separated by commas. */
    static String flags(final int bits, final String... names) {
        final StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.length; i++) {
            if ((bits >>> i & 1) != 0) {
                text.append(text.length() == 0 ? "" : ",").append(names[i]);
            }
        }
        return text.toString();
    }
}
