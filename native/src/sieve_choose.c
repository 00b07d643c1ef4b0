/* Which bytes of each literal a sieve looks up, and in which bucket, so that few places of what networks carry pass. */
#include "sieve_tables.h"

#include <errno.h>
#include <stdlib.h>

#define PASSES 2
#define SAMPLE_WORDS 16
/* What a place of the sample counts for, beside those of the models. */
#define SAMPLED (1.0 / (SAMPLE_WORDS * 64))

struct plan {
    const struct weir_pattern_literal *literals;
    struct choice *choices;                   /* of each literal */
    uint16_t users[BUCKETS][PLACES][128];     /* fragments that have a byte at a place */
    uint16_t anything[BUCKETS][PLACES];       /* fragments that end before it */
    double passing[BUCKETS][PLACES][TRAFFICS]; /* how often a byte passes there */
    double often[128][TRAFFICS];               /* how often a byte comes, by its lower seven bits */
    uint64_t sampled[128][PLACES][SAMPLE_WORDS]; /* where in the sample a byte stands in a place behind: a bit each */
    uint64_t samples[BUCKETS][PLACES][SAMPLE_WORDS]; /* where a place passes */
    int32_t first_short;                      /* buckets below are for literals of four bytes and more */
};

/* What stands in most messages, so that no literal is looked for by that if there is another way. */
static const char sample[] =
    "GET /images/photo-2_small.jpg?size=640&id=1735689600 HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0 "
    "(Windows NT 10.0; Win64; x64; rv:133.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg\r\n"
    "Accept: text/html,application/xhtml+xml;q=0.9,image/webp,*/*;q=0.8\r\nAccept-Language: en-US,en;q=0.5\r\n"
    "Accept-Encoding: gzip, deflate, br\r\nReferer: https://example.org/\r\nCookie: session=4f1d9c\r\nUpgrade-Insecure-Requests: "
    "1\r\n\r\nHTTP/1.1 200 OK\r\nDate: Wed, 15 Oct 2025 10:21:37 GMT\r\nServer: Apache\r\nLast-Modified: Fri, 04 Jul\r\nETag: "
    "\"5e-a3\"\r\nContent-Type: text/html; charset=UTF-8\r\nContent-Length: 8192\r\nCache-Control: private, max-age=0\r\n"
    "Connection: keep-alive\r\nX-Frame-Options: SAMEORIGIN\r\nVary: Accept\r\nContent-Type: application/javascript\r\n\r\n"
    "<!DOCTYPE html><html lang=\"en\"><head><title>The news of the day</title><link rel=\"stylesheet\" href=\"/css/main.css\">"
    "<script src=\"jquery.min.js\"></script></head><body><div class=\"content\"><p>There are those "
    "who think that this is one of the best ways, and others who do not. Read more";
_Static_assert(sizeof(sample) > SAMPLE_WORDS * 64 + PLACES, "the sample is too short");

static void read_sample(struct plan *plan)
{
    for (int at = 0; at < SAMPLE_WORDS * 64; at++) {
        for (int place = 0; place < PLACES; place++) {
            plan->sampled[sample[at + place] & 127][place][at / 64] |= UINT64_C(1) << at % 64;
        }
    }
}

/* Text of the web, and what is compressed. */
void sieve_model(double often[128][TRAFFICS])
{
    static const char frequent[] = " eatoinsr";
    static const char common[] = "hldcumfpgwybvk/.-=\"<>:,;0123456789\r\n";
    for (int byte = 0; byte < 128; byte++) {
        often[byte][0] = byte == 0                  ? 0.004
                         : strchr(frequent, byte)   ? 0.055
                         : strchr(common, byte)     ? 0.012
                         : byte > ' ' && byte < 127 ? 0.003
                                                    : 0.0005;
        often[byte][1] = 1.0 / 128;
    }
}

