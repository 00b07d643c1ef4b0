package io.weir.protocol.xmpp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmppTest {
    private static final String OPENING = "<?xml version='1.0'?><stream:stream xmlns='jabber:client' to='x'>";

    @Test
    void shouldHandOverAfterStartTls() {
        for (final int bytes : new int[] {Integer.MAX_VALUE, 1}) {
            final Talk talk = Talk.tcp(5222).client(OPENING).server(OPENING + "<stream:features/>")
                .client("<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>")
                .server("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>").client("SSH-2.0-inner\r\n")
                .segmented(bytes);
            assertEquals(List.of("xmpp", "ssh"), talk.protocols());
        }
    }

    @Test
    void shouldStopWhereNobodyEncrypts() {
        assertTrue(Talk.tcp(9).client(OPENING).server(OPENING).client("<auth mechanism='PLAIN'>").isCutOff());
    }

    @Test
    void shouldNotTakeOtherXmlForIt() {
        assertNull(Talk.tcp(5222).client("<?xml version='1.0'?><html>").protocol());
        assertEquals("xmpp", Talk.tcp(9).server("<stream:stream ").segmented(1).protocol());
    }
}
