package io.weir.reassembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Which bytes each host keeps. Models and test sequences are of Shankar and Paxson, "Active Mapping: Resisting NIDS
 * Evasion Without Altering Traffic" (2003); Novak, "Target-Based Fragmentation Reassembly" (2005); Novak and Sturges,
 * "Target-Based TCP Stream Reassembly" (2007). What the longer sequence of the latter two comes to is stated as the
 * tests of Snort and Suricata, which implement them, expect it.
 */
class OverlapPolicyTest {
    /** Bytes per unit of a sequence; at 700 a segment of three units takes more than one chunk. */
    private static final int[] UNITS = {1, 8, 700};
    private static final int[] BASES = {0, 1, -1, -11, Integer.MAX_VALUE - 5};

    /** Start and end of the new copy against an old one of 10 to 20, in the order of the columns below. */
    private static final int[][] SHAPES = {
        {5, 15}, {5, 20}, {5, 25},
        {10, 15}, {10, 20}, {10, 25},
        {13, 17}, {13, 20}, {13, 25}};

    /** Shankar and Paxson: place, length and name of fragments in order of arrival, in units of 8 bytes. */
    private static final String ACTIVE_MAPPING = "0 3 1, 4 2 2, 6 3 3, 1 4 4, 6 3 5, 9 3 6";

    /** Novak, and Novak and Sturges: the same shapes for fragments, in units of 8 bytes, and segments, of one byte. */
    private static final String TARGET_BASED = "0 3 A, 4 2 B, 6 3 C, 10 1 D, 13 2 E, 15 3 F, 18 2 G, 20 2 H, 22 1 I, "
        + "1 4 J, 6 3 K, 9 3 L, 12 3 M, 16 1 N, 19 1 O, 20 1 P, 22 2 Q";

    /**
     * Each shape by itself; o: the old copy is kept, n: the new one. Columns: the new copy starts before, with, after
     * the old one; within them it ends before, with, after it.
     */
    @ParameterizedTest
    @CsvSource({
        "FIRST,         ooo ooo ooo",
        "LAST,          nnn nnn nnn",
        "BSD,           nnn ooo ooo",
        "BSD_RIGHT,     onn onn oon",
        "LINUX,         nnn nnn ooo",
        "OLD_LINUX,     nnn nnn ooo",
        "WINDOWS,       oon ooo ooo",
        "WINDOWS_VISTA, oon ooo ooo",
        "SOLARIS,       onn ooo ooo",
        "MACOS,         ooo ooo ooo",
        "IRIX,          nnn ooo ooo",
        "HPUX10,        nnn ooo ooo",
        "HPUX11,        ooo ooo ooo"})
    void shouldKeepTheCopyOfAnOverlappingFragmentThatTheHostKeeps(final OverlapPolicy policy, final String kept) {
        for (int i = 0; i < SHAPES.length; i++) {
            assertShape(policy.fragmentRule(), SHAPES[i], kept.replace(" ", "").charAt(i));
        }
    }

    /**
     * The same for segments. Suricata has IRIX and HP-UX 10 keep the old copy of two that start together; Snort, whose
     * authors wrote the paper, has them keep the longer one, as here. Of two equal segments, Snort has Solaris and
     * HP-UX 11 keep the old one where something waits further left but not just before; else the new one, as here.
     */
    @ParameterizedTest
    @CsvSource({
        "FIRST,         ooo ooo ooo",
        "LAST,          nnn nnn nnn",
        "BSD,           nnn ooo ooo",
        "BSD_RIGHT,     nnn ooo ooo",
        "LINUX,         nnn oon ooo",
        "OLD_LINUX,     nnn onn ooo",
        "WINDOWS,       nnn ooo ooo",
        "WINDOWS_VISTA, ooo ooo ooo",
        "SOLARIS,       onn onn oon",
        "MACOS,         nnn ooo ooo",
        "IRIX,          nnn oon ooo",
        "HPUX10,        nnn oon ooo",
        "HPUX11,        onn onn oon"})
    void shouldKeepTheCopyOfAnOverlappingSegmentThatTheHostKeeps(final OverlapPolicy policy, final String kept) {
        for (int i = 0; i < SHAPES.length; i++) {
            assertShape(policy.segmentRule(), SHAPES[i], kept.replace(" ", "").charAt(i));
        }
    }

    /** Shankar and Paxson's table of results, by the policies that the paper names. */
    @ParameterizedTest
    @CsvSource({
        "BSD,       111442333666",
        "BSD_RIGHT, 144422555666",
        "LINUX,     111442555666",
        "FIRST,     111422333666",
        "LAST,      144442555666"})
    void shouldReassembleTheFragmentsOfActiveMappingAsPublished(final OverlapPolicy policy, final String result) {
        assertSequence(ACTIVE_MAPPING, policy, OverlapPolicy::fragmentRule, result);
    }

