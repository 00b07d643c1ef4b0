package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.protocol.Field;
import io.weir.protocol.FieldType;
import io.weir.rule.model.Buffer;
import io.weir.rule.model.Condition.BufferCondition;
import io.weir.rule.model.Condition;
import io.weir.rule.model.Dataset;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Severity;
import io.weir.rule.model.Step;
import io.weir.rule.model.Transform.Kind;
import io.weir.rule.model.Transform;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Buffers, their fields and sides, transforms, data sets; and the list of all keywords. */
final class BufferKeywordsTest {
    @Test
    void shouldRefuseUpperCaseWhereThereIsNone() {
        for (final String wrong : List.of("http.host; content:\"A.example\";", "content:\"A\"; http_host;",
            "http.uri; to_lowercase; content:\"A\";")) {
            assertTrue(Loaded.fault(wrong).sentence().contains("lower case"), wrong);
        }
        for (final String right : List.of("http.host; content:\"A\"; nocase;", "http.host.raw; content:\"A\";",
            "http.uri; to_lowercase; to_uppercase; content:\"A\";", "http.host; to_md5; content:\"A\";")) {
            assertEquals(1, Loaded.steps(right).size());
        }
    }

    @Test
    void shouldKnowFormerNamesOfDnsBuffers() {
        assertEquals("dns.queries.rrname", Loaded.buffer("dns.query.name; content:\"a\";").name());
        assertEquals("dns.answers.rrname", Loaded.buffer("dns.answer.name; content:\"a\";").name());
    }

    @Test
    void shouldReadVersionsOfTlsAsNumbersToo() {
        assertEquals(Loaded.steps("tls.version:1.2;"), Loaded.steps("tls.version:0x0303;"));
        assertEquals("TLS 1.3 draft-18", new String(((Step.Content) Loaded.steps("tls.version:0x7f12;").get(0)).bytes()
            .bytes(), StandardCharsets.US_ASCII));
        assertEquals(Severity.ERROR, Loaded.fault("tls.version:0x7f99;").severity());
    }

    @Test
    void shouldNameWhatIsNoPlaceOfAValue() {
        assertTrue(Loaded.fault("dns.rrtype:1,al;").sentence().contains("\"al\" is no place of a value"));
        assertEquals(Severity.UNSUPPORTED, Loaded.fault("dns.rrtype:1,all,1:2;").severity());
        assertEquals(Severity.ERROR, Loaded.fault("dns.rrtype:1,nb;").severity());
        assertEquals(Severity.ERROR, Loaded.fault("dns.rrtype:1,oob_or x;").severity());
    }

    @Test
    void shouldTakeTheSideThatTheRuleLooksAt() {
        final Condition.Any either =
            (Condition.Any) Loaded.condition("ssh.proto; content:\"2\"; ssh.proto; content:\"0\";");
        final List<Buffer> sides = either.conditions().stream()
            .map(side -> ((BufferCondition) ((Condition.All) side).conditions().get(1)).buffer()).toList();
        assertEquals(List.of(Buffer.Side.TO_SERVER, Buffer.Side.TO_CLIENT), sides.stream().map(Buffer::side).toList());
        assertEquals(List.of("ssh.client.proto_version", "ssh.server.proto_version"),
            sides.stream().flatMap(side -> side.fields().stream()).map(Field::name).toList());
        final Buffer server = ((BufferCondition) Loaded.conditions("flow:to_client; ssh.proto; content:\"2\";").get(1))
            .buffer();
        assertEquals(Buffer.Side.TO_CLIENT, server.side());
        assertEquals(List.of("ssh.server.proto_version"), server.fields().stream().map(Field::name).toList());
        assertEquals(Buffer.Side.TO_SERVER, Loaded.buffer("tls.sni; content:\"a\";").side());
        assertEquals(Buffer.Part.TCP, Loaded.buffer("tcp.hdr; content:\"a\";").part());
    }

    @Test
    void shouldSupportAKeywordOnceItsFieldIsTold() {
        final List<String> rule = List.of("alert http any any -> any any (http.stat_msg; content:\"OK\"; sid:1;)");
        final List<Field> fields = new ArrayList<>();
        final LoadedRules before = new SignatureLoader(new SignatureContext(new FieldNames(fields))).load("r", rule);
        assertEquals(List.of(), before.rules());
        assertEquals(Set.of("http.stat_msg"), before.unsupported().keySet());
        fields.add(Field.inspected("http.stat_msg", "Reason."));
        final LoadedRules after = new SignatureLoader(new SignatureContext(new FieldNames(fields))).load("r", rule);
        assertEquals(1, after.rules().size());
    }

