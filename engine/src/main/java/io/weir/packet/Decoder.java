package io.weir.packet;

/** Finds the headers of a frame, from the link layer through tunnels to the innermost transport. One per thread. */
public final class Decoder {
    /**
     * Sets the decoded part of {@code frame} from its raw part. Never throws, whatever the bytes are; allocates
     * nothing.
     */
    public void decode(final Frame frame) {
        frame.layerCount = 0;
        frame.error = 0;
        frame.ipVersion = 0;
    }
}
