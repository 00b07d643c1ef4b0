package io.weir.protocol.http;

import io.weir.protocol.Bytes;
import io.weir.protocol.Scratch;
import io.weir.protocol.dns.DnsTarget;

/** What is needed to read one message at a time, and therefore one for a worker instead of one for a flow. */
final class Views {
    static final Scratch<Views> SCRATCH = Scratch.of(Views.class, Views::new);

    private static final byte[] LINE_END = {'\n'};

    final TargetText target = new TargetText();
    final RequestLine requestLine = new RequestLine();
    final StatusLine statusLine = new StatusLine();
    final DnsTarget dns = new DnsTarget();
    /** Part of a line. */
    final Bytes part = new Bytes();
    /** What has come behind a line. */
    final Bytes rest = new Bytes();
    /** Headers in it. */
    final TextLines lines = new TextLines();
    /** Value of a field that was told. */
    final Bytes told = new Bytes();
    /** The end of a line that was taken away from it. */
    final Bytes lineEnd = new Bytes().wrap(LINE_END, 0, 1);

    private Views() {
    }
}
