package io.weir.protocol.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MqttTest {
    private static final byte[] CONNECT = Talk.hex("10 18 0004 4d515454 04 c2 003c 0002 6d65 0004 75736572 0002 7077");
    private static final byte[] CONNACK = Talk.hex("20 02 00 00");
    private static final byte[] SUBSCRIBE = Talk.hex("82 0b 0001 0006 746f70696358 01");
    private static final byte[] SUBACK = Talk.hex("90 03 0001 01");
    private static final byte[] PUBLISH = Talk.hex("34 0c 0006 746f70696358 0002 6869");
    private static final String HEAD = "\"qos\":0,\"retain\":false,\"dup\":false";
    private static final String CONNECTED = "\"mqtt\":{\"connect\":{" + HEAD + ",\"protocol_string\":\"MQTT\","
        + "\"protocol_version\":4,\"flags\":{\"username\":true,\"password\":true,\"will\":false,"
        + "\"will_retain\":false,\"clean_session\":true},\"client_id\":\"me\",\"username\":\"user\","
        + "\"password\":\"pw\"},\"connack\":{" + HEAD + ",\"session_present\":false,\"return_code\":0}}";

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 1000})
    void shouldJoinTheMessagesOfAnExchange(final int segment) {
        final Talk talk = Talk.tcp(1883).client(CONNECT).server(CONNACK).client(SUBSCRIBE).server(SUBACK)
            .client(Talk.hex("e0 00")).segmented(segment);
        assertEquals("mqtt", talk.protocol());
        assertEquals(List.of(CONNECTED, "\"mqtt\":{\"subscribe\":{\"qos\":1,\"retain\":false,\"dup\":false,"
            + "\"message_id\":1,\"topics\":[{\"topic\":\"topicX\",\"qos\":1}]},\"suback\":{" + HEAD
            + ",\"message_id\":1,\"qos_granted\":[1]}}", "\"mqtt\":{\"disconnect\":{" + HEAD + "}}"), talk.objects());
    }

    @Test
    void shouldFollowAPublicationThatIsDeliveredExactlyOnce() {
        final List<String> objects = Talk.tcp(1883).client(CONNECT).server(CONNACK).client(PUBLISH)
            .server(Talk.hex("50 02 0002")).client(Talk.hex("62 02 0002")).server(Talk.hex("70 02 0002")).objects();
        assertEquals(2, objects.size());
        assertEquals("\"mqtt\":{\"publish\":{\"qos\":2,\"retain\":false,\"dup\":false,\"topic\":\"topicX\","
            + "\"message_id\":2,\"message\":\"hi\"},\"pubrec\":{" + HEAD + ",\"message_id\":2},"
            + "\"pubrel\":{\"qos\":1,\"retain\":false,\"dup\":false,\"message_id\":2},\"pubcomp\":{" + HEAD
            + ",\"message_id\":2}}", objects.get(1));
    }

    private static String events(final Talk talk) {
        final Watcher watcher = Watcher.ofAll();
        talk.watchedBy(watcher).objects();
        return String.join(" ", watcher.events()).replace("mqtt.", "");
    }

    private static Talk connected() {
        return Talk.tcp(1883).client(CONNECT).server(CONNACK);
    }

    @Test
    void shouldReportAnswersToNothing() {
        assertEquals("", events(connected().client(SUBSCRIBE).server(SUBACK)));
        assertEquals("missing_connect", events(connected().server(CONNACK)));
        assertEquals("missing_subscribe", events(connected().server(SUBACK)));
        assertEquals("missing_subscribe", events(connected().client(SUBSCRIBE).server(SUBACK).server(SUBACK)));
        assertEquals("missing_unsubscribe", events(connected().server(Talk.hex("b0 02 0001"))));
        for (final String answer : List.of("40 02 0002", "50 02 0002", "62 02 0002", "70 02 0002")) {
            assertEquals("missing_publish", events(connected().server(Talk.hex(answer))), answer);
        }
        assertEquals("missing_msg_id", events(connected().client(Talk.hex("34 04 0002 7474"))));
    }

    @Test
    void shouldReportNoAnswerToWhatWasCutOff() {
        final String longTopic = "61".repeat(7_000);
        assertEquals("", events(connected().client(Talk.hex("32 dc36 1b58" + longTopic + "0001"))
            .server(Talk.hex("40 02 0001"))));
        assertEquals("unassigned_msg_type",
            events(connected().client(Talk.hex("00 00")).client(SUBSCRIBE).server(SUBACK)));
    }

    @Test
    void shouldReportNoAnswerToWhatWasNotSeen() {
        assertEquals("", events(Talk.tcp(1883).midStream().client(PUBLISH).server(SUBACK)));
        assertEquals("", events(Talk.tcp(1883).server(CONNACK).server(SUBACK)));
        final Talk many = connected();
        for (int i = 1; i <= 9; i++) {
            many.client(Talk.hex("82 0b 000" + i + " 0006 746f70696358 01"));
        }
        assertEquals("", events(many.server(SUBACK)));
    }

    @Test
    void shouldTellPropertiesOfVersionFive() {
        final byte[] connect = Talk.hex("10 1b 0004 4d515454 05 02 003c 0b 21 0014 26 0001 61 0002 6263 0003 6d6979");
        final List<String> objects = Talk.tcp(1883).client(connect).server(Talk.hex("20 06 00 00 03 22 000a"))
            .objects();
        assertEquals(1, objects.size());
        assertTrue(objects.get(0).contains("\"client_id\":\"miy\",\"properties\":{\"receive_maximum\":20,"
            + "\"a\":\"bc\"}"), objects.get(0));
        assertTrue(objects.get(0).contains("\"return_code\":0,\"properties\":{\"topic_alias_maximum\":10}"),
            objects.get(0));
    }

    private static String properties(final String... properties) {
        final String all = String.join("", properties);
        final String head = "0001 61" + "%02x".formatted(all.length() / 2) + all;
        return version5().client(Talk.hex("30 " + "%02x".formatted(head.replace(" ", "").length() / 2) + head))
            .objects().get(1).replaceAll(".*\"message\":\"\"", "");
    }

    private static String own(final String name, final String value) {
        return "26%04x%s%04x%s".formatted(name.length(), HexFormat.of().formatHex(name.getBytes(UTF_8)),
            value.length(), HexFormat.of().formatHex(value.getBytes(UTF_8)));
    }

    @Test
    void shouldTellPropertiesOfTheUsersOwnBesideTheOthers() {
        assertEquals(",\"properties\":{\"content_type\":\"t\",\"a\\\"b\":\"c\",\"\":\"\",\"topic_alias\":1}}}",
            properties("03000174", own("a\"b", "c"), own("", ""), "230001"));
    }

    @Test
    void shouldTellAPropertyOnceThoughItIsSentTwice() {
        assertEquals(",\"properties\":{\"subscription_identifier\":1}}}", properties("0b01", "0b02"));
    }

    @Test
    void shouldListNamesThatLookLikeWhatIsNoText() {
        assertEquals(",\"properties\":{\"user_properties\":[{\"\\\\xff\":\"1\"}]}}}", properties(own("\\xff", "1")));
    }

    @Test
    void shouldListPropertiesWhoseNamesAreTaken() {
        assertEquals(",\"properties\":{\"a\":\"1\",\"aa\":\"2\",\"content_type\":\"t\","
            + "\"user_properties\":[{\"a\":\"3\"},{\"content_type\":\"x\"},{\"user_properties\":\"y\"}]}}}",
            properties(own("a", "1"), own("aa", "2"), own("a", "3"), own("content_type", "x"),
                own("user_properties", "y"), "03000174"));
    }

    @Test
    void shouldCompareFewNames() {
        final StringBuilder many = new StringBuilder();
        for (int i = 0; i < 70; i++) {
            many.append(own("%02d".formatted(i), ""));
        }
        // 70 times 7 bytes, behind the topic
        final String told = version5().client(Talk.hex("30 ef03 0001 61 ea03" + many)).objects().get(1);
        assertTrue(told.endsWith("\"63\":\"\",\"user_properties\":[{\"64\":\"\"},{\"65\":\"\"},{\"66\":\"\"},"
            + "{\"67\":\"\"},{\"68\":\"\"},{\"69\":\"\"}]}}}"), told);
    }

    @Test
    void shouldSurviveAnyProperties() {
        final Random random = new Random(89);
        for (int i = 0; i < 300; i++) {
            final byte[] bytes = new byte[random.nextInt(100) + 1];
            random.nextBytes(bytes);
            for (int at = random.nextInt(9); at < bytes.length; at += 1 + random.nextInt(9)) {
                bytes[at] = (byte) (random.nextInt(10) == 0 ? 38 : random.nextInt(3));
            }
            final Talk talk = version5().client(Talk.hex("30 %02x 0001 61 %02x".formatted(bytes.length + 4,
                random.nextInt(128)))).client(bytes);
            assertEquals(0, talk.segmented(1 + random.nextInt(50)).faults());
            assertEquals(2, talk.objects().size());
        }
    }

    private static Talk version5() {
        return Talk.tcp(1883).client(Talk.hex("10 0e 0004 4d515454 05 02 003c 00 0001 61"))
            .server(Talk.hex("20 03 00 00 00"));
    }

    @Test
    void shouldLeaveOutAPropertyThatDoesNotFit() {
        assertEquals(",\"properties\":{\"a\":\"1\"}}}", properties(own("a", "1"), "260001620009"));
    }

    @Test
    void shouldSkipTheRestOfALongPublication() {
        final byte[] publish = new byte[4 + 20_000];
        System.arraycopy(Talk.hex("30 a09c01 0001 61"), 0, publish, 0, 7);
        Arrays.fill(publish, 7, publish.length, (byte) 'x');
        final Talk talk = Talk.tcp(1883).client(CONNECT).server(CONNACK).client(publish).client(Talk.hex("c0 00"));
        assertEquals(3, talk.objects().size());
        assertTrue(talk.objects().get(1).endsWith("\"truncated\":true,\"skipped_length\":13856}}"));
        assertEquals("\"mqtt\":{\"pingreq\":{" + HEAD + "}}", talk.objects().get(2));
    }

    @Test
    void shouldTellWhatNobodyAcknowledged() {
        assertEquals(2, Talk.tcp(1883).client(CONNECT).server(CONNACK).client(SUBSCRIBE).objects().size());
        assertEquals(1, Talk.tcp(1883).client(CONNECT).objects().size());
    }

    @Test
    void shouldBeginInTheMiddle() {
        assertEquals("mqtt", Talk.tcp(1883).midStream().client(PUBLISH).protocol());
    }

    @Test
    void shouldTellAPingAndItsAnswerInTheMiddle() {
        final List<String> pings = List.of("\"mqtt\":{\"pingreq\":{" + HEAD + "}}", "\"mqtt\":{\"pingresp\":{" + HEAD
            + "}}");
        final byte[] request = Talk.hex("c000");
        final byte[] response = Talk.hex("d000");
        assertEquals(pings, Talk.tcp(1883).midStream().client(request).server(response).objects());
        assertEquals(List.of(), Talk.tcp(1884).midStream().client(request).server(response).protocols());
        assertEquals(List.of(), Talk.tcp(1883).midStream().client(request).server(request).protocols());
        assertEquals(List.of(), Talk.tcp(1883).client(request).server(response).protocols());
    }

    @Test
    void shouldBeginBehindHalfAMessage() {
        final Talk talk = Talk.tcp(1883).midStream().client(Talk.hex("6263 0008")).client(Talk.hex("c000"))
            .server(Talk.hex("d000")).client(PUBLISH).server(Talk.hex("50 02 0002"));
        assertEquals("mqtt", talk.protocol());
        assertTrue(talk.objects().stream().anyMatch(told -> told.contains("\"topic\":\"topicX\"")
            && told.contains("\"pubrec\"")), talk.objects().toString());
        assertEquals("mqtt", Talk.tcp(1883).midStream().client(Talk.hex("4d51")).client(CONNECT).protocol());
    }

    @Test
    void shouldNotRecogniseAnotherName() {
        assertNotEquals("mqtt", Talk.tcp(1883).client(Talk.hex("10 0e 0004 4d515453 04 02 003c 0002 6d65")).protocol());
    }

    @Test
    void shouldSurviveAnything() {
        final Random random = new Random(88);
        for (int i = 0; i < 300; i++) {
            final byte[] bytes = new byte[random.nextInt(200) + 1];
            random.nextBytes(bytes);
            final Talk talk = Talk.tcp(1883).client(CONNECT).server(CONNACK).gap(false, 5).client(bytes).server(bytes);
            assertEquals(0, talk.segmented(1 + random.nextInt(50)).faults());
        }
    }
}