/* How many places of the sample pass with a literal more that do not without. */
static int more_sampled(const struct plan *plan, const struct weir_pattern_literal *literal, int32_t offset,
                        int32_t bucket)
{
    static const uint64_t none[SAMPLE_WORDS];
    const uint64_t *with[PLACES][2];
    int count[PLACES];
    for (int32_t place = 0; place < PLACES; place++) {
        uint8_t byte[2];
        count[place] = spellings(literal, offset + place, byte);
        with[place][0] = count[place] > 0 ? plan->sampled[byte[0] & 127][place] : none;
        with[place][1] = count[place] > 1 ? plan->sampled[byte[1] & 127][place] : none;
    }
    int more = 0;
    for (int word = 0; word < SAMPLE_WORDS; word++) {
        uint64_t before = UINT64_MAX;
        uint64_t after = UINT64_MAX;
        for (int32_t place = 0; place < PLACES; place++) {
            const uint64_t any = plan->anything[bucket][place] > 0 ? UINT64_MAX : 0;
            const uint64_t passes = plan->samples[bucket][place][word] | any;
            before &= passes;
            after &= count[place] == 0 ? UINT64_MAX : passes | with[place][0][word] | with[place][1][word];
        }
        more += __builtin_popcountll(after & ~before);
    }
    return more;
}

/* How often a bucket passes, with a literal more, less how often it does without. */
static double more_passing(const struct plan *plan, const struct weir_pattern_literal *literal, int32_t offset,
                           int32_t bucket)
{
    double before[TRAFFICS] = {1, 1};
    double after[TRAFFICS] = {1, 1};
    for (int32_t place = 0; place < PLACES; place++) {
        uint8_t byte[2];
        const int count = spellings(literal, offset + place, byte);
        const int is_anything = plan->anything[bucket][place] > 0;
        for (int traffic = 0; traffic < TRAFFICS; traffic++) {
            double with = plan->passing[bucket][place][traffic];
            before[traffic] *= is_anything ? 1 : with;
            for (int i = 0; i < count; i++) {
                if (plan->users[bucket][place][byte[i] & 127] == 0) {
                    with += plan->often[byte[i] & 127][traffic];
                }
            }
            after[traffic] *= is_anything || count == 0 ? 1 : with;
        }
    }
    return after[0] - before[0] + (after[1] - before[1]) + SAMPLED * more_sampled(plan, literal, offset, bucket);
}

static void use(struct plan *plan, uint32_t number, int sign)
{
    const struct choice choice = plan->choices[number];
    for (int32_t place = 0; place < PLACES; place++) {
        uint8_t byte[2];
        const int count = spellings(&plan->literals[number], choice.offset + place, byte);
        if (count == 0) {
            plan->anything[choice.bucket][place] = (uint16_t)(plan->anything[choice.bucket][place] + sign);
        }
        for (int i = 0; i < count; i++) {
            uint16_t *users = &plan->users[choice.bucket][place][byte[i] & 127];
            const int was = *users;
            *users = (uint16_t)(was + sign);
            if (was == 0 || *users == 0) {
                for (int at = 0; at < SAMPLE_WORDS; at++) {
                    plan->samples[choice.bucket][place][at] ^= plan->sampled[byte[i] & 127][place][at];
                }
                for (int traffic = 0; traffic < TRAFFICS; traffic++) {
                    plan->passing[choice.bucket][place][traffic] += sign * plan->often[byte[i] & 127][traffic];
                }
            }
        }
    }
}

static void choose(struct plan *plan, uint32_t number)
{
    const struct weir_pattern_literal *literal = &plan->literals[number];
    double least = TRAFFICS + 1;
    for (int32_t offset = 0; offset == 0 || offset + PLACES <= (int32_t)literal->length; offset++) {
        for (int32_t bucket = 0; bucket < plan->first_short; bucket++) {
            const double more = more_passing(plan, literal, offset, bucket);
            if (more < least) {
                least = more;
                plan->choices[number] = (struct choice){offset, bucket};
            }
        }
    }
}

/* Chooses for all, those with the fewest places to choose from first, and then once more for each. */
static void choose_all(struct plan *plan, uint32_t count)
{
    for (int pass = 0; pass < PASSES; pass++) {
        for (uint32_t length = HASHED, left = 1; left > 0; length++) {
            left = 0;
            for (uint32_t i = 0; i < count; i++) {
                left += plan->literals[i].length > length;
                if (plan->literals[i].length == length) {
                    if (pass > 0) {
                        use(plan, i, -1);
                    }
                    choose(plan, i);
                    use(plan, i, 1);
                }
            }
        }
    }
}

int32_t sieve_choose(const struct weir_pattern_literal *literals, uint32_t count, int32_t first_short,
                     struct choice *choices)
{
    struct plan *plan = calloc(1, sizeof(*plan));
    if (!plan) {
        return -ENOMEM;
    }
    plan->literals = literals;
    plan->choices = choices;
    plan->first_short = first_short;
    sieve_model(plan->often);
    read_sample(plan);
    choose_all(plan, count);
    free(plan);
    return 0;
}
