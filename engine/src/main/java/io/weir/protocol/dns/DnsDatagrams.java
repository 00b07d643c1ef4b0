package io.weir.protocol.dns;

import io.weir.protocol.Bytes;
import io.weir.protocol.DatagramParser;

/** Parses DNS and its relatives over UDP: each datagram is a message. */
public final class DnsDatagrams extends DatagramParser {
    private final DnsDialogue dialogue;

    /** Makes one that tells in these words. */
    public DnsDatagrams(final DnsWords words) {
        dialogue = new DnsDialogue(words);
    }

    @Override
    protected void begun() {
        dialogue.begin(flow);
    }

    @Override
    public void datagram(final boolean fromClient, final Bytes payload, final int announced) {
        dialogue.message(flow, fromClient, payload);
    }

    @Override
    public long kept() {
        return dialogue.kept();
    }

    @Override
    public void resume(final long kept) {
        dialogue.resume(kept);
    }

    @Override
    public void end() {
        // A query nobody answered is a record already.
    }
}
