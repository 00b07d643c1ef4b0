package io.weir.rule.match;

import static io.weir.rule.TestContent.content;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.packet.Network;
import io.weir.rule.model.AddressSet;
import io.weir.rule.model.Dataset;
import io.weir.rule.model.Literal;
import io.weir.rule.model.NumberSet;
import io.weir.rule.model.Step;
import io.weir.rule.model.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Steps, each kind with the bytes it must hold for and those it must not. */
final class StepTest {
    private final Matching matching = new Matching();

    private boolean holds(final byte[] bytes, final long base, final Step... steps) {
        final StepCode code = StepChain.of(List.of(steps), new HashMap<>(), dataset -> {
            final ValueSet values = new ValueSet(0);
            values.add("member".getBytes(StandardCharsets.ISO_8859_1));
            return values;
        }, new Expressions());
        matching.begin();
        return code.matches(matching, new Input().wrap(bytes, 0, bytes.length, base));
    }

    private boolean holds(final String text, final Step... steps) {
        return holds(text.getBytes(StandardCharsets.ISO_8859_1), 0, steps);
    }

    @Test
    void shouldMeasureEntropy() {
        final byte[] each = new byte[256];
        for (int i = 0; i < each.length; i++) {
            each[i] = (byte) i;
        }
        assertTrue(holds(each, 0, new Step.Entropy(0, 0, 8, 8, false)));
        assertTrue(holds("aaaa", new Step.Entropy(0, 0, 0, 0, false)));
        assertTrue(holds("aabb", new Step.Entropy(0, 0, 1, 1, false)));
        assertFalse(holds("aabb", new Step.Entropy(0, 0, 1, 1, true)));
        assertTrue(holds("xaabcy", new Step.Entropy(1, 4, 1.5, 1.5, false)));
        assertTrue(holds("aabb", new Step.Entropy(2, 0, 0, 0, false)));
        // there are not so many bytes
        assertFalse(holds("aabb", new Step.Entropy(1, 4, 0, 8, false)));
        assertFalse(holds("aabb", new Step.Entropy(4, 0, 0, 8, false)));
        assertFalse(holds("", new Step.Entropy(0, 0, 0, 8, true)));
    }

    private static byte[] hex(final String digits) {
        return HexFormat.of().parseHex(digits.replace(" ", ""));
    }

    private static Step.Reading binary(final int bytes, final long offset, final boolean relative) {
        return new Step.Reading(Value.of(bytes), Value.of(offset), relative, 0, false, false, -1);
    }

    private static Step.Reading digits(final int bytes, final long offset, final int base) {
        return new Step.Reading(Value.of(bytes), Value.of(offset), false, base, false, false, -1);
    }

    private static Step.ByteTest test(final Step.Reading reading, final Step.Operator operator, final long value) {
        return new Step.ByteTest(reading, false, operator, Value.of(value));
    }

    @Test
    void shouldFindContentWithinItsBounds() {
        final Step.Content plain = content("abc").step();
        assertTrue(holds("xxabc", plain));
        assertFalse(holds("xxab", plain));
        assertFalse(holds("xxABC", plain));
        assertTrue(holds("xxABC", content("abc").nocase().step()));
        assertTrue(holds("123 ABC[", content("c[").nocase().step()));
        assertFalse(holds("123 {C{", content("c[").nocase().step()), "a bracket and a brace differ in the case bit");
        assertTrue(holds("xxabc", content("abc").offset(2).depth(3).step()));
        assertFalse(holds("xxxabc", content("abc").offset(2).depth(3).step()));
        assertFalse(holds("xabcx", content("abc").offset(2).step()));
        assertTrue(holds("abcx", content("abc").startsWith().step()));
        assertFalse(holds("xabc", content("abc").startsWith().step()));
        assertTrue(holds("abcabc", content("abc").endsWith().step()));
        assertFalse(holds("abcx", content("abc").endsWith().step()));
        assertTrue(holds("abc", content("abc").startsWith().endsWith().step()));
        assertFalse(holds("abcabc", content("abc").startsWith().endsWith().step()));
        assertFalse(holds("ab", content("abc").endsWith().step()));
        assertFalse(holds("", content("a").step()));
    }

    @Test
    void shouldFindRareBytesFarIntoLongInput() {
        final String filler = "e".repeat(1000);
        for (int before = 0; before < 20; before++) {
            assertTrue(holds("x".repeat(before) + filler + "q~needle", content("e q~N".substring(2)).nocase().step()));
            assertFalse(holds("x".repeat(before) + filler + "q~eedle", content("q~n").step()));
        }
    }

