package io.weir.protocol.quic;

import io.weir.protocol.Bytes;
import io.weir.protocol.Scratch;
import io.weir.protocol.tls.ClientHello;
import io.weir.protocol.tls.Extensions;
import io.weir.protocol.tls.fingerprint.HelloFingerprints;
import io.weir.protocol.tls.fingerprint.Ja3;

/** What parsers of QUIC need only while they work on a datagram: made once for each worker, whatever the flows. */
final class Tools {
    static final Scratch<Tools> SCRATCH = Scratch.of(Tools.class, Tools::new);

    final InitialOpener opener = new InitialOpener();
    final LongHeader header = new LongHeader();
    final Frames frames = new Frames();
    final GoogleFrames googleFrames = new GoogleFrames();
    final Bytes view = new Bytes();
    final ClientHello clientHello = new ClientHello();
    final Extensions extensions = new Extensions();
    final HelloFingerprints clients;
    final HelloFingerprints servers;
    final GoogleHello googleHello = new GoogleHello();
    final byte[] versionName = new byte[8];

    private Tools() {
        final Ja3 ja3 = new Ja3();
        clients = new HelloFingerprints(ja3);
        servers = new HelloFingerprints(ja3);
    }
}
