package io.weir.protocol.ldap;

import static io.weir.protocol.krb5.Der.number;
import static io.weir.protocol.krb5.Der.sequence;
import static io.weir.protocol.krb5.Der.text;
import static io.weir.protocol.krb5.Der.value;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.base.Counter;
import io.weir.protocol.Talk;
import io.weir.protocol.Watcher;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of requests and responses. */
class LdapRecordsTest {
    private static final String DONE = "\"result_code\":\"success\",\"matched_dn\":\"\",\"message\":\"\"}}";

    private static byte[] message(final int id, final int operation, final byte[]... parts) {
        return sequence(number(id), value(operation, parts));
    }

    private static byte[] octets(final String text) {
        return text(4, text);
    }

    private static byte[] enumerated(final int value) {
        return value(10, new byte[] {(byte) value});
    }

    private static byte[] flag(final boolean value) {
        return value(1, new byte[] {(byte) (value ? 255 : 0)});
    }

    private static byte[] result(final int id, final int operation, final int code, final String name,
        final String text) {
        return message(id, operation, enumerated(code), octets(name), octets(text));
    }

    private static byte[] attribute(final String type, final String... values) {
        return sequence(octets(type), value(0x31, Arrays.stream(values).map(LdapRecordsTest::octets)
            .toArray(byte[][]::new)));
    }

    private static byte[] bind(final int id, final String name) {
        return message(id, 0x60, number(3), octets(name), text(0x80, "secret"));
    }

    private static byte[] search(final int id) {
        return message(id, 0x63, octets("dc=example"), enumerated(2), enumerated(0), number(100), number(30),
            flag(false), text(0x87, "objectClass"), sequence(octets("cn"), octets("mail")));
    }

    private static byte[] entry(final int id, final String name) {
        return message(id, 0x64, octets(name), sequence(attribute("cn", "Ann", "Anne"),
            attribute("userPassword", "secret")));
    }

    /** Whole, in single bytes and in sevens. */
    private static void assertTold(final Talk talk, final String... objects) {
        for (final Talk one : List.of(talk, talk.segmented(1), talk.segmented(7))) {
            assertEquals(List.of(objects), one.objects());
            assertEquals("ldap", one.protocol());
            assertEquals(0, one.faults());
        }
    }

    private static String told(final int id, final String operation, final String request) {
        return "\"ldap\":{\"request\":{\"operation\":\"" + operation + "\",\"message_id\":" + id
            + (request.isEmpty() ? "" : ",\"" + operation + "\":{" + request + "}") + "}";
    }

    private static String answered(final int id, final String operation) {
        return ",\"responses\":[{\"operation\":\"" + operation + "\",\"message_id\":" + id + ",\"" + operation + "\":{"
            + DONE + "]}";
    }

    @Test
    void shouldTellWhoLogsInAndHowItEnds() {
        assertTold(Talk.tcp(389).client(bind(1, "cn=ann")).server(result(1, 0x61, 49, "", "no")),
            told(1, "bind_request", "\"version\":3,\"name\":\"cn=ann\"")
            + ",\"responses\":[{\"operation\":\"bind_response\",\"message_id\":1,\"bind_response\":"
            + "{\"result_code\":\"invalid_credentials\",\"matched_dn\":\"\",\"message\":\"no\"}}]}");
    }