    @Test
    void shouldTakeAllFieldsOfANameAndTheFirstAlternativeThatExists() {
        final Field first = Field.of("a.b", FieldType.TEXT, "One.");
        final Field second = Field.of("a.b", FieldType.TEXT, "Two.");
        final FieldNames names = new FieldNames(List.of(first, second, Field.of("c", FieldType.TEXT, "Three.")));
        assertEquals(List.of(first, second), names.find("x|a.b"));
        assertEquals(3, names.find("a.b+c").size());
        assertEquals(List.of(), names.find("x+y|z"));
    }

    @Test
    void shouldCompareNumbersOfTransactions() {
        final Condition.FieldNumber opcode = (Condition.FieldNumber) Loaded.condition("dns.opcode:!4;");
        assertEquals("dns.opcode", opcode.field().name());
        assertEquals(NumberSet.of(4).not(), opcode.numbers());
        final FieldNames names = new FieldNames(List.of(Field.inspected("websocket.opcode", "Kind of message.")));
        final LoadedRules loaded = new SignatureLoader(new SignatureContext(names)).load("r",
            List.of("alert ip any any -> any any (flow:to_server; websocket.opcode:!text; sid:1;)"));
        final Condition.All all = (Condition.All) loaded.rules().get(0).condition();
        assertEquals(List.of(new Step.Amount(NumberSet.of(1).not())),
            ((BufferCondition) all.conditions().get(1)).steps());
    }

    @Test
    void shouldChangeABufferBeforeItIsAsked() {
        final List<Condition> all = Loaded.conditions("tls.sni; content:\"a\"; tls.sni; dotprefix; to_lowercase; "
            + "content:\".b\"; endswith;");
        assertEquals(List.of(), ((BufferCondition) all.get(0)).transforms());
        assertEquals(List.of(Transform.Kind.DOTPREFIX, Transform.Kind.TO_LOWERCASE),
            ((BufferCondition) all.get(1)).transforms().stream().map(Transform::kind).toList());
        assertEquals("0d 0a", ((BufferCondition) Loaded.condition("tls.sni; xor:\"0d0a\"; content:\"a\";"))
            .transforms().get(0).argument().toString());
        assertEquals(Severity.ERROR, Loaded.fault("tls.sni; content:\"a\"; to_md5;").severity());
        assertEquals(Severity.ERROR, Loaded.fault("to_md5; content:\"a\";").severity());
    }

    @Test
    void shouldShareDataSetsByName() {
        final LoadedRules loaded = Loaded.lines(
            "alert dns any any -> any any (dns.query; dataset:set,seen, type string, state seen.csv; sid:1;)",
            "alert dns any any -> any any (dns.query; dataset:isnotset,seen; sid:2;)",
            "alert dns any any -> any any (dns.query; dataset:isset,other; sid:3;)",
            "alert dns any any -> any any (dns.query; dataset:isset,seen,type md5; sid:4;)");
        assertEquals(2, loaded.rules().size());
        assertEquals(2, loaded.count(Severity.ERROR));
        final Step.InDataset first = dataset(loaded, 0);
        assertEquals(Dataset.Command.SET, first.command());
        assertEquals(first.dataset(), dataset(loaded, 1).dataset());
    }

    private static Step.InDataset dataset(final LoadedRules loaded, final int rule) {
        final Condition.All all = (Condition.All) loaded.rules().get(rule).condition();
        return (Step.InDataset) ((BufferCondition) all.conditions().get(0)).steps().get(0);
    }

    @Test
    void shouldReadVersionsAndNamesOfFiles() {
        assertEquals(new Step.Match("^(?:TLS 1\\.1|TLSv1)$", "", false, false, List.of()),
            Loaded.steps("ssl_version:tls1.1,tls1.0;").get(0));
        assertEquals("TLS 1.2",
            new String(((Step.Content) Loaded.steps("tls.version:\"1.2\";").get(0)).bytes().bytes(),
                StandardCharsets.US_ASCII));
    }

    @Test
    void shouldReadTheOldNamesOfWhatSshSays() {
        final BufferCondition version =
            (BufferCondition) Loaded.conditions("flow:to_server; ssh.protoversion:2_compat;").get(1);
        assertEquals(List.of(new Step.Match("^(?:2|1\\.99)", "", false, false, List.of())), version.steps());
        final BufferCondition software =
            (BufferCondition) Loaded.conditions("flow:to_client; ssh.softwareversion:\"x\";").get(1);
        assertEquals("ssh.server.software_version", software.buffer().fields().get(0).name());
        assertEquals(Severity.ERROR, Loaded.fault("ssh.protoversion:two;").severity());
    }

