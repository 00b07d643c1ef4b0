package io.weir.rule.alert;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.Network;
import io.weir.protocol.Field;
import io.weir.protocol.catalogue.Protocols;
import io.weir.rule.model.AcrossFlows.Count;
import io.weir.rule.model.AcrossFlows.DetectionFilter;
import io.weir.rule.model.AcrossFlows.FirstSeen;
import io.weir.rule.model.AcrossFlows.HostBit;
import io.weir.rule.model.AcrossFlows.Suppression;
import io.weir.rule.model.AcrossFlows.Threshold;
import io.weir.rule.model.AcrossFlows;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Rule;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DecisionsTest {
    private static final AcrossFlows.Key.Part SOURCE = AcrossFlows.Key.Part.SOURCE;
    private static final AcrossFlows.Key.Part DESTINATION = AcrossFlows.Key.Part.DESTINATION;
    private static final AcrossFlows.Key.Part BOTH = AcrossFlows.Key.Part.BOTH;
    private static final Field HOST =
        Protocols.fields().stream().filter(field -> field.name().equals("http.host")).findFirst().orElseThrow();

    private final Decisions decisions = new Decisions(1024, 99);

    private String decide(final Rule rule, final Match... matches) {
        final StringBuilder answers = new StringBuilder();
        for (final Match match : matches) {
            answers.append(decisions.decide(rule, match.event()) ? 'A' : '-');
        }
        return answers.toString();
    }

    private static Match[] everySecond(final int count) {
        final Match[] matches = new Match[count];
        for (int i = 0; i < count; i++) {
            matches[i] = Match.at(i + 1);
        }
        return matches;
    }

    @Test
    void shouldAlertOnTheFirstMatchesOfEachIntervalWithALimit() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.LIMIT, SOURCE, 2, 5));

        assertEquals("AA---AA---", decide(rule, everySecond(10)));
    }

    @Test
    void shouldAlertOnEachNthMatchWithAThreshold() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.THRESHOLD, SOURCE, 3, 60));

        assertEquals("--A--A-", decide(rule, everySecond(7)));
    }

    @Test
    void shouldAlertOnceForEachIntervalWithBoth() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.BOTH, SOURCE, 2, 5));

        assertEquals("-A----A---", decide(rule, everySecond(10)));
    }

    @Test
    void shouldCountForAsLongAsThereAreMatchesWithoutAnInterval() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.LIMIT, SOURCE, 2, 0));

        assertEquals("AA---", decide(rule, Match.at(1), Match.at(3000), Match.at(6000), Match.at(9000),
            Match.at(12_000)));
        assertEquals("AA-", decide(rule, Match.at(15_601), Match.at(15_602), Match.at(15_603)));
        assertEquals("--A--A", decide(Match.rule(2, new Threshold(Threshold.Type.THRESHOLD, SOURCE, 3, 0)),
            everySecond(6)));
        assertEquals("--A---", decide(Match.rule(3, new Threshold(Threshold.Type.BOTH, SOURCE, 3, 0)),
            everySecond(6)));
    }

    @Test
    void shouldAlertMoreSeldomEachTimeWithBackoff() {
        final Rule rule = Match.rule(1, new AcrossFlows.Backoff(SOURCE, 2, 3));

        assertEquals("-A---A-----------A--", decide(rule, everySecond(20)));
        assertEquals("A---", decide(Match.rule(2, new AcrossFlows.Backoff(SOURCE, 1, 1)), everySecond(4)));
    }

    @Test
    void shouldAlertBeyondTheCountWithADetectionFilter() {
        final Rule rule = Match.rule(1, new DetectionFilter(SOURCE, 2, 60));

        assertEquals("--AAA", decide(rule, everySecond(5)));
    }

    @Test
    void shouldCountDistinctPortsWithADetectionFilter() {
        final AcrossFlows.Key.Part port = AcrossFlows.Key.Part.SOURCE_PORT;
        final Rule rule = Match.rule(1, new DetectionFilter(SOURCE, port, 2, 10));

        assertEquals("---A-AA", decide(rule, Match.at(1).port(5), Match.at(2).port(5), Match.at(3).port(6),
            Match.at(4).port(7), Match.at(4).from(3).port(8), Match.at(5).port(5), Match.at(6).port(9)));
        // the interval is over, and with it what was seen
        assertEquals("---A", decide(rule, Match.at(12).port(5), Match.at(13).port(6), Match.at(14).port(6),
            Match.at(15).port(7)));
        final Rule destination = Match.rule(2, new DetectionFilter(SOURCE, AcrossFlows.Key.Part.DESTINATION_PORT, 1,
            10));
        assertEquals("--A", decide(destination, Match.at(1).port(5), Match.at(2).port(6),
            Match.at(3).toPort(7).answered().from(1).to(2)));
    }

    @Test
    void shouldCountEachHostByItself() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.LIMIT, SOURCE, 1, 60));

        assertEquals("AA-A", decide(rule, Match.at(1).from(1), Match.at(2).from(2), Match.at(3).from(1).to(9),
            Match.at(4).from(3)));
    }

    @Test
    void shouldTakeTheSenderOfWhatMatchedForTheSource() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.LIMIT, SOURCE, 1, 60));

        assertEquals("A-A", decide(rule, Match.at(1).from(1).to(2), Match.at(2).from(1).to(3).answered(),
            Match.at(3).from(2).to(1)));
    }

    @Test
    void shouldNotTellTheDirectionsOfAPairApart() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.LIMIT, BOTH, 1, 60));

        assertEquals("A-A", decide(rule, Match.at(1).from(1).to(2), Match.at(2).from(2).to(1),
            Match.at(3).from(1).to(3)));
    }

    @Test
    void shouldCountMatchesOfEachRuleByThemselves() {
        final Threshold once = new Threshold(Threshold.Type.LIMIT, SOURCE, 1, 60);

        assertEquals("A", decide(Match.rule(1, once), Match.at(1)));
        assertEquals("A", decide(Match.rule(2, once), Match.at(1)));
    }

    @Test
    void shouldAlertAtTheNthDistinctValueOfAField() {
        final Rule rule = Match.rule(1, new Count(List.of(SOURCE), new AcrossFlows.Key.OfField(HOST), 3, 60));

        assertEquals("----A-", decide(rule, Match.at(1).with(HOST, "a"), Match.at(2).with(HOST, "b"),
            Match.at(3).with(HOST, "a"), Match.at(4).with(HOST, "b"), Match.at(5).with(HOST, "c"),
            Match.at(6).with(HOST, "d")));
    }

    @Test
    void shouldNotCountMatchesThatLackTheField() {
        final Rule rule = Match.rule(1, new Count(List.of(new AcrossFlows.Key.OfField(HOST)), null, 2, 60));

        assertEquals("---A", decide(rule, Match.at(1), Match.at(2), Match.at(3).with(HOST, "a"),
            Match.at(4).with(HOST, "a")));
    }

    @Test
    void shouldAlertOnWhatWasNotSeenForAWhile() {
        final Rule rule = Match.rule(1, new FirstSeen(List.of(SOURCE), 10));

        assertEquals("A--A", decide(rule, Match.at(1), Match.at(5), Match.at(14), Match.at(25)));
    }

    @Test
    void shouldLetOneRuleSetABitThatAnotherAsksFor() {
        final Rule setting = Match.rule(1, new HostBit("seen", SOURCE, HostBit.Command.SET, 10));
        final Rule asking = Match.rule(2, new HostBit("seen", DESTINATION, HostBit.Command.IS_SET, 10));

        assertEquals("-", decide(asking, Match.at(1).to(5)));
        assertEquals("A", decide(setting, Match.at(2).from(5)));
        assertEquals("A-", decide(asking, Match.at(3).from(8).to(5), Match.at(4).to(6)));
        assertEquals("-", decide(asking, Match.at(13).to(5)), "expired");
    }

    @Test
    void shouldSetNoBitWhereAConditionDoesNotHold() {
        final Rule rule = Match.rule(1, new HostBit("b", SOURCE, HostBit.Command.SET, 10),
            new HostBit("a", SOURCE, HostBit.Command.IS_SET, 10));

        assertEquals("-", decide(rule, Match.at(1)));
        assertEquals("-", decide(Match.rule(2, new HostBit("b", SOURCE, HostBit.Command.IS_SET, 10)), Match.at(2)));
    }

    @Test
    void shouldLeaveOutAddressesNobodyWantsAlertsOf() {
        final AddressSet quiet = AddressSet.of(List.of(Network.parse("0.0.0.8/29")), List.of());

        assertEquals("-A", decide(Match.rule(1, new Suppression(SOURCE, quiet)), Match.at(1).from(9),
            Match.at(2).to(9)));
        assertEquals("--A", decide(Match.rule(2, new Suppression(BOTH, quiet)), Match.at(1).from(9), Match.at(2).to(9),
            Match.at(3)));
    }

    @Test
    void shouldKeepItsMemoryWhateverComes() {
        final Rule rule = Match.rule(1, new Threshold(Threshold.Type.LIMIT, SOURCE, 1, 1_000_000));
        for (int host = 0; host < 100_000; host++) {
            assertTrue(decisions.decide(rule, Match.at(1).from(host).event()));
        }

        assertTrue(decisions.forgotten() > 90_000);
        assertFalse(decisions.decide(rule, Match.at(2).from(99_999).event()), "the newest is known");
    }
}
