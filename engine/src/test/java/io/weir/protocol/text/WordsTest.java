package io.weir.protocol.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Answer;
import io.weir.protocol.Bytes;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class WordsTest {
    private static final Words VERBS = Words.of("EHLO", "HELO", "MAIL FROM");

    @Test
    void shouldWaitWithinAWord() {
        assertEquals(Answer.MORE, VERBS.at(bytes("E"), 0));
        assertEquals(Answer.MORE, VERBS.at(bytes("ehlo"), 0));
        assertEquals(Answer.YES, VERBS.at(bytes("ehlo x"), 0));
        assertEquals(Answer.YES, VERBS.at(bytes("Mail From:<>"), 0));
        assertEquals(Answer.NO, VERBS.at(bytes("EHLOX"), 0));
        assertEquals(Answer.NO, VERBS.at(bytes("EX"), 0));
    }

    @Test
    void shouldNumberWords() {
        assertEquals(1, VERBS.find(bytes("HELO"), 0));
        assertEquals(2, VERBS.find(bytes(" MAIL FROM:"), 1));
        assertEquals(-1, VERBS.find(bytes("HELOS"), 0));
        assertTrue(VERBS.areWithin(bytes("say ehlo"), 0, 8));
        assertFalse(VERBS.areWithin(bytes("say ehlo"), 0, 7));
    }

    @Test
    void shouldJudgeReplies() {
        assertEquals(Answer.MORE, Lines.reply(bytes("2")));
        assertEquals(Answer.MORE, Lines.reply(bytes("220 x")));
        assertEquals(Answer.YES, Lines.reply(bytes("220-x\r\n")));
        assertEquals(Answer.NO, Lines.reply(bytes("720 x\r\n")));
        assertEquals(Answer.NO, Lines.reply(bytes("2200 x\r\n")));
        assertEquals(Answer.NO, Lines.reply(bytes("220 \u0001x\r\n")));
        assertEquals(354, Lines.code(bytes("354 go"), 0));
        assertEquals(-1, Lines.code(bytes("35"), 0));
    }

    @Test
    void shouldFindBytesInAnyPlace() {
        for (int length = 1; length < 40; length++) {
            final byte[] array = new byte[length];
            for (int at = 0; at < length; at++) {
                array[at] = (byte) 0xfe;
                for (int from = 0; from <= length; from++) {
                    final Bytes view = new Bytes().wrap(array, 0, length);
                    assertEquals(from <= at ? at : -1, view.indexOf(0xfe, from));
                    assertEquals(-1, view.indexOf(0xfe, from, at));
                }
                array[at] = 0;
            }
        }
    }

    private static Bytes bytes(final String text) {
        final byte[] array = text.getBytes(StandardCharsets.ISO_8859_1);
        return new Bytes().wrap(array, 0, array.length);
    }
}