    @Test
    void shouldBindContentToTheOneBefore() {
        final Step first = content("ab").step();
        assertTrue(holds("ab-cd", first, content("cd").distance(1).step()));
        assertFalse(holds("abcd", first, content("cd").distance(1).step()));
        assertTrue(holds("abxcd", first, content("cd").distance(0).within(3).step()));
        assertFalse(holds("abxxcd", first, content("cd").distance(0).within(3).step()));
        assertTrue(holds("cdab", first, content("cd").distance(-4).step()));
        assertTrue(holds("cdab", first, content("cd").distance(-40).step()), "no further than the beginning");
        assertFalse(holds("cdab", first, content("cd").distance(0).step()));
        assertTrue(holds("cdab", first, content("cd").step()), "not bound");
    }

    @Test
    void shouldLookFurtherForWhatALaterStepNeeds() {
        assertTrue(holds("ab x ab y", content("ab").step(), content("y").distance(1).within(1).step()));
        assertTrue(holds("a b a.b a.b.c", content("a").step(), content("b").distance(1).within(1).step(),
            content("c").distance(1).within(1).step()));
        assertFalse(holds("a b a.b a.b c", content("a").step(), content(".b").distance(0).within(2).step(),
            content(".c").distance(0).within(2).step()));
        assertTrue(holds("len 1 len 2", content("len ").step(), test(digitsAtPlace(), Step.Operator.EQUAL, 2)));
    }

    private static Step.Reading digitsAtPlace() {
        return new Step.Reading(Value.of(1), Value.of(0), true, 10, false, false, -1);
    }

    @Test
    void shouldHoldWhereNegatedContentIsAbsent() {
        assertTrue(holds("abc", content("x").not().step()));
        assertFalse(holds("abx", content("x").not().step()));
        assertTrue(holds("abcx", content("ab").step(), content("x").not().distance(0).within(1).step()));
        assertFalse(holds("abx", content("ab").step(), content("x").not().distance(0).within(1).step()));
        assertTrue(holds("abx abc", content("ab").step(), content("x").not().distance(0).within(1).step()),
            "the second one");
        assertTrue(holds("ab", content("abc").not().endsWith().step()));
        assertFalse(holds("xabc", content("abc").not().endsWith().step()));
        assertTrue(holds("a", content("a").not().offset(5).step()), "beyond the end");
    }

    @Test
    void shouldAskWhetherThereIsMore() {
        final Step ab = content("ab").step();
        assertTrue(holds("abc", new Step.IsDataAt(Value.of(2), false, false)));
        assertFalse(holds("ab", new Step.IsDataAt(Value.of(2), false, false)));
        assertTrue(holds("abc", ab, new Step.IsDataAt(Value.of(1), true, false)));
        assertFalse(holds("ab", ab, new Step.IsDataAt(Value.of(1), true, false)));
        assertTrue(holds("ab", ab, new Step.IsDataAt(Value.of(1), true, true)));
        assertTrue(holds("abc ab", ab, new Step.IsDataAt(Value.of(1), true, true)), "the last one");
    }

    @Test
    void shouldCompareNumbers() {
        final byte[] bytes = hex("00 01 02 ff 80");
        assertTrue(holds(bytes, 0, test(binary(2, 1, false), Step.Operator.EQUAL, 0x0102)));
        assertTrue(holds(bytes, 0, test(binary(1, 3, false), Step.Operator.GREATER, 0xfe)));
        assertTrue(holds(bytes, 0, test(binary(1, 4, false), Step.Operator.AND, 0xc0)));
        assertFalse(holds(bytes, 0, test(binary(1, 4, false), Step.Operator.AND, 0x40)));
        assertFalse(holds(bytes, 0, test(binary(2, 4, false), Step.Operator.GREATER_OR_EQUAL, 0)), "cut off");
        assertFalse(holds(bytes, 0, new Step.ByteTest(binary(2, 4, false), true, Step.Operator.EQUAL, Value.of(0))),
            "cut off, negated or not");
        assertTrue(holds(bytes, 0, test(new Step.Reading(Value.of(2), Value.of(1), false, 0, true, false, -1),
            Step.Operator.EQUAL, 0x0201)));
        assertTrue(holds(bytes, 0, test(new Step.Reading(Value.of(2), Value.of(2), false, 0, false, false, 0xff0),
            Step.Operator.EQUAL, 0x2f)), "masked and shifted");
        assertTrue(holds("x1234y", test(digits(4, 1, 10), Step.Operator.EQUAL, 1234)));
        assertTrue(holds("x0x1fy", test(digits(6, 1, 16), Step.Operator.EQUAL, 0x1f)));
        assertTrue(holds("x 17 y", test(digits(6, 1, 8), Step.Operator.EQUAL, 15)));
        assertFalse(holds("xyz", test(digits(2, 1, 10), Step.Operator.GREATER_OR_EQUAL, 0)));
    }

