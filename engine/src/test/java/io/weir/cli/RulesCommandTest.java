package io.weir.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.Json;
import io.weir.cli.demo.DemoCapture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(120)
class RulesCommandTest {
    private static final String FIRES = "alert http any any -> any any (msg:\"a page is asked for\"; flow:to_server; "
        + "content:\"GET\"; http_method; classtype:bad-unknown; reference:url,example.com/why; "
        + "metadata:created_at 2026_01_02; sid:1; rev:3;)";
    private static final String NEVER = "alert http any any -> any any (msg:\"never\"; flow:to_server; "
        + "content:\"GET\"; http_method; content:\"not in any request\"; http_user_agent; sid:2;)";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path directory;
    private Path capture;

    @BeforeEach
    void makeCapture() throws IOException {
        capture = directory.resolve("demo.pcapng");
        DemoCapture.write(capture);
    }

    private Path rules(final String... lines) throws IOException {
        return Files.write(directory.resolve("test.rules"), List.of(lines));
    }

    private int weir(final Object... arguments) {
        final CommandLine commandLine = Weir.commandLine();
        commandLine.setOut(new PrintWriter(out, true));
        commandLine.setErr(new PrintWriter(err, true));
        return commandLine.execute(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
    }

    @Test
    void shouldShowTheFirstFaultsOfEachFileAndHowManyMoreThereAre() throws IOException {
        final String[] wrong = new String[30];
        java.util.Arrays.fill(wrong, "alert nonsense");
        final Path first = rules(wrong);
        final Path second = Files.writeString(directory.resolve("b.rules"), "alert nonsense\n");
        assertEquals(2, weir("rules", "check", first, second));
        final List<String> lines = out.toString().lines().toList();
        assertEquals(23, lines.size(), out.toString());
        assertTrue(lines.get(19).startsWith(first + ":20:"), lines.get(19));
        assertEquals(first + ": and 10 more (error 10); --all shows them", lines.get(20));
        assertTrue(lines.get(21).startsWith(second + ":1:"), lines.get(21));
        out.getBuffer().setLength(0);
        assertEquals(2, weir("rules", "check", "--all", first, second));
        assertEquals(32, out.toString().lines().count());
        out.getBuffer().setLength(0);
        assertEquals(2, weir("rules", "check", "--json", first, second));
        assertEquals(31, out.toString().lines().count());
    }

    private List<Map<String, Object>> alerts(final Path output) throws IOException {
        try (Stream<String> lines = Files.lines(output.resolve("eve.json"))) {
            return lines.map(Json::object).filter(event -> "alert".equals(event.get("event_type"))).toList();
        }
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldWriteAlertsWithTheRuleTheTransactionAndTheFlow() throws IOException {
        final Path output = directory.resolve("out");

        assertEquals(ExitStatus.DONE, weir("read", "-o", output, "-r", rules(FIRES, NEVER), capture), err::toString);

        final List<Map<String, Object>> alerts = alerts(output);
        assertTrue(!alerts.isEmpty(), "alerts");
        final Map<String, Object> alert = (Map<String, Object>) alerts.get(0).get("alert");
        assertEquals(1, alert.get("signature_id"));
        assertEquals(3, alert.get("rev"));
        assertEquals("a page is asked for", alert.get("signature"));
        assertEquals(Map.of("created_at", List.of("2026_01_02")), alert.get("metadata"));
        assertEquals("http", alerts.get(0).get("app_proto"));
        assertEquals("to_server", alerts.get(0).get("direction"));
        assertEquals("GET", ((Map<String, Object>) alerts.get(0).get("http")).get("http_method"));
        assertTrue(alerts.get(0).containsKey("flow"));
        final long alerted;
        try (Stream<String> lines = Files.lines(output.resolve("eve.json"))) {
            alerted = lines.filter(line -> line.contains("\"alerted\":true")).count();
        }
        assertTrue(alerted > 0, "the flows say that they were alerted on");
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldNameTheClientAsTheSourceOfWhatItAsked() throws IOException {
        final Path output = directory.resolve("out");
        final Path rule = Files.writeString(directory.resolve("test.yaml"),
            "rules:\n- {id: 7, alert: asked, when: {http.method: GET}}\n");

        assertEquals(ExitStatus.DONE, weir("read", "-o", output, "-r", rule, capture), err::toString);

        final Map<String, Object> alert = alerts(output).get(0);
        final Map<String, Object> flow = (Map<String, Object>) alert.get("flow");
        assertEquals("to_server", alert.get("direction"));
        assertEquals(flow.get("src_ip"), alert.get("src_ip"));
        assertEquals(80, alert.get("dest_port"));
    }

    @Test
    @SuppressWarnings("unchecked")
    void shouldNameTheFilesOfTheSideThatMatchedAndWhoIsAttacked() throws IOException {
        final Path output = directory.resolve("out");
        final Path trace = new TcpCapture().open(40_000)
            .client(40_000, TcpCapture.ACK, 1_001, 5_001, "GET /a/b.txt HTTP/1.1\r\nHost: x\r\n\r\n")
            .server(40_000, TcpCapture.ACK, 5_001, 1_035, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")
            .close(40_000, 1_035, 5_044).write(directory.resolve("file.pcap"));

        assertEquals(ExitStatus.DONE, weir("read", "-o", output, "-r",
            rules("alert http any any -> any any (http.stat_code; content:\"200\"; target:dest_ip; sid:1;)",
                "alert http any any -> any any (http.method; content:\"GET\"; target:dest_ip; sid:2;)",
                "alert http any any -> any any (filesize:4<>6; flow:to_client; fileext:\"txt\"; sid:3;)",
                "alert http any any -> any any (filesize:>5; sid:4;)"), trace),
            err::toString);

        final Map<String, Object> request = alerts(output).get(0);
        final Map<String, Object> response = alerts(output).get(1);
        assertEquals(List.of(Map.of("filename", "/a/b.txt", "gaps", false, "state", "CLOSED", "stored", false,
            "size", 5)), response.get("files"));
        assertTrue(!request.containsKey("files"), "the client sent none");
        assertEquals(List.of(2, 1, 3), alerts(output).stream()
            .map(alert -> ((Map<String, Object>) alert.get("alert")).get("signature_id")).toList());
        final Map<String, Object> client = Map.of("ip", TcpCapture.CLIENT, "port", 40_000);
        final Map<String, Object> server = Map.of("ip", TcpCapture.SERVER, "port", 80);
        assertEquals(client, ((Map<String, Object>) request.get("alert")).get("source"));
        assertEquals(server, ((Map<String, Object>) request.get("alert")).get("target"));
        assertEquals(server, ((Map<String, Object>) response.get("alert")).get("source"));
        assertEquals(client, ((Map<String, Object>) response.get("alert")).get("target"));
    }

    @Test
    void shouldSayWhereAFileIsWrong() throws IOException {
        final Path file = rules("alert tcp any any -> any any (msg:\"x\"; contemt:\"a\"; sid:5;)", FIRES);

        assertEquals(ExitStatus.USAGE, weir("rules", "check", file));
        assertTrue(out.toString().contains(file + ":1:"), out.toString());
        assertTrue(out.toString().contains("did you mean 'content'?"), out.toString());
        assertTrue(out.toString().contains("1 of 2 rules loaded, 1 with errors"), out.toString());
    }

    @Test
    void shouldNameBitsOfFlowsThatNoRuleSets() throws IOException {
        final Path file = rules("alert tcp any any -> any any (content:\"a\"; flowbits:set,login; sid:5;)",
            "alert tcp any any -> any any (content:\"b\"; flowbits:isset,logim; sid:6;)",
            "alert tcp any any -> any any (content:\"c\"; flowbits:isset,login; flowbits:isnotset,other; sid:7;)");

        assertEquals(ExitStatus.DONE, weir("rules", "check", file));
        assertEquals(file + ":2:1: note: no rule sets the flow bit 'logim' that rule 6 asks for; "
            + "did you mean 'login'?\n3 of 3 rules loaded\n", out.toString());
    }

    @Test
    void shouldListWhatIsLoaded() throws IOException {
        assertEquals(ExitStatus.DONE, weir("rules", "list", "--json", rules(FIRES)));
        final Map<String, Object> rule = Json.object(out.toString());
        assertEquals(1, rule.get("id"));
        assertEquals("alert", rule.get("action"));
        assertEquals("a page is asked for", rule.get("message"));
    }

    @Test
    void shouldNameTheConditionThatStoppedARule() throws IOException {
        assertEquals(ExitStatus.DONE, weir("rules", "explain", 2, "-r", rules(FIRES, NEVER), capture), err::toString);

        final List<String> lines = out.toString().lines().toList();
        assertTrue(lines.get(0).startsWith("rule 2, "), lines.get(0));
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("  held  http.method: has \"GET\"")),
            out.toString());
        assertTrue(lines.stream().anyMatch(
            line -> line.startsWith("  NEVER http.user_agent: has \"not in any request\"")), out.toString());
    }

    @Test
    void shouldSayThatARuleMatches() throws IOException {
        assertEquals(ExitStatus.DONE, weir("rules", "explain", 1, "-r", rules(FIRES), capture), err::toString);
        assertTrue(out.toString().contains("the rule matches"), out.toString());
    }

    @Test
    void shouldSetTheBitsThatOtherRulesSet() throws IOException {
        final Path file = rules(
            "alert http any any -> any any (http.method; content:\"GET\"; flowbits:set,asked; noalert; sid:1;)",
            "alert http any any -> any any (http.method; content:\"GET\"; flowbits:isset,asked; sid:2;)",
            "alert http any any -> any any (http.host; content:\"nowhere\"; startswith; endswith; "
                + "flowbits:isset,asked; sid:3;)");
        assertEquals(ExitStatus.DONE, weir("rules", "explain", 2, "-r", file, capture), err::toString);
        assertTrue(out.toString().contains("the rule matches"), out.toString());

        assertEquals(ExitStatus.DONE, weir("rules", "explain", 3, "-r", file, capture), err::toString);
        assertTrue(out.toString().contains("  held  flow bit asked set"), out.toString());
        assertTrue(out.toString().endsWith("  NEVER http.host: is \"nowhere\"\n"),
            "no bytes that are not of the field: " + out);
    }

    @Test
    void shouldRefuseToExplainARuleThatIsNotLoaded() throws IOException {
        assertEquals(ExitStatus.USAGE, weir("rules", "explain", 77, "-r", rules(FIRES), capture));
        assertTrue(err.toString().startsWith("weir: no rule 77 is loaded"), err.toString());
    }

    @Test
    void shouldListKeywordsWithTheirSupport() {
        assertEquals(ExitStatus.DONE, weir("rules", "keywords"));
        assertTrue(out.toString().lines().anyMatch(line -> line.startsWith("content ") && line.contains("supported")),
            out.toString());
    }

    @Test
    void shouldSayThatAListOfARuleCannotBeUsed() throws IOException {
        Files.writeString(directory.resolve("sha1.txt"), "da39a3ee5e6b4b0d3255bfef95601890afd80709\n");
        final Path file = rules(FIRES,
            "alert http any any -> any any (msg:\"of another kind\"; filemd5:sha1.txt; sid:3;)");
        final String fault = file + ":2:1: error: rule 3 is left out: " + directory.resolve("sha1.txt") + ":1: "
            + "40 hexadecimal digits are no MD5, which has 32: a list of SHA1 is asked by filesha1";

        assertEquals(ExitStatus.USAGE, weir("rules", "check", file));
        assertTrue(out.toString().contains(fault), out::toString);
        assertTrue(out.toString().contains("1 of 2 rules loaded, 1 with errors"), out::toString);

        assertEquals(ExitStatus.USAGE, weir("rules", "explain", "3", "-r", file, capture));
        assertTrue(err.toString().contains(fault), err::toString);
    }
}