    /** Results of Novak's sequence. For BSD_RIGHT, which few tools know, as Snort resolves them. */
    @ParameterizedTest
    @CsvSource({
        "FIRST,     AAAJBBCCCLDLMEEFFFGGHHIQ",
        "LAST,      AJJJJBKKKLLLMMMFNFGOPHQQ",
        "BSD,       AAAJJBCCCLLLMMMFFFGGHHIQ",
        "BSD_RIGHT, AJJJBBKKKLLLMMMFFFGGHHQQ",
        "LINUX,     AAAJJBKKKLLLMMMFFFGGPHQQ",
        "WINDOWS,   AAAJBBCCCLLLMEEFFFGGHHIQ",
        "SOLARIS,   AAAJBBCCCLLLMMMFFFGGHHIQ"})
    void shouldReassembleTheFragmentsOfTheTargetBasedModel(final OverlapPolicy policy, final String result) {
        assertSequence(TARGET_BASED, policy, OverlapPolicy::fragmentRule, result);
    }

    /** Results of Novak and Sturges' sequence. */
    @ParameterizedTest
    @CsvSource({
        "FIRST,         AAAJBBCCCLDLMEEFFFGGHHIQ",
        "LAST,          AJJJJBKKKLLLMMMFNFGOPHQQ",
        "BSD,           AAAJJBCCCLLLMMMFFFGGHHIQ",
        "LINUX,         AAAJJBCCCLLLMMMFFFGGHHQQ",
        "OLD_LINUX,     AAAJJBKKKLLLMMMFFFGGHHQQ",
        "WINDOWS,       AAAJJBCCCLLLMMMFFFGGHHIQ",
        "WINDOWS_VISTA, AAAJBBCCCLDLMEEFFFGGHHIQ",
        "SOLARIS,       AJJJBBKKKLLLMMMFFFGGHHQQ",
        "MACOS,         AAAJJBCCCLLLMMMFFFGGHHIQ",
        "IRIX,          AAAJJBCCCLLLMMMFFFGGHHQQ",
        "HPUX10,        AAAJJBCCCLLLMMMFFFGGHHQQ",
        "HPUX11,        AJJJBBKKKLLLMMMFFFGGHHQQ"})
    void shouldReassembleTheSegmentsOfTheTargetBasedModel(final OverlapPolicy policy, final String result) {
        assertSequence(TARGET_BASED, policy, OverlapPolicy::segmentRule, result);
    }

    @ParameterizedTest
    @EnumSource(OverlapRule.class)
    void shouldDecideAlikeWhereSequencesWrap(final OverlapRule rule) {
        for (final int[] shape : SHAPES) {
            for (final int base : BASES) {
                assertEquals(rule.keepsOld(10, 20, shape[0], shape[1]),
                    rule.keepsOld(base + 10, base + 20, base + shape[0], base + shape[1]), rule + " at " + base);
            }
        }
    }

    @Test
    void shouldKnowALinuxSegmentByAllOfItsBytesWhereSomeLost() {
        // Linux leaves a segment that lost bytes in front as it was; the third segment here lies within the second
        assertEquals("0:aaaaaaaaaabbbbb", reassemble(OverlapPolicy.LINUX));
        assertEquals("0:aaaaaaaaaaccbbb", reassemble(OverlapPolicy.BSD));
    }

    private static String reassemble(final OverlapPolicy policy) {
        try (PieceFixture at = new PieceFixture(8, 1)) {
            at.insert(0, "a".repeat(10), policy.segmentRule());
            at.insert(5, "b".repeat(10), policy.segmentRule());
            at.insert(8, "c".repeat(4), policy.segmentRule());
            return at.drain();
        }
    }

    private static void assertShape(final OverlapRule rule, final int[] shape, final char kept) {
        final StringBuilder expected = new StringBuilder();
        for (int place = Math.min(10, shape[0]); place < Math.max(20, shape[1]); place++) {
            final boolean isOld = place >= 10 && place < 20;
            final boolean isNew = place >= shape[0] && place < shape[1];
            expected.append(isOld && isNew ? kept : isOld ? 'o' : 'n');
        }
        for (final int base : BASES) {
            try (PieceFixture at = new PieceFixture(8, 1)) {
                at.insert(base + 10, "o".repeat(10), rule);
                at.insert(base + shape[0], "n".repeat(shape[1] - shape[0]), rule);
                assertEquals(base + Math.min(10, shape[0]) + ":" + expected, at.drain(),
                    rule + ", new from " + shape[0] + " to " + shape[1]);
            }
        }
    }

    private static void assertSequence(final String sequence, final OverlapPolicy policy,
        final Function<OverlapPolicy, OverlapRule> rule, final String result) {
        for (final int unit : UNITS) {
            for (final int base : BASES) {
                try (PieceFixture at = new PieceFixture(256, 1)) {
                    for (final String piece : sequence.split(", ")) {
                        final String[] part = piece.split(" ");
                        at.insert(base + Integer.parseInt(part[0]) * unit,
                            part[2].repeat(Integer.parseInt(part[1]) * unit), rule.apply(policy));
                    }
                    final StringBuilder expected = new StringBuilder();
                    result.chars().forEach(c -> expected.append(Character.toString(c).repeat(unit)));
                    assertEquals(base + ":" + expected, at.drain(), policy + ", units of " + unit);
                }
            }
        }
    }
}
