/* Patterns, by the library that is installed. */
#include "check.h"
#include "weir.h"

#define LIBRARY "libhs.so.5"
#define PATTERNS 4
#define JOBS 3

static uint64_t library;
static char text[256];
static uint32_t marks[PATTERNS];
static struct weir_pattern_match matches[2 * PATTERNS];

static struct weir_pattern_literal literal(const char *bytes, uint32_t length, uint32_t flags)
{
    return (struct weir_pattern_literal){(uint64_t)(uintptr_t)bytes, length, flags, 0, WEIR_PATTERN_UNBOUNDED};
}

static struct weir_pattern_request request_for(const struct weir_pattern_literal *literals, uint32_t count, int stream)
{
    return (struct weir_pattern_request){
        .library = library,
        .literals = (uint64_t)(uintptr_t)literals,
        .error = (uint64_t)(uintptr_t)text,
        .count = count,
        .error_bytes = sizeof(text),
        .stream = (uint32_t)stream,
    };
}

static uint64_t compiled(int stream)
{
    struct weir_pattern_literal literals[PATTERNS] = {
        literal("Abc", 3, 0),
        literal("bC", 2, WEIR_PATTERN_NO_CASE),
        literal("\0\xff", 2, 0),
        literal("a", 1, WEIR_PATTERN_NO_CASE),
    };
    literals[3].earliest_start = 5;
    literals[3].latest_end = 8;
    struct weir_pattern_request request = request_for(literals, PATTERNS, stream);
    const int64_t database = weir_pattern_compile(&request);
    CHECK(database > 0);
    CHECK(request.bytes > 0);
    CHECK(stream ? request.stream_bytes > 0 : request.stream_bytes == 0);
    return (uint64_t)database;
}

static uint64_t scanner_for(uint64_t database)
{
    const int64_t scanner = weir_pattern_scanner_open(library);
    CHECK(scanner > 0);
    CHECK(weir_pattern_scanner_fit((uint64_t)scanner, database) > 0);
    return (uint64_t)scanner;
}

static struct weir_pattern_job job(uint64_t database, uint64_t stream, const char *data, uint32_t length)
{
    return (struct weir_pattern_job){
        .database = database, .stream = stream, .address = (uint64_t)(uintptr_t)data, .length = length};
}

static int32_t scan(uint64_t scanner, const struct weir_pattern_job *jobs, int32_t count, uint32_t capacity)
{
    static uint32_t generation = 1;
    struct weir_pattern_answer answer = {
        .matches = (uint64_t)(uintptr_t)matches,
        .marks = (uint64_t)(uintptr_t)marks,
        .capacity = capacity,
        .generation = generation,
        .first_job = 10,
    };
    generation += (uint32_t)count;
    const int32_t done = weir_pattern_scan(scanner, jobs, count, &answer);
    matches[answer.count].job = 0;
    return done;
}

/* Where a job told a pattern; 0 if it did not. A pattern that is told twice is a fault. */
static uint64_t end_of(uint32_t index, uint32_t pattern)
{
    uint64_t end = 0;
    for (int i = 0; matches[i].job != 0; i++) {
        if (matches[i].job == 10 + index && matches[i].pattern == pattern) {
            CHECK_EQUAL(0, end);
            end = matches[i].end;
        }
    }
    return end;
}

static void should_answer_jobs_of_one_call(void)
{
    const uint64_t database = compiled(0);
    const uint64_t scanner = scanner_for(database);
    const struct weir_pattern_job jobs[JOBS] = {
        job(database, 0, "abcAbcAbc", 9), job(database, 0, NULL, 0), job(database, 0, "a\0\xff\0\xff aa", 8)};
    CHECK_EQUAL(2, scan(scanner, jobs, 2, PATTERNS + 3));
    CHECK_EQUAL(6, end_of(0, 0));
    CHECK_EQUAL(3, end_of(0, 1));
    CHECK_EQUAL(0, end_of(0, 2));
    CHECK_EQUAL(7, end_of(0, 3));
    CHECK_EQUAL(1, scan(scanner, &jobs[2], 1, PATTERNS));
    CHECK_EQUAL(3, end_of(0, 2));
    CHECK_EQUAL(7, end_of(0, 3));
    weir_pattern_scanner_close(scanner);
    weir_pattern_free(database);
}

static void should_stop_before_a_job_that_might_find_no_room(void)
{
    const uint64_t database = compiled(0);
    const uint64_t scanner = scanner_for(database);
    const struct weir_pattern_job jobs[JOBS] = {
        job(database, 0, "abc", 3), job(database, 0, "abc", 3), job(database, 0, "Abc", 3)};
    CHECK_EQUAL(1, scan(scanner, jobs, JOBS, PATTERNS));
    CHECK_EQUAL(2, scan(scanner, jobs, JOBS, PATTERNS + 1));
    CHECK_EQUAL(3, end_of(1, 1));
    CHECK_EQUAL(-ENOSPC, scan(scanner, jobs, JOBS, PATTERNS - 1));
    weir_pattern_scanner_close(scanner);
    weir_pattern_free(database);
}