    @Test
    void shouldNameTheMechanismOfALogin() {
        assertTold(Talk.tcp(389)
            .client(message(1, 0x60, number(3), octets(""), value(0xa3, octets("GSS-SPNEGO"), octets("secret"))))
            .server(result(1, 0x61, 14, "", "")).client(Talk.hex("00000010 0500")),
            told(1, "bind_request", "\"version\":3,\"name\":\"\",\"sasl\":{\"mechanism\":\"GSS-SPNEGO\"}")
            + answered(1, "bind_response").replace("success", "sasl_bind_in_progress"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"USERPASSWORD", "userPassword;binary", "2.5.4.35", "OID.2.5.4.35", "unicodePwd",
        "ms-Mcs-AdmPwd", "sambaNTPassword"})
    void shouldLeavePasswordsOut(final String attribute) {
        final List<String> records = Talk.tcp(389).client(search(2))
            .server(message(2, 0x64, octets("cn=ann"), sequence(attribute(attribute, "hidden"))))
            .server(result(2, 0x65, 0, "", "")).objects();
        assertTrue(records.toString().contains(attribute), records.toString());
        assertFalse(records.toString().contains("hidden"), records.toString());
    }

    @Test
    void shouldTellASearchWithWhatItFinds() {
        final String found = ",\"message_id\":2,\"search_result_entry\":{\"base_object\":\"cn=ann\",\"attributes\":["
            + "{\"type\":\"cn\",\"values\":[\"Ann\",\"Anne\"]},{\"type\":\"userPassword\"}]}}";
        assertTold(Talk.tcp(389).client(bind(1, "")).server(result(1, 0x61, 0, "", ""))
            .client(search(2)).server(entry(2, "cn=ann")).server(result(2, 0x65, 0, "", "")),
            told(1, "bind_request", "\"version\":3,\"name\":\"\"") + answered(1, "bind_response"),
            told(2, "search_request", "\"base_object\":\"dc=example\",\"scope\":2,\"deref_alias\":0,\"size_limit\":100,"
            + "\"time_limit\":30,\"types_only\":false,\"attributes\":[\"cn\",\"mail\"]")
            + ",\"responses\":[{\"operation\":\"search_result_entry\"" + found
            + ",{\"operation\":\"search_result_done\",\"message_id\":2,\"search_result_done\":{" + DONE + "]}");
    }

    @Test
    void shouldTellChangesWithoutPasswords() {
        final byte[] modify = message(1, 0x66, octets("cn=ann"), sequence(
            sequence(enumerated(2), attribute("mail", "a@b")), sequence(enumerated(0), attribute("unicodePwd", "x"))));
        final byte[] add = message(2, 0x68, octets("cn=bob"), sequence(attribute("cn", "Bob")));
        assertTold(Talk.tcp(389).client(modify).client(add).server(result(2, 0x69, 0, "", ""))
            .server(result(1, 0x67, 0, "", "")),
            told(2, "add_request", "\"entry\":\"cn=bob\",\"attributes\":[{\"name\":\"cn\",\"values\":[\"Bob\"]}]")
            + answered(2, "add_response"),
            told(1, "modify_request", "\"object\":\"cn=ann\",\"changes\":[{\"operation\":\"replace\",\"modification\":"
            + "{\"attribute_type\":\"mail\",\"attribute_values\":[\"a@b\"]}},{\"operation\":\"add\",\"modification\":"
            + "{\"attribute_type\":\"unicodePwd\"}}]") + answered(1, "modify_response"));
    }

    @Test
    void shouldTellOtherOperations() {
        assertTold(Talk.tcp(389).client(message(1, 0x6c, octets("cn=a,dc=b"), octets("cn=c"), flag(true),
                text(0x80, "dc=d"))).client(text(0x30, "\2\1\2J\4cn=a"))
            .client(message(3, 0x6e, octets("cn=a"), sequence(octets("mail"), octets("x"))))
            .client(text(0x30, "\2\1\4P\1\1")).client(message(5, 0x42)),
            told(4, "abandon_request", "\"message_id\":1") + "}", told(5, "unbind_request", "") + "}",
            told(1, "mod_dn_request", "\"entry\":\"cn=a,dc=b\",\"new_rdn\":\"cn=c\",\"delete_old_rdn\":true,"
            + "\"new_superior\":\"dc=d\"") + "}",
            told(2, "del_request", "\"dn\":\"cn=a\"") + "}",
            told(3, "compare_request", "\"entry\":\"cn=a\",\"attribute_value_assertion\":{\"description\":\"mail\","
            + "\"value\":\"x\"}") + "}");
    }

    @Test
    void shouldTellTheMessagesOfADatagram() {
        final byte[] found = entry(7, "");
        final byte[] done = result(7, 0x65, 0, "", "");
        final byte[] both = Arrays.copyOf(found, found.length + done.length);
        System.arraycopy(done, 0, both, found.length, done.length);
        final Talk talk = Talk.udp(389).client(search(7)).server(both);
        assertEquals(1, talk.objects().size());
        assertTrue(talk.objects().get(0).contains("search_result_done"), talk.objects()::toString);
    }

    @Test
    void shouldReportWhatCannotBeRead() {
        final Talk talk = Talk.tcp(389).client(bind(1, "")).client(message(2, 0x63, octets("dc=a"), octets("x")));
        assertEquals(1, talk.objects().stream().filter(told -> told.contains("\"invalid_data\"")).count(),
            talk.objects()::toString);
    }

    @Test
    void shouldKeepNoMoreThanSomeRequestsAndResponses() {
        final Talk talk = Talk.tcp(389);
        for (int id = 1; id <= LdapReader.MOST_WAITING + 1; id++) {
            talk.client(search(id));
        }
        for (int i = 0; i < 2 * LdapReader.MOST_RESPONSES; i++) {
            talk.server(entry(5, "cn=" + i));
        }
        talk.server(result(5, 0x65, 0, "", ""));
        final Watcher watcher = Watcher.of(LdapFields.RESPONSE_COUNT);
        final List<String> told = talk.watchedBy(watcher).objects();
        assertEquals(LdapReader.MOST_WAITING + 1, told.size());
        assertTrue(told.get(0).startsWith(told(1, "search_request", "").replace("}", "")), told.get(0));
        assertFalse(told.get(0).contains("responses"));
        assertEquals(LdapReader.MOST_RESPONSES + 1, told.get(1).split("\"message_id\":5,\"search_", -1).length - 2);
        assertEquals(List.of("< ldap.responses.count=" + (2 * LdapReader.MOST_RESPONSES + 1)), watcher.told());
        assertEquals(1, talk.count(Counter.TRANSACTIONS_CUT));
    }

    @Test
    void shouldShowRulesResponsesThatTheRecordLeavesOut() {
        final Talk talk = Talk.tcp(389).client(search(5));
        for (int i = 0; i < 2 * LdapReader.MOST_RESPONSES; i++) {
            talk.server(entry(5, "cn=" + i));
        }
        final Watcher watcher = Watcher.of(LdapFields.RESPONSE_NAME);
        assertEquals("ldap", talk.watchedBy(watcher).protocol());
        assertEquals(2 * LdapReader.MOST_RESPONSES, watcher.told().size());
        assertEquals(1, talk.count(Counter.TRANSACTIONS_CUT));
    }

    @Test
    void shouldShowRulesNamesTypesAndCodes() {
        final Talk talk = Talk.tcp(389).client(search(2)).server(entry(2, "cn=ann"))
            .server(result(2, 0x65, 32, "dc=x", "gone"));
        final Watcher watcher = Watcher.of(LdapFields.REQUEST_NUMBER, LdapFields.REQUEST_NAME, LdapFields.REQUEST_TYPE,
            LdapFields.RESPONSE_NUMBER, LdapFields.RESPONSE_CODE, LdapFields.RESPONSE_NAME, LdapFields.RESPONSE_TYPE,
            LdapFields.RESPONSE_MESSAGE);
        assertEquals("ldap", talk.watchedBy(watcher).protocol());
        assertEquals(List.of("> ldap.request.operation.number=3", "> ldap.request.dn=dc=example",
            "> ldap.request.attribute_type=cn", "> ldap.request.attribute_type=mail",
            "< ldap.responses.operation.number=4", "< ldap.responses.dn=cn=ann", "< ldap.responses.attribute_type=cn",
            "< ldap.responses.attribute_type=userPassword", "< ldap.responses.operation.number=5",
            "< ldap.responses.result_code.number=32", "< ldap.responses.dn=dc=x", "< ldap.responses.message=gone"),
            watcher.told());
    }
}