    @Test
    void shouldAskFlagsOfMqtt() {
        final List<Condition> asked = Loaded.conditions("mqtt.connect.flags:username,!clean_session;");
        assertEquals(List.of("mqtt.flags.username is 1", "mqtt.flags.clean_session is 0"), asked.stream()
            .map(condition -> (Condition.FieldNumber) condition)
            .map(flag -> flag.field() + " is " + flag.numbers().ranges().get(0).min()).toList());
        assertEquals("retain", Loaded.fault("mqtt.flags:dup,!retein;").nearest());
        assertEquals(Severity.ERROR, Loaded.fault("mqtt.connack.session_present:perhaps;").severity());
    }

    @Test
    void shouldAskDigitsInEitherCase() {
        for (final String digits : List.of("tls.cert_serial", "tls.cert_fingerprint", "ja3.hash", "ssh.hassh")) {
            final Step.Content asked = (Step.Content) Loaded.steps(digits + "; content:\"4A:4b\";").get(0);
            assertTrue(asked.noCase(), digits);
            assertEquals("4a:4b", new String(asked.bytes().bytes(), StandardCharsets.US_ASCII));
        }
    }

    @Test
    void shouldListEveryKeywordOnceWithASentence() {
        final Set<String> names = new HashSet<>();
        for (final Keyword keyword : Keywords.all()) {
            assertTrue(names.add(keyword.name()), keyword::name);
            keyword.aliases().forEach(alias -> assertTrue(names.add(alias), alias));
            assertTrue(keyword.sentence().length() > 3, keyword::name);
        }
        assertTrue(Keywords.table().contains("| `lua`, `luajit` | not | scripts are not run |"));
        assertTrue(names.containsAll(Set.of("content", "http_uri", "file_data", "lua", "dns.query", "ja3.hash")));
    }

    private static Transform transform(final String option) {
        final BufferCondition condition = (BufferCondition) Loaded.condition("http.uri; " + option
            + "; content:\"a\";");
        return condition.transforms().get(0);
    }

    @Test
    void shouldReadOptionsOfTransforms() {
        assertEquals(new Transform(Kind.FROM_BASE64, null), transform("from_base64"));
        assertEquals(new Transform(Kind.FROM_BASE64_STRICT, null, 4, 20),
            transform("from_base64:bytes 20, offset 4, mode strict"));
        assertEquals(new Transform(Kind.FROM_BASE64_LENIENT, null), transform("from_base64: mode rfc2045"));
        assertEquals(new Transform(Kind.SUBSLICE, null, 3, 0), transform("subslice:3"));
        assertEquals(new Transform(Kind.SUBSLICE, null, -10, -2), transform("subslice: -10 , -2"));
        assertEquals(new Transform(Kind.SUBSLICE_TRUNCATE, null, 1, 0), transform("subslice:1,TRUNCATE"));
        assertEquals(new Transform(Kind.SUBSLICE_TRUNCATE, null, 2, 10), transform("subslice:2, 10, truncate"));
        assertEquals(new Transform(Kind.GUNZIP, null, 0, 1024), transform("gunzip"));
        assertEquals(new Transform(Kind.ZLIB_DEFLATE, null, 0, 9), transform("zlib_deflate:max-size 9"));
        for (final String wrong : List.of("subslice:1,0", "subslice:x", "subslice:1,2,3", "subslice:1,2,truncate,4",
            "subslice", "from_base64:mode loose", "from_base64:size 3", "from_base64:bytes 0",
            "gunzip:3", "gunzip:max-size 0")) {
            assertEquals(Severity.ERROR, Loaded.fault("http.uri; " + wrong + "; content:\"a\";").severity());
        }
    }

    @Test
    void shouldSaveDataSetsBelowTheFolderOfTheirRulesAlone() {
        final Step.InDataset step = (Step.InDataset) Loaded.steps("dns.query; dataset:set,a,type string,state a/b.lst,"
            + "memcap 10kb;").get(0);
        assertTrue(step.dataset().save().isAbsolute() && step.dataset().save().endsWith(Path.of("a", "b.lst")));
        assertEquals(step.dataset().save(), step.dataset().load());
        assertEquals(10 * 1024, step.dataset().bytes());
        for (final String wrong : List.of("save ../x", "state /tmp/x", "save a/../../x", "save .", "memcap much")) {
            assertEquals(Severity.ERROR,
                Loaded.fault("dns.query; dataset:set,a,type string," + wrong + ";").severity());
        }
    }
}
