package io.weir.rule.signature;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.weir.rule.model.Condition.BufferCondition;
import io.weir.rule.model.Condition;
import io.weir.rule.model.LoadedRules;
import io.weir.rule.model.Severity;
import io.weir.rule.model.Step.Reading;
import io.weir.rule.model.Step;
import io.weir.rule.model.Value;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of the traffic: what the smallest rules are read as. */
final class ByteKeywordsTest {
    private static Reading binary(final long bytes, final long offset) {
        return new Reading(Value.of(bytes), Value.of(offset), false, 0, false, false, -1);
    }

    @Test
    void shouldReadTests() {
        assertEquals(new Step.ByteTest(binary(4, 8), false, Step.Operator.GREATER, Value.of(1000)),
            Loaded.steps("byte_test:4,>,1000,8;").get(0));
        assertEquals(new Step.ByteTest(new Reading(Value.of(2), Value.of(0), true, 0, true, false, 0xf8), true,
            Step.Operator.EQUAL, Value.of(0x90)),
            Loaded.steps("byte_test:2,!=,0x90,0,relative,little,bitmask 0xf8;").get(0));
        assertEquals(new Step.ByteTest(new Reading(Value.of(3), Value.of(-2), true, 10, false, false, -1), false,
            Step.Operator.AND, Value.of(7)), Loaded.steps("byte_test:3,&,7,-2,relative,string,dec;").get(0));
    }

    @Test
    void shouldReadJumps() {
        assertEquals(new Step.ByteJump(binary(2, 0), 4, true, Step.JumpFrom.BEGINNING, Value.of(-3)),
            Loaded.steps("byte_jump:2,0,multiplier 4,align,from_beginning,post_offset -3;").get(0));
    }

    @Test
    void shouldUseWhatWasReadBefore() {
        final List<Step> steps =
            Loaded.steps("byte_extract:1,2,size; content:\"a\"; offset:size; byte_math:bytes 2, offset 0, oper *, "
                + "rvalue size, result area; byte_test:1,=,area,0;");
        assertEquals(new Step.ByteExtract(binary(1, 2), 1, 0, "size"), steps.get(0));
        assertEquals(Value.of("size"), ((Step.Content) steps.get(1)).offset());
        assertEquals(new Step.ByteMath(binary(2, 0), '*', Value.of("size"), "area"), steps.get(2));
        assertEquals(Value.of("area"), ((Step.ByteTest) steps.get(3)).value());
    }

    @Test
    void shouldAskDecodedBytesBehindTheDecoder() {
        final List<Condition> all = Loaded.conditions("content:\"a\"; base64_decode:bytes 8, offset 2, relative; "
            + "base64_data; content:\"b\"; pkt_data; content:\"c\";");
        assertEquals(3, ((BufferCondition) all.get(0)).steps().size());
        assertEquals(new Step.DecodeBase64(Value.of(8), Value.of(2), true),
            ((BufferCondition) all.get(0)).steps().get(1));
        assertEquals(1, ((BufferCondition) all.get(1)).steps().size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"byte_test:4,>,1;", "byte_test:4,~,1,0;", "byte_test:9,>,1,0;", "byte_test:4,>,big,0;",
        "byte_jump:4,0,sideways;", "byte_extract:1,0,4;", "byte_math:bytes 1, offset 0, oper /, rvalue 0, result r;",
        "byte_math:bytes 1, oper +, rvalue 1, result r;", "base64_data; content:\"a\";"})
    void shouldSayWhatIsWrong(final String options) {
        final LoadedRules loaded = Loaded.lines("alert tcp any any -> any any (" + options + " sid:1;)");
        assertEquals(List.of(), loaded.rules());
        assertTrue(loaded.faults().stream().allMatch(fault -> fault.severity() == Severity.ERROR));
    }
}