static void should_find_single_bytes_anywhere_in_a_long_block(void)
{
    const struct weir_pattern_literal literals[PATTERNS] = {
        literal("&", 1, 0), literal("/", 1, 0), literal(")", 1, 0), literal("\n", 1, 0)};
    struct weir_pattern_request request = request_for(literals, PATTERNS, 0);
    const uint64_t database = (uint64_t)weir_pattern_compile(&request);
    const uint64_t scanner = scanner_for(database);
    static char block[300];
    for (uint32_t at = 0; at < sizeof(block); at++) {
        memset(block, 'x', sizeof(block));
        block[at] = '/';
        const struct weir_pattern_job one = job(database, 0, block, sizeof(block));
        CHECK_EQUAL(1, scan(scanner, &one, 1, PATTERNS));
        CHECK_EQUAL(at + 1, end_of(0, 1));
    }
    weir_pattern_scanner_close(scanner);
    weir_pattern_free(database);
}

static void should_find_what_pieces_of_a_stream_have_between_them(void)
{
    const uint64_t database = compiled(1);
    const uint64_t scanner = scanner_for(database);
    const int64_t stream = weir_pattern_stream_open(database);
    CHECK(stream > 0);
    struct weir_pattern_job piece = job(database, (uint64_t)stream, "..A", 3);
    CHECK_EQUAL(1, scan(scanner, &piece, 1, PATTERNS));
    CHECK_EQUAL(0, end_of(0, 3));
    piece = job(database, (uint64_t)stream, "bc\0", 3);
    CHECK_EQUAL(1, scan(scanner, &piece, 1, PATTERNS));
    CHECK_EQUAL(5, end_of(0, 0));
    CHECK_EQUAL(5, end_of(0, 1));
    CHECK_EQUAL(0, weir_pattern_stream_reset(database, (uint64_t)stream));
    piece = job(database, (uint64_t)stream, "\xff" "a", 2);
    piece.base = 6;
    CHECK_EQUAL(1, scan(scanner, &piece, 1, PATTERNS));
    CHECK_EQUAL(0, end_of(0, 2));
    CHECK_EQUAL(8, end_of(0, 3));
    CHECK_EQUAL(0, weir_pattern_stream_close(database, (uint64_t)stream));
    weir_pattern_scanner_close(scanner);
    weir_pattern_free(database);
}

static void should_refuse_a_scan_it_was_not_fitted_for(void)
{
    const uint64_t database = compiled(0);
    const int64_t scanner = weir_pattern_scanner_open(library);
    const struct weir_pattern_job one = job(database, 0, "abc", 3);
    CHECK_EQUAL(-EINVAL, scan((uint64_t)scanner, &one, 1, PATTERNS));
    weir_pattern_scanner_close((uint64_t)scanner);
    weir_pattern_free(database);
}

static void should_say_why_a_set_does_not_compile(void)
{
    struct weir_pattern_request request = request_for(NULL, 0, 0);
    CHECK_EQUAL(-EINVAL, weir_pattern_compile(&request));
    CHECK(strlen(text) > 0);
}

static void should_say_what_is_absent(void)
{
    CHECK_EQUAL(-ELIBACC, weir_pattern_open("libabsent.so.5", text, sizeof(text)));
    CHECK(strstr(text, "libabsent.so.5"));
    CHECK_EQUAL(-ELIBACC, weir_pattern_open("libm.so.6", text, sizeof(text)));
    CHECK(strstr(text, "lacks functions"));
    CHECK_EQUAL(-ELIBACC, weir_pattern_open("libm.so.6", text, 4));
    CHECK_EQUAL(3, strlen(text));
}

int main(void)
{
    RUN(should_say_what_is_absent);
    const int64_t opened = weir_pattern_open(LIBRARY, text, sizeof(text));
    if (opened < 0) {
        printf("SKIP  test_pattern: NOT TESTED, no Hyperscan or Vectorscan: %s\n", text);
        return 0;
    }
    library = (uint64_t)opened;
    CHECK(strncmp(text, "5.", 2) == 0);
    RUN(should_answer_jobs_of_one_call);
    RUN(should_stop_before_a_job_that_might_find_no_room);
    RUN(should_find_single_bytes_anywhere_in_a_long_block);
    RUN(should_find_what_pieces_of_a_stream_have_between_them);
    RUN(should_refuse_a_scan_it_was_not_fitted_for);
    RUN(should_say_why_a_set_does_not_compile);
    weir_pattern_close(library);
    return 0;
}
