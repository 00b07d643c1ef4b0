package io.weir.protocol.quic;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.weir.protocol.Talk;
import io.weir.protocol.classify.FlowPlayer;
import io.weir.protocol.classify.FuzzPlayers;
import io.weir.protocol.tls.Hellos;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever the Initial packets of QUIC hold, its parser throws nothing and gives everything back. An input is a
 * version, then for each packet a byte for who sends it, two for its length, and its frames in the clear: they are
 * sealed here, as a fuzzer cannot.
 */
final class QuicFuzzTest {
    private static final int[] VERSIONS = {1, 0x6b3343cf, 0xff00001d, 0x51303530, 0x54303531, 0xfaceb002};
    private static final int PIECE_HEAD = 3;
    private static final int MOST_PACKETS = 32;
    private static final int LEAST = 1200;

    private static FuzzPlayers players;

    @BeforeAll
    static void open() {
        players = new FuzzPlayers();
    }

    @AfterAll
    static void close() {
        players.close();
    }

    static Stream<Arguments> packets() {
        final byte[] hello = Initials.message(1, Hellos.hello().ciphers(0x1301, 0x1302).sni("www.example.org")
            .alpn("h3", "doq").extension(43, "020304").clientBody());
        final byte[] answer = Initials.message(2, Hellos.hello().ciphers(0x1301).extension(43, "0304").serverBody());
        final byte[] server = piece(false, Talk.hex("02 01 00 01 00 00 00"),
            Initials.crypto(answer, 0, answer.length), Talk.hex("1c 00 00 02 6e6f"));
        final byte[] google =
            Talk.hex("a0 01 00 0a 43484c4f 02000000 534e4900 03000000 56455200 07000000 612e62 51303530");
        return Stream.of(
            Hellos.join(new byte[1], piece(true, Initials.crypto(hello, 0, hello.length)), piece(false, Talk.hex("01")),
                server),
            Hellos.join(new byte[] {1}, piece(true, Initials.crypto(hello, 30, hello.length), Talk.hex("01 00 00")),
                piece(true, Initials.crypto(hello, 0, 40), Talk.hex("03 05 00 01 01 02 02 01 02 03")), server),
            Hellos.join(new byte[] {3}, piece(true, google)),
            Hellos.join(new byte[] {4}, piece(true, Initials.crypto(hello, 0, hello.length))))
            .map(input -> Arguments.of((Object) input));
    }

    private static byte[] piece(final boolean fromClient, final byte[]... frames) {
        final byte[] text = Hellos.join(frames);
        return Hellos.join(new byte[] {(byte) (fromClient ? 0 : 1)}, Hellos.u16(text.length), text);
    }

    @MethodSource("packets")
    @FuzzTest(maxDuration = "5m")
    void shouldSurviveAnyFrames(final byte[] input) {
        players.check(input, player -> play(input, player));
    }

    private static void play(final byte[] input, final FlowPlayer player) {
        if (input.length <= PIECE_HEAD) {
            return;
        }
        final int version = VERSIONS[(input[0] & 0xff) % VERSIONS.length];
        final Initials client = new Initials(version, true);
        final Initials server = new Initials(version, false);
        player.udp(40_000, 443);
        int at = 1;
        for (int i = 0; i < MOST_PACKETS && at + PIECE_HEAD < input.length; i++) {
            final boolean fromClient = (input[at] & 1) == 0;
            final int length = (input[at + 1] & 0xff) << 8 | input[at + 2] & 0xff;
            at += PIECE_HEAD;
            final int end = Math.min(input.length, Math.min(at + LEAST, at + Math.max(1, length)));
            final byte[] frames = Arrays.copyOfRange(input, at, end);
            player.says(fromClient, fromClient ? client.seal(LEAST, frames) : server.seal(0, frames));
            at = end;
        }
        player.end();
    }
}
