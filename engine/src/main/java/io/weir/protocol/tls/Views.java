package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.Scratch;
import io.weir.protocol.text.AddressText;
import io.weir.protocol.tls.fingerprint.HelloFingerprints;
import io.weir.protocol.tls.fingerprint.Ja3;
import io.weir.protocol.tls.x509.KnownCertificates;

/** What is needed to read one message at a time: large, and therefore one for a worker instead of one for a flow. */
final class Views {
    /** Length of a version that has no name. */
    static final int VERSION_NUMBER_LENGTH = 6;

    static final Scratch<Views> SCRATCH = Scratch.of(Views.class, Views::new);

    final ClientHello clientHello = new ClientHello();
    final ServerHello serverHello = new ServerHello();
    final KnownCertificates certificates = new KnownCertificates();
    final HelloFingerprints clients;
    final HelloFingerprints servers;
    final Bytes body = new Bytes();
    final Bytes message = new Bytes();
    final AddressText address = new AddressText();

    private final byte[] versionNumber = new byte[VERSION_NUMBER_LENGTH];

    private Views() {
        final Ja3 ja3 = new Ja3();
        clients = new HelloFingerprints(ja3);
        servers = new HelloFingerprints(ja3);
    }

    /** A version that has no name, like {@code 0x0305}. */
    byte[] versionNumber(final int version) {
        versionNumber[0] = '0';
        versionNumber[1] = 'x';
        for (int i = 0; i < 4; i++) {
            versionNumber[2 + i] = (byte) Character.forDigit(version >> 12 - 4 * i & 0xf, 16);
        }
        return versionNumber;
    }
}
