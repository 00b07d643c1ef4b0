package io.weir.protocol.tls;

import io.weir.protocol.Bytes;
import io.weir.protocol.Field;
import io.weir.protocol.FlowContext;
import io.weir.protocol.NameKind;
import io.weir.protocol.Transaction;
import io.weir.protocol.text.AddressText;
import io.weir.protocol.tls.TlsWords.CertificateWords;
import io.weir.protocol.tls.TlsWords.ChainWords;
import io.weir.protocol.tls.x509.Certificate;

/** Tells what certificates say. Static; any thread. */
final class CertificateTeller {
    private CertificateTeller() {
    }

    /** Tells a side's own certificate; its names last, for which there is a buffer. */
    static void tell(final Transaction told, final CertificateWords words, final Certificate read,
        final AddressText address) {
        told.put(words.subject, read.subject(), 0, read.subjectLength());
        told.put(words.issuer, read.issuer(), 0, read.issuerLength());
        told.put(words.serial, read.serial(), 0, read.serialLength());
        if (read.isWhole()) {
            told.put(words.fingerprint, read.fingerprint());
        }
        validity(told, words.notBefore, words.notAfter, read);
        for (int i = 0; i < read.nameCount(); i++) {
            if (read.isAddress(i)) {
                final AddressText text = address.of(read.bytes(), read.nameFrom(i), read.nameLength(i));
                told.put(words.names, text.text(), 0, text.length());
            } else {
                told.put(words.names, read.bytes(), read.nameFrom(i), read.nameLength(i));
            }
        }
        if (read.hasMoreNames() || read.isTextCut()) {
            told.leftOut();
        }
    }

    /** Tells one of those behind it, as a group. */
    static void tell(final Transaction told, final ChainWords words, final Certificate read) {
        told.begin(words.group);
        told.put(words.subject, read.subject(), 0, read.subjectLength());
        told.put(words.issuer, read.issuer(), 0, read.issuerLength());
        told.put(words.serial, read.serial(), 0, read.serialLength());
        validity(told, words.notBefore, words.notAfter, read);
        told.end();
        if (read.isTextCut()) {
            told.leftOut();
        }
    }

    private static void validity(final Transaction told, final Field from, final Field to, final Certificate read) {
        if (read.notBefore() != Certificate.NO_TIME) {
            told.put(from, read.notBefore());
        }
        if (read.notAfter() != Certificate.NO_TIME) {
            told.put(to, read.notAfter());
        }
    }

    /** Has the server's names say which application a flow is of. */
    static void name(final FlowContext flow, final Certificate read) {
        final Bytes bytes = read.bytes();
        flow.name(NameKind.CERTIFICATE, bytes, read.commonNameFrom(), read.commonNameLength());
        for (int i = 0; i < read.nameCount(); i++) {
            if (!read.isAddress(i)) {
                flow.name(NameKind.CERTIFICATE, bytes, read.nameFrom(i), read.nameLength(i));
            }
        }
        flow.name(NameKind.ORGANIZATION, bytes, read.organizationFrom(), read.organizationLength());
    }
}