    @Test
    void shouldJumpByNumbers() {
        final Step.ByteJump jump = new Step.ByteJump(binary(1, 0, false), 1, false, Step.JumpFrom.READING, null);
        assertTrue(holds(hex("02 00 00 61"), 0, jump, content("a").distance(0).within(1).step()));
        assertFalse(holds(hex("01 00 00 61"), 0, jump, content("a").distance(0).within(1).step()));
        assertFalse(holds(hex("09 00 00 61"), 0, jump), "beyond the end");
        final Step.ByteJump aligned = new Step.ByteJump(binary(1, 0, false), 1, true, Step.JumpFrom.BEGINNING, null);
        assertTrue(holds(hex("03 00 00 00 61"), 0, aligned, content("a").distance(0).within(1).step()));
        final Step.ByteJump back =
            new Step.ByteJump(binary(1, 0, false), 1, false, Step.JumpFrom.END, Value.of(-3));
        assertTrue(holds(hex("02 00 00 61"), 0, back, content("a").distance(0).within(1).step()));
        final Step.ByteJump far = new Step.ByteJump(binary(8, 0, false), 1 << 30, false, Step.JumpFrom.READING, null);
        assertFalse(holds(hex("00 00 00 01 00 00 00 04 00 00 61"), 0, far), "no coming round");
    }

    @Test
    void shouldKeepNumbersAsVariables() {
        final Step.ByteExtract extract = new Step.ByteExtract(binary(1, 0, false), 1, 0, "at");
        assertTrue(holds(hex("03 00 00 61"), 0, extract, content("a").offset("at").step()));
        assertFalse(holds(hex("04 00 00 61"), 0, extract, content("a").offset("at").step()));
        final Step.ByteMath math = new Step.ByteMath(binary(1, 0, false), '*', Value.of(3), "thrice");
        assertTrue(holds(hex("01 00 00 61"), 0, math, content("a").offset("thrice").step()));
        assertFalse(holds(hex("01"), 0, new Step.ByteMath(binary(1, 0, false), '/', Value.of(0), "x")));
    }

    @Test
    void shouldMatchExpressions() {
        assertTrue(holds("user=root", new Step.Match("user=r\\w+$", "", false, false, List.of())));
        assertFalse(holds("user=guest", new Step.Match("user=r\\w+$", "", false, false, List.of())));
        assertTrue(holds("user=guest", new Step.Match("user=r", "", true, false, List.of())));
        assertTrue(holds("id: 77", content("id: ").step(), new Step.Match("^\\d+", "", false, true, List.of())));
        assertFalse(holds("id: x77", content("id: ").step(), new Step.Match("^\\d+", "", false, true, List.of())));
        assertTrue(holds("id: x id: 7", content("id: ").step(), new Step.Match("^\\d", "", false, true, List.of())),
            "the second one");
        assertTrue(holds("a1b a2c", new Step.Match("a\\d", "", false, false, List.of()),
            content("c").distance(0).within(1).step()), "the expression is looked for again");
    }

    @Test
    void shouldAskLengthsAmountsSetsAndNetworks() {
        assertTrue(holds("abc", new Step.Length(NumberSet.between(2, 3))));
        assertFalse(holds("abcd", new Step.Length(NumberSet.between(2, 3))));
        assertTrue(holds("200", new Step.Amount(NumberSet.between(200, 299))));
        assertFalse(holds("20x", new Step.Amount(NumberSet.between(0, 299))));
        final Dataset set = new Dataset("names", Dataset.Type.STRING, null, null, 0, 1000);
        assertTrue(holds("member", new Step.InDataset(set, Dataset.Command.IS_SET)));
        assertFalse(holds("other", new Step.InDataset(set, Dataset.Command.IS_SET)));
        assertTrue(holds("other", new Step.InDataset(set, Dataset.Command.IS_NOT_SET)));
        assertTrue(holds("other", new Step.InDataset(set, Dataset.Command.SET)));
        assertFalse(holds("member", new Step.InDataset(set, Dataset.Command.SET)));
        final Step network = new Step.InNetwork(AddressSet.of(
            List.of(Network.parse("10.0.0.0/8"), Network.parse("2001:db8::/32")), List.of()));
        assertTrue(holds("10.1.2.3", network));
        assertFalse(holds("11.1.2.3", network));
        assertFalse(holds("10.1.2", network));
        assertTrue(holds(hex("0a 01 02 03"), 0, network));
        assertTrue(holds("2001:db8::17", network));
        assertTrue(holds("2001:DB8:0:0:0:0:0:1", network));
        assertFalse(holds("2001:db9::17", network));
        assertFalse(holds("2001:db8:::1", network));
        assertTrue(holds(hex("20010db8 00000000 00000000 00000001"), 0, network));
    }

