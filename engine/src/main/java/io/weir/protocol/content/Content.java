package io.weir.protocol.content;

/** Takes bytes that were unpacked. One thread. */
public interface Content {
    /**
     * Takes the next ones, which lie there for the time of the call.
     *
     * @return false if no more are wanted
     */
    boolean take(byte[] source, int offset, int length);
}
