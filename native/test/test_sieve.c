/* The sieve before the library of patterns: it may say that something is there, and must where something is. */
#include "check.h"
#include "sieve.h"

#define LITERALS 48
#define LONGEST 12
#define FEW 4

static uint32_t state = 1;

static uint32_t drawn(uint32_t below)
{
    state = state * 1664525 + 1013904223;
    return (uint32_t)((uint64_t)state * below >> 32);
}

struct set {
    uint32_t count;
    struct weir_pattern_literal literals[LITERALS];
    uint8_t bytes[LITERALS][LONGEST];
};

/* Of few different bytes, so that much of literals stands in blocks. */
static uint8_t drawn_byte(void)
{
    static const uint8_t bytes[] = {'a', 'B', 'c', 'D', '-', '7', 0, '\n', 0x5b, 0x7b, 0x80, 0xe1};
    return drawn(4) == 0 ? (uint8_t)drawn(256) : bytes[drawn(sizeof(bytes))];
}

static void draw(struct set *set, uint32_t most)
{
    set->count = 1 + drawn(most);
    for (uint32_t i = 0; i < set->count; i++) {
        const uint32_t length = drawn(8) == 0 && i < 4 && most > FEW ? 2 + drawn(2) : 4 + drawn(LONGEST - 3);
        const uint32_t flags = drawn(2) == 0 ? WEIR_PATTERN_NO_CASE : 0;
        for (uint32_t j = 0; j < length; j++) {
            const uint8_t byte = drawn_byte();
            set->bytes[i][j] = flags && byte >= 'A' && byte <= 'Z' ? byte | 0x20 : byte;
        }
        set->literals[i] = (struct weir_pattern_literal){
            (uint64_t)(uintptr_t)set->bytes[i], length, flags, 0, WEIR_PATTERN_UNBOUNDED};
    }
}

static int is_at(const struct weir_pattern_literal *literal, const uint8_t *at)
{
    for (uint32_t i = 0; i < literal->length; i++) {
        const uint8_t byte = ((const uint8_t *)(uintptr_t)literal->bytes)[i];
        const int is_upper = literal->flags && at[i] >= 'A' && at[i] <= 'Z';
        if (byte != (is_upper ? at[i] | 0x20 : at[i])) {
            return 0;
        }
    }
    return 1;
}

static int holds(const struct set *set, const uint8_t *block, uint32_t length)
{
    for (uint32_t i = 0; i < set->count; i++) {
        for (uint32_t at = 0; at + set->literals[i].length <= length; at++) {
            if (is_at(&set->literals[i], block + at)) {
                return 1;
            }
        }
    }
    return 0;
}

static void put(const struct set *set, uint8_t *block, uint32_t length)
{
    const uint32_t number = drawn(set->count);
    const struct weir_pattern_literal *literal = &set->literals[number];
    if (literal->length > length) {
        return;
    }
    const uint32_t last = length - literal->length;
    const uint32_t at = drawn(3) == 0 ? last : drawn(last + 1);
    for (uint32_t i = 0; i < literal->length; i++) {
        const uint8_t byte = set->bytes[number][i];
        block[at + i] = literal->flags && byte >= 'a' && byte <= 'z' && drawn(2) == 0 ? byte & ~0x20 : byte;
    }
}

/* Blocks end where their memory does, so that the sanitizer sees a read beyond. */
static void never_loses(enum sieve_level level, uint32_t most)
{
    uint32_t passed = 0;
    uint32_t held_back = 0;
    for (int round = 0; round < 300; round++) {
        struct set set;
        draw(&set, most);
        struct sieve *sieve = sieve_make(set.literals, set.count, level);
        if (!sieve) {
            continue;
        }
        CHECK(sieve_bytes(sieve) > 0);
        for (int i = 0; i < 100; i++) {
            const uint32_t length = 1 + drawn(drawn(40) == 0 ? 20000 : drawn(4) == 0 ? 2000 : 220);
            uint8_t *block = malloc(length);
            CHECK(block);
            const int is_binary = (int)drawn(2);
            for (uint32_t j = 0; j < length; j++) {
                block[j] = is_binary ? (uint8_t)drawn(256) : drawn_byte();
            }
            if (drawn(3) == 0) {
                put(&set, block, length);
            }
            const int may = sieve_may_hold(sieve, block, length);
            CHECK(may || !holds(&set, block, length));
            passed += may != 0;
            held_back += !may;
            free(block);
        }
        sieve_free(sieve);
    }
    CHECK(passed > 1000);
    CHECK(held_back > 1000);
}

static void should_lose_nothing_by_64_bytes_at_once(void)
{
    never_loses(SIEVE_VBMI, LITERALS);
}

static void should_lose_nothing_of_few_literals(void)
{
    never_loses(SIEVE_VBMI, FEW);
}

static void should_lose_nothing_by_32_bytes_at_once(void)
{
    never_loses(SIEVE_AVX2, LITERALS);
}