    @Test
    void shouldAskWhatItDecodes() {
        final Step decode = new Step.DecodeBase64(null, Value.of(1), true);
        assertTrue(holds("Basic cm9vdDpyb290", content("Basic").step(), decode, content("root:").startsWith().step()));
        assertFalse(holds("Basic Z3Vlc3Q6", content("Basic").step(), decode, content("root:").step()));
    }

    @Test
    void shouldCountPlacesFromTheBeginningOfTheStream() {
        final byte[] bytes = "abc".getBytes(StandardCharsets.ISO_8859_1);
        assertTrue(holds(bytes, 100, content("abc").offset(100).depth(3).step()));
        assertFalse(holds(bytes, 100, content("abc").offset(101).step()));
        assertFalse(holds(bytes, 100, content("abc").depth(50).step()));
        assertFalse(holds(bytes, 100, content("abc").startsWith().step()));
        assertFalse(holds(bytes, 100, new Step.Match("^abc", "", false, false, List.of())));
        assertTrue(holds(bytes, 100, test(binary(1, 101, false), Step.Operator.EQUAL, 'b')));
        assertFalse(holds(bytes, 100, test(binary(1, 1, false), Step.Operator.GREATER_OR_EQUAL, 0)));
    }

    @Test
    void shouldGiveUpWhereThereAreTooManyWays() {
        final String many = "a".repeat(3000);
        final Step[] steps = new Step[6];
        steps[0] = content("a").step();
        for (int i = 1; i < steps.length - 1; i++) {
            steps[i] = content("a").distance(0).step();
        }
        steps[steps.length - 1] = content("b").distance(0).step();
        assertFalse(holds(many, steps));
        assertTrue(matching.isExhausted());
        assertFalse(holds("aab", steps));
        assertFalse(matching.isExhausted());
    }

    @Test
    void shouldRefuseTooManyVariables() {
        final Step[] steps = new Step[Matching.VARIABLES + 1];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = new Step.ByteExtract(binary(1, 0, false), 1, 0, "v" + i);
        }
        assertThrows(IllegalArgumentException.class, () -> holds("abc", steps));
    }

    @Test
    void shouldFindValuesAgainAfterOthersWereTakenOut() {
        final ValueSet values = new ValueSet(0);
        values.mutable();
        for (int i = 0; i < 500; i++) {
            assertTrue(values.add(Integer.toString(i).getBytes(StandardCharsets.ISO_8859_1)));
        }
        for (int i = 0; i < 500; i += 2) {
            assertTrue(values.ask(input(i), Dataset.Command.UNSET));
        }
        for (int i = 0; i < 500; i++) {
            assertEquals(i % 2 == 1, values.ask(input(i), Dataset.Command.IS_SET), "value " + i);
        }
        assertEquals(250, values.size());
    }

    private static Input input(final int number) {
        final byte[] bytes = Integer.toString(number).getBytes(StandardCharsets.ISO_8859_1);
        return new Input().wrap(bytes, 0, bytes.length);
    }

    @Test
    void shouldLookValuesUpInListsAndDomainsWithWhatIsUnderThem() {
        final Set<Literal> values = Set.of(
            Literal.of("a.example".getBytes(StandardCharsets.ISO_8859_1)),
            Literal.of("b.example".getBytes(StandardCharsets.ISO_8859_1)));
        assertTrue(holds("a.example", new Step.OneOf(values, false)));
        assertFalse(holds("x.a.example", new Step.OneOf(values, false)));
        assertTrue(holds("x.y.a.example", new Step.OneOf(values, true)));
        assertFalse(holds("xa.example", new Step.OneOf(values, true)));
        assertFalse(holds("a.example.", new Step.OneOf(values, true)));
        assertFalse(holds("", new Step.OneOf(values, true)));
    }
}
