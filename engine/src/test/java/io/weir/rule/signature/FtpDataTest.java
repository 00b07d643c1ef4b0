package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Rule;
import io.weir.rule.model.Severity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rules about data connections of FTP are asked of streams that were announced. */
final class FtpDataTest {
    private static LoadedRules loaded(final String action, final String options) {
        return Loaded.lines(action + " ftp-data any any -> any any (" + options + " sid:1;)");
    }

    @Test
    void shouldAskStreamsThatWereAnnounced() {
        final Rule rule = loaded("alert", "ftpdata_command:STOR; file_data; content:\"a\";").rules().get(0);
        final AcrossFlows.Announced announced = (AcrossFlows.Announced) rule.acrossFlows().get(0);
        assertEquals("ftp-data", announced.protocol().name());
        assertEquals("stor", announced.content().value());
        assertEquals(1, loaded("alert", "content:\"a\"; flowbits:set,b;").count(Severity.NOTE));
    }

    @Test
    void shouldLeavePassesAndRulesWithoutContentToFlowsThatSayThemselvesWhatTheyAre() {
        assertEquals(0, loaded("pass", "content:\"a\";").rules().get(0).acrossFlows().size());
        assertEquals(0, loaded("alert", "flow:established;").rules().get(0).acrossFlows().size());
    }

    @Test
    void shouldAskAConnectionOnceWhichCommandItServes() {
        final Rule rule = loaded("alert", "flow:to_client; ftpdata_command:stor;").rules().get(0);
        assertEquals("stor", ((AcrossFlows.Announced) rule.acrossFlows().get(0)).content().value());
        assertEquals(Rule.Scope.FLOW, rule.scope());
        assertEquals(List.of(), rule.header().traffic().applications());
        assertEquals(Severity.UNSUPPORTED, Loaded.lines("alert tcp any any -> any any (ftpdata_command:stor; sid:1;)")
            .faults().get(0).severity());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftpdata_command:stor; ftp.command; content:\"a\";",
        "file_data; to_lowercase; content:\"a\";",
        "file_data; content:\"a\"; bsize:5;", "ftpdata_command:stor; file.name; content:\"a\";"})
    void shouldRefuseWhatTheStreamDoesNotAnswer(final String options) {
        final LoadedRules loaded = loaded("alert", options);
        assertEquals(0, loaded.rules().size());
        assertEquals(1, loaded.count(Severity.UNSUPPORTED), loaded.faults().toString());
    }

    @Test
    void shouldAskStreamsOfRulesOverWholeTransactionsToo() {
        final Rule rule = Loaded.whole("alert ftp-data any any => any any (file_data; content:\"a\"; sid:1;)");
        assertEquals(Set.of(6), rule.header().traffic().ipProtocols());
        assertEquals(List.of(), rule.header().traffic().applications());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftpdata_command:x1;", "ftpdata_command;"})
    void shouldRefuseWordsThatAreNoCommands(final String options) {
        assertEquals(1, loaded("alert", options + " content:\"a\";").count(Severity.ERROR));
    }
}