static void should_hold_back_what_only_resembles_a_literal(void)
{
    const struct weir_pattern_literal literals[] = {
        {(uint64_t)(uintptr_t) "d27cdb6e-ae6d-11cf", 18, WEIR_PATTERN_NO_CASE, 0, WEIR_PATTERN_UNBOUNDED},
        {(uint64_t)(uintptr_t) "uid=", 4, 0, 0, WEIR_PATTERN_UNBOUNDED},
    };
    struct sieve *sieve = sieve_make(literals, 2, sieve_level());
    CHECK(sieve);
    static const char near[] = "a page of text, with D27CDB6E-AE6D-11CE in it and with Uid=0 too, as it happens";
    static const char same[] = "a page of text, with D27CDB6E-AE6D-11CF in it and with Uid=0 too, as it happens";
    CHECK(!sieve_may_hold(sieve, (const uint8_t *)near, sizeof(near) - 1));
    CHECK(sieve_may_hold(sieve, (const uint8_t *)same, sizeof(same) - 1));
    sieve_free(sieve);
}

static int may_hold_repeated(struct sieve *sieve, const char *text, uint32_t times)
{
    CHECK(sieve);
    const size_t length = times * strlen(text);
    uint8_t *block = malloc(length);
    CHECK(block);
    for (uint32_t i = 0; i < times; i++) {
        memcpy(block + i * strlen(text), text, strlen(text));
    }
    const int may = sieve_may_hold(sieve, block, length);
    free(block);
    sieve_free(sieve);
    return may;
}

/*
 * Of six bytes that are looked up, in seven, one of two passes: so many places pass as there are pairs. None is the
 * literal; the others stand for those that make them too many for pairs of bytes to be compared.
 */
static int may_hold_pairs(enum sieve_level level, uint32_t pairs)
{
    static const char *const bytes[] = {"abcdefg", "\x81\x82\x83\x84\x85\x86", "\x91\x92\x93\x94\x95\x96",
                                        "\xa1\xa2\xa3\xa4\xa5\xa6", "\xb1\xb2\xb3\xb4\xb5\xb6"};
    struct weir_pattern_literal literals[FEW + 1];
    for (uint32_t i = 0; i <= FEW; i++) {
        literals[i] = (struct weir_pattern_literal){
            (uint64_t)(uintptr_t)bytes[i], (uint32_t)strlen(bytes[i]), 0, 0, WEIR_PATTERN_UNBOUNDED};
    }
    return may_hold_repeated(sieve_make(literals, FEW + 1, level), "abcdef..bcdefg", pairs);
}

/* After 64 places, and one for each sixteen bytes: 14 in a pair. */
static void should_leave_a_block_to_the_library_after_many_places_that_pass(void)
{
    CHECK(!may_hold_pairs(SIEVE_AVX2, 400));
    CHECK(may_hold_pairs(SIEVE_AVX2, 600));
    if (sieve_level() == SIEVE_VBMI) {
        CHECK(!may_hold_pairs(SIEVE_VBMI, 512));
        CHECK(may_hold_pairs(SIEVE_VBMI, 513));
    }
}

/* Whichever two bytes of the literal are compared, they stand once or twice in a text of 14 bytes. */
static void should_leave_it_to_the_library_where_few_literals_pass_often(void)
{
    const struct weir_pattern_literal literal = {(uint64_t)(uintptr_t) "abcdefg", 7, 0, 0, WEIR_PATTERN_UNBOUNDED};
    CHECK(!may_hold_repeated(sieve_make(&literal, 1, SIEVE_VBMI), "abcdef..bcdefg", 50));
    CHECK(may_hold_repeated(sieve_make(&literal, 1, SIEVE_VBMI), "abcdef..bcdefg", 600));
}

static void should_not_be_made_where_it_would_not_help(void)
{
    const struct weir_pattern_literal one_byte = {(uint64_t)(uintptr_t) "/", 1, 0, 0, WEIR_PATTERN_UNBOUNDED};
    CHECK(!sieve_make(&one_byte, 1, sieve_level()));
    const struct weir_pattern_literal longer = {(uint64_t)(uintptr_t) "/etc", 4, 0, 0, WEIR_PATTERN_UNBOUNDED};
    CHECK(!sieve_make(&longer, 1, SIEVE_NONE));
    CHECK_EQUAL(0, sieve_bytes(NULL));
}

int main(void)
{
    RUN(should_not_be_made_where_it_would_not_help);
    if (sieve_level() == SIEVE_NONE) {
        printf("SKIP  test_sieve: NOT TESTED, the processor has no AVX2\n");
        return 0;
    }
    RUN(should_lose_nothing_by_32_bytes_at_once);
    if (sieve_level() == SIEVE_VBMI) {
        RUN(should_lose_nothing_by_64_bytes_at_once);
        RUN(should_lose_nothing_of_few_literals);
    }
    RUN(should_hold_back_what_only_resembles_a_literal);
    RUN(should_leave_a_block_to_the_library_after_many_places_that_pass);
    if (sieve_level() == SIEVE_VBMI) {
        RUN(should_leave_it_to_the_library_where_few_literals_pass_often);
    }
    return 0;
}
