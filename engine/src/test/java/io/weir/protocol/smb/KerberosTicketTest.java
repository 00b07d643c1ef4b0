package io.weir.protocol.smb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class KerberosTicketTest {
    private static byte[] value(final int tag, final byte[]... content) {
        final byte[] all = Messages.join(content);
        return Messages.join(all.length < 0x80 ? new byte[] {(byte) tag, (byte) all.length}
            : new byte[] {(byte) tag, (byte) 0x82, (byte) (all.length >> 8), (byte) all.length}, all);
    }

    private static byte[] name(final String name) {
        return value(0x1b, name.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] number(final int value) {
        return value(2, new byte[] {(byte) value});
    }

    private static byte[] blob(final int secret) {
        final byte[] ticket = value(0x61, value(0x30, value(0xa0, number(5)), value(0xa1, name("CORP.EXAMPLE")),
            value(0xa2, value(0x30, value(0xa0, number(2)), value(0xa1, value(0x30, name("cifs"), name("srv"))))),
            value(0xa3, new byte[secret])));
        final byte[] token = Messages.join(Talk.hex("06 09 2a864886f712010202 0100"), value(0x6e, value(0x30,
            value(0xa0, number(5)), value(0xa1, number(14)), value(0xa2, value(3, new byte[5])), value(0xa3, ticket))));
        return value(0x60, Talk.hex("06 06 2b0601050502"), value(0xa0, value(0x30, value(0xa2, value(4,
            value(0x60, token))))));
    }

    private static byte[] setup(final int secret) {
        final byte[] blob = blob(secret);
        return Messages.two(1, 0, 0, 2, Talk.hex("1900 00 01 00000000 00000000 5800"),
            Messages.little(2, blob.length), new byte[8], blob);
    }

    private static String told(final byte[] setup) {
        final Talk talk = Talk.tcp(445).client(Messages.NEGOTIATE).server(Messages.NEGOTIATED).client(setup)
            .server(Messages.two(1, 1, 0, 2, Talk.hex("0900 0000 4800 0000")));
        assertEquals(0, talk.faults());
        return talk.objects().get(1);
    }

    @Test
    void shouldTellWhoseTicketItIs() {
        final String kerberos = "\"kerberos\":{\"realm\":\"CORP.EXAMPLE\",\"snames\":[\"cifs\",\"srv\"]},";
        assertTrue(told(setup(10)).contains(kerberos), told(setup(10)));
        // of a long message the beginning is looked at
        assertTrue(told(setup(9000)).contains(kerberos), told(setup(9000)));
    }

    @Test
    void shouldTellItInVersionOne() {
        final byte[] blob = blob(10);
        final byte[] setup = Messages.join(Talk.hex("ff534d42 73 00000000 00 0140"), new byte[20],
            Talk.hex("0c ff000000 0010 0100 0000 00000000"), Messages.little(2, blob.length), new byte[8],
            Messages.little(2, blob.length), blob);
        final String told = Talk.tcp(445).client(Messages.join(new byte[] {0, 0}, new byte[] {
            (byte) (setup.length >> 8), (byte) setup.length}, setup)).objects().get(0);
        assertTrue(told.contains("\"kerberos\":{\"realm\":\"CORP.EXAMPLE\",\"snames\":[\"cifs\",\"srv\"]}"), told);
    }

    @Test
    void shouldTellTheCommandThoughItsTicketIsDamaged() {
        final byte[] setup = setup(10);
        for (int i = 4 + 64 + 24; i < setup.length; i++) {
            final byte[] broken = setup.clone();
            broken[i] ^= 0x55;
            final String told = told(broken);
            assertTrue(told.contains("\"command\":\"SMB2_COMMAND_SESSION_SETUP\""), told);
        }
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(5);
        for (int i = 0; i < 300; i++) {
            final byte[] setup = setup(random.nextInt(300));
            for (int flips = 0; flips < 4; flips++) {
                setup[4 + 64 + random.nextInt(setup.length - 68)] = (byte) random.nextInt();
            }
            told(setup);
        }
    }
}
