/* Header lines of messages. */
#include "check.h"
#include "weir.h"

static struct weir_name names[1 << WEIR_NAME_BITS];
static struct weir_header_lines lines;

static void name(const char *text, uint32_t number)
{
    const uint32_t length = (uint32_t)strlen(text);
    char padded[24] = {0};
    uint32_t four;
    memcpy(padded, text, length);
    memcpy(&four, padded, sizeof(four));
    struct weir_name *const at = names + (((four | 0x20202020) + length) * WEIR_NAME_FACTOR >> (32 - WEIR_NAME_BITS));
    CHECK_EQUAL(0, at->bytes);
    at->bytes = length;
    at->number = number;
    memcpy(&at->first, padded, 8);
    memcpy(&at->second, padded + 8, 8);
    if (length >= 8) {
        memcpy(&at->last, padded + length - 8, 8);
    }
}

/* From memory that ends right behind the text, so that the sanitizer sees a read beyond it. */
static int32_t find_by(int32_t (*function)(const uint8_t *, int32_t, int32_t, const struct weir_name *,
    struct weir_header_lines *), const char *text, size_t bytes, int32_t most)
{
    uint8_t *const copy = malloc(bytes);
    CHECK(copy != NULL);
    memcpy(copy, text, bytes);
    const int32_t found = function(copy, (int32_t)bytes, most, names, &lines);
    free(copy);
    return found;
}

static int32_t find(const char *text, size_t bytes, int32_t most)
{
    return find_by(weir_header_lines, text, bytes, most);
}

static int32_t find_head(const char *text, size_t bytes, int32_t most)
{
    return find_by(weir_message_head, text, bytes, most);
}

static void should_find_the_value_of_a_name_in_either_case(void)
{
    const char text[] = "hOST:  a.example \r\nAccept: */*\r\nCONTENT-length:5\r\nX-Elastic-Product:\r\n\r\n";
    CHECK_EQUAL(3, find(text, strlen(text), 9));
    CHECK_EQUAL(4, lines.lines);
    CHECK_EQUAL(strlen(text) - 2, lines.bytes);
    CHECK_EQUAL(3, lines.last);
    CHECK_EQUAL(1, lines.found[0].number);
    CHECK_EQUAL(7, lines.found[0].from);
    CHECK_EQUAL(16, lines.found[0].to);
    CHECK_EQUAL(2, lines.found[1].number);
    CHECK_EQUAL(1, lines.found[1].to - lines.found[1].from);
    CHECK_EQUAL(lines.found[2].from, lines.found[2].to);
    CHECK_EQUAL(1, find(text, strlen(text), 2));
    CHECK_EQUAL(2, lines.lines);
    CHECK_EQUAL(0, lines.last);
}

static void should_end_in_front_of_a_line_that_is_another(void)
{
    static const char *const odd[] = {"Accept : a\r\n", "Accept a\r\n", ":a 345678\r\n", "Accept: a\n", "Accept: \t\r\n",
        "Accept: \xe4\r\n", " folded: a\r\n", "\r\n", "Accept: a\rb\r\n", "Accept: a\r", "Accept: a", "a: b\r\n"};
    for (size_t i = 0; i < sizeof(odd) / sizeof(odd[0]); i++) {
        for (size_t before = 30; before < 170; before++) {
            char text[256];
            const int there = snprintf(text, sizeof(text), "Host: %0*d\r\n%s", (int)before, 0, odd[i]);
            CHECK_EQUAL(1, find(text, (size_t)there, 9));
            CHECK_EQUAL(1, lines.lines);
            CHECK_EQUAL((size_t)there - strlen(odd[i]), lines.bytes);
        }
    }
}

static void should_find_no_more_than_there_is_room_for(void)
{
    char text[40 * 9 + 1] = "";
    for (int i = 0; i < 40; i++) {
        strcat(text, "Host: a\r\n");
    }
    CHECK_EQUAL(WEIR_HEADERS_FOUND, find(text, strlen(text), 99));
    CHECK_EQUAL(WEIR_HEADERS_FOUND * 9, lines.bytes);
    CHECK_EQUAL(1, lines.last);
    CHECK_EQUAL(0, find(text, 0, 99));
    CHECK_EQUAL(0, lines.bytes);
    CHECK_EQUAL(-EINVAL, weir_header_lines((const uint8_t *)text, -1, 9, names, &lines));
}

static void should_find_them_behind_a_first_line(void)
{
    for (size_t before = 1; before < 140; before++) {
        char text[256];
        const int there = snprintf(text, sizeof(text), "GET /%0*d HTTP/1.1\r\nhost: a.example\r\nA:\r\n\r\n",
            (int)before, 0);
        const size_t first = before + strlen("GET / HTTP/1.1");
        CHECK_EQUAL(1, find_head(text, (size_t)there, 9));
        CHECK_EQUAL(first, lines.first);
        CHECK_EQUAL(1, lines.lines);
        CHECK_EQUAL(first + 2 + strlen("host: a.example\r\n"), lines.bytes);
        CHECK_EQUAL(first + 2 + strlen("host: "), lines.found[0].from);
        CHECK_EQUAL(0, find_head(text, first + 1, 9));
        CHECK_EQUAL(0, lines.first);
        CHECK_EQUAL(0, lines.bytes);
        for (size_t end = 0; end <= (size_t)there; end++) {
            (void)find_head(text, end, 9);
            CHECK(lines.bytes <= end);
        }
        text[before] = '\t';
        CHECK_EQUAL(0, find_head(text, (size_t)there, 9));
        CHECK_EQUAL(0, lines.first);
    }
    CHECK_EQUAL(-EINVAL, weir_message_head((const uint8_t *)"", -1, 9, names, &lines));
}

int main(void)
{
    if (weir_header_lines((const uint8_t *)"", 0, 0, names, &lines) == -EOPNOTSUPP) {
        printf("SKIP  the processor has no AVX2\n");
        return 0;
    }
    name("host", 1);
    name("content-length", 2);
    name("x-elastic-product", 3);
    RUN(should_find_the_value_of_a_name_in_either_case);
    RUN(should_end_in_front_of_a_line_that_is_another);
    RUN(should_find_no_more_than_there_is_room_for);
    RUN(should_find_them_behind_a_first_line);
    return 0;
}
