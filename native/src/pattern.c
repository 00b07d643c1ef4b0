/*
 * Thousands of literals at once, by Hyperscan or its drop-in successor Vectorscan, looked up at run time. Scans come in
 * batches of jobs, and what they find goes to an array of the caller.
 *
 * The declarations are those of hs_compile.h and hs_runtime.h, interface version 5; they have not changed since 2017.
 * Literals are compiled as expressions of escaped bytes: hs_compile_lit_multi of Vectorscan 5.4.9 takes one that begins
 * with a zero byte for empty. HS_FLAG_SINGLEMATCH is not used: with it Vectorscan 5.4.9 misses patterns of one byte,
 * among a thousand others, in blocks of a few hundred bytes. Telling each pattern once is done here, and so are bounds.
 */
#include "sieve.h"
#include "weir.h"

#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define HS_SUCCESS 0
#define HS_NOMEM (-2)
#define HS_FLAG_CASELESS 1u
#define HS_FLAG_DOTALL 2u
#define HS_MODE_BLOCK 1u
#define HS_MODE_STREAM 2u

struct hs_compile_error {
    char *message;
    int expression;
};

typedef int hs_match_handler(unsigned id, unsigned long long from, unsigned long long to, unsigned flags,
                             void *context);

struct hs {
    void *library;
    const char *(*version)(void);
    int (*valid_platform)(void);
    int (*compile)(const char *const *expressions, const unsigned *flags, const unsigned *ids, unsigned elements,
                   unsigned mode, const void *platform, void **database, struct hs_compile_error **error);
    int (*free_compile_error)(struct hs_compile_error *error);
    int (*free_database)(void *database);
    int (*database_size)(const void *database, size_t *bytes);
    int (*stream_size)(const void *database, size_t *bytes);
    int (*alloc_scratch)(const void *database, void **scratch);
    int (*scratch_size)(const void *scratch, size_t *bytes);
    int (*free_scratch)(void *scratch);
    int (*scan)(const void *database, const char *data, unsigned length, unsigned flags, void *scratch,
                hs_match_handler *handler, void *context);
    int (*open_stream)(const void *database, unsigned flags, void **stream);
    int (*scan_stream)(void *stream, const char *data, unsigned length, unsigned flags, void *scratch,
                       hs_match_handler *handler, void *context);
    int (*reset_stream)(void *stream, unsigned flags, void *scratch, hs_match_handler *handler, void *context);
    int (*close_stream)(void *stream, void *scratch, hs_match_handler *handler, void *context);
};

/* Where a pattern's matches may end. */
struct bounds {
    uint64_t lowest_end;
    uint64_t highest_end;
};

struct database {
    const struct hs *hs;
    void *compiled;
    struct sieve *sieve; /* says of most blocks that they hold nothing; NULL if there is none */
    uint32_t patterns;
    struct bounds bounds[]; /* of each pattern */
};

struct scanner {
    const struct hs *hs;
    void *scratch;
};

/* What the library hands back with each match. */
struct telling {
    const struct database *database;
    struct weir_pattern_match *matches;
    uint32_t *marks;
    uint64_t base;
    uint32_t job;
    uint32_t generation;
    uint32_t count;
};

static void say(char *text, int32_t bytes, const char *message)
{
    if (bytes > 0) {
        snprintf(text, (size_t)bytes, "%s", message);
    }
}

static int error_of(int status)
{
    return status == HS_NOMEM ? -ENOMEM : -EINVAL;
}

static int look_up(struct hs *hs)
{
    const struct {
        const char *name;
        void *function;
    } names[] = {
        {"hs_version", &hs->version},
        {"hs_valid_platform", &hs->valid_platform},
        {"hs_compile_multi", &hs->compile},
        {"hs_free_compile_error", &hs->free_compile_error},
        {"hs_free_database", &hs->free_database},
        {"hs_database_size", &hs->database_size},
        {"hs_stream_size", &hs->stream_size},
        {"hs_alloc_scratch", &hs->alloc_scratch},
        {"hs_scratch_size", &hs->scratch_size},
        {"hs_free_scratch", &hs->free_scratch},
        {"hs_scan", &hs->scan},
        {"hs_open_stream", &hs->open_stream},
        {"hs_scan_stream", &hs->scan_stream},
        {"hs_reset_stream", &hs->reset_stream},
        {"hs_close_stream", &hs->close_stream},
    };
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        void *symbol = dlsym(hs->library, names[i].name);
        if (!symbol) {
            return -ELIBACC;
        }
        memcpy(names[i].function, &symbol, sizeof(symbol));
    }
    return 0;
}

int64_t weir_pattern_open(const char *name, char *text, int32_t text_bytes)
{
    struct hs *hs = calloc(1, sizeof(*hs));
    if (!hs) {
        return -ENOMEM;
    }
    hs->library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    if (!hs->library) {
        say(text, text_bytes, dlerror());
        free(hs);
        return -ELIBACC;
    }
    int result = look_up(hs);
    if (result < 0) {
        say(text, text_bytes, "it lacks functions of Hyperscan 5");
    } else if (hs->valid_platform() != HS_SUCCESS) {
        say(text, text_bytes, "this processor lacks the instructions it needs (SSSE3 or SSE4.2)");
        result = -ENOTSUP;
    }
    if (result < 0) {
        dlclose(hs->library);
        free(hs);
        return result;
    }
    say(text, text_bytes, hs->version());
    return (int64_t)(uintptr_t)hs;
}

int32_t weir_pattern_close(uint64_t library)
{
    struct hs *hs = (struct hs *)(uintptr_t)library;
    dlclose(hs->library);
    free(hs);
    return 0;
}

/* What the compiler takes: arrays of one entry for each literal, all of them in one piece of memory. */
struct source {
    const char **expressions;
    unsigned *flags;
    unsigned *ids;
    char *text;
};

static void *carve(char **from, size_t bytes)
{
    void *piece = *from;
    *from += bytes;
    return piece;
}

static const struct weir_pattern_literal *literals_of(const struct weir_pattern_request *request)
{
    return (const struct weir_pattern_literal *)(uintptr_t)request->literals;
}

static void *source_of(const struct weir_pattern_request *request, struct source *source)
{
    const struct weir_pattern_literal *literals = literals_of(request);
    const size_t count = request->count;
    size_t text = 0;
    for (size_t i = 0; i < count; i++) {
        text += 4 * (size_t)literals[i].length + 1;
    }
    void *memory = calloc(1, count * (sizeof(void *) + 2 * sizeof(unsigned)) + text);
    if (memory) {
        char *rest = memory;
        source->expressions = carve(&rest, count * sizeof(void *));
        source->flags = carve(&rest, count * sizeof(unsigned));
        source->ids = carve(&rest, count * sizeof(unsigned));
        source->text = rest;
    }
    return memory;
}

static void escape(const struct weir_pattern_literal *literal, char *text)
{
    static const char digits[] = "0123456789abcdef";
    const uint8_t *bytes = (const uint8_t *)(uintptr_t)literal->bytes;
    for (uint32_t i = 0; i < literal->length; i++) {
        *text++ = '\\';
        *text++ = 'x';
        *text++ = digits[bytes[i] >> 4];
        *text++ = digits[bytes[i] & 15];
    }
    *text = 0;
}

static uint64_t lowest_end(const struct weir_pattern_literal *literal)
{
    return (uint64_t)literal->earliest_start + literal->length;
}

static void write_source(const struct weir_pattern_request *request, struct source *source)
{
    const struct weir_pattern_literal *literals = literals_of(request);
    char *text = source->text;
    for (uint32_t i = 0; i < request->count; i++) {
        const struct weir_pattern_literal *literal = &literals[i];
        source->ids[i] = i;
        source->flags[i] = HS_FLAG_DOTALL;
        if (literal->flags & WEIR_PATTERN_NO_CASE) {
            source->flags[i] |= HS_FLAG_CASELESS;
        }
        source->expressions[i] = text;
        escape(literal, text);
        text += 4 * (size_t)literal->length + 1;
    }
}

static int measure(const struct database *database, struct weir_pattern_request *request)
{
    size_t bytes = 0;
    size_t stream_bytes = 0;
    int status = database->hs->database_size(database->compiled, &bytes);
    if (status == HS_SUCCESS && request->stream) {
        status = database->hs->stream_size(database->compiled, &stream_bytes);
    }
    request->bytes =
        bytes + sizeof(*database) + request->count * sizeof(struct bounds) + sieve_bytes(database->sieve);
    request->stream_bytes = (uint32_t)stream_bytes;
    return status;
}

static int compile(struct database *database, struct weir_pattern_request *request)
{
    char *error = (char *)(uintptr_t)request->error;
    struct source source;
    void *memory = source_of(request, &source);
    if (!memory) {
        return -ENOMEM;
    }
    write_source(request, &source);
    struct hs_compile_error *fault = NULL;
    const struct hs *hs = database->hs;
    int status = hs->compile(source.expressions, source.flags, source.ids, request->count,
                             request->stream ? HS_MODE_STREAM : HS_MODE_BLOCK, NULL, &database->compiled, &fault);
    free(memory);
    if (status != HS_SUCCESS) {
        if (fault) {
            say(error, (int32_t)request->error_bytes, fault->message);
            hs->free_compile_error(fault);
        }
        return error_of(status);
    }
    if (!request->stream) {
        database->sieve = sieve_make(literals_of(request), request->count, sieve_level());
    }
    status = measure(database, request);
    if (status != HS_SUCCESS) {
        hs->free_database(database->compiled);
        sieve_free(database->sieve);
        return error_of(status);
    }
    return 0;
}

int64_t weir_pattern_compile(struct weir_pattern_request *request)
{
    if (request->error_bytes > 0) {
        *(char *)(uintptr_t)request->error = 0;
    }
    struct database *database = calloc(1, sizeof(*database) + request->count * sizeof(struct bounds));
    if (!database) {
        return -ENOMEM;
    }
    database->hs = (const struct hs *)(uintptr_t)request->library;
    database->patterns = request->count;
    const struct weir_pattern_literal *literals = literals_of(request);
    for (uint32_t i = 0; i < request->count; i++) {
        const uint32_t end = literals[i].latest_end;
        database->bounds[i].lowest_end = lowest_end(&literals[i]);
        database->bounds[i].highest_end = end < WEIR_PATTERN_UNBOUNDED ? end : UINT64_MAX;
    }
    const int status = compile(database, request);
    if (status < 0) {
        free(database);
        return status;
    }
    return (int64_t)(uintptr_t)database;
}

int32_t weir_pattern_free(uint64_t handle)
{
    struct database *database = (struct database *)(uintptr_t)handle;
    database->hs->free_database(database->compiled);
    sieve_free(database->sieve);
    free(database);
    return 0;
}

int64_t weir_pattern_scanner_open(uint64_t library)
{
    struct scanner *scanner = calloc(1, sizeof(*scanner));
    if (!scanner) {
        return -ENOMEM;
    }
    scanner->hs = (const struct hs *)(uintptr_t)library;
    return (int64_t)(uintptr_t)scanner;
}

int64_t weir_pattern_scanner_fit(uint64_t handle, uint64_t database)
{
    struct scanner *scanner = (struct scanner *)(uintptr_t)handle;
    size_t bytes = 0;
    /* Grows the scratch if this database needs more than those before. If that fails there is none, and scans fail. */
    int status = scanner->hs->alloc_scratch(((struct database *)(uintptr_t)database)->compiled, &scanner->scratch);
    if (status == HS_SUCCESS) {
        status = scanner->hs->scratch_size(scanner->scratch, &bytes);
    }
    return status == HS_SUCCESS ? (int64_t)(bytes + sizeof(*scanner)) : error_of(status);
}

int32_t weir_pattern_scanner_close(uint64_t handle)
{
    struct scanner *scanner = (struct scanner *)(uintptr_t)handle;
    if (scanner->scratch) {
        scanner->hs->free_scratch(scanner->scratch);
    }
    free(scanner);
    return 0;
}

/*
 * Called by the library for each match: it stays in C. Matches of one pattern come in order of their ends. The library
 * could keep bounds itself, but its offsets begin anew behind a gap; and "once", for a bit of each stream and pattern.
 */
static int tell(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *context)
{
    (void)from;
    (void)flags;
    struct telling *telling = context;
    const struct bounds *bounds = &telling->database->bounds[id];
    const uint64_t end = telling->base + to;
    if (telling->marks[id] != telling->generation && end >= bounds->lowest_end && end <= bounds->highest_end) {
        telling->marks[id] = telling->generation;
        telling->matches[telling->count++] = (struct weir_pattern_match){id, telling->job, end};
    }
    return 0;
}

int32_t weir_pattern_scan(uint64_t handle, const struct weir_pattern_job *jobs, int32_t count,
                          struct weir_pattern_answer *answer)
{
    const struct scanner *scanner = (const struct scanner *)(uintptr_t)handle;
    struct telling telling = {
        .matches = (struct weir_pattern_match *)(uintptr_t)answer->matches,
        .marks = (uint32_t *)(uintptr_t)answer->marks,
    };
    int32_t done = 0;
    int status = HS_SUCCESS;
    for (; done < count; done++) {
        const struct weir_pattern_job *job = &jobs[done];
        const struct database *database = (const struct database *)(uintptr_t)job->database;
        if (answer->capacity - telling.count < database->patterns) {
            status = -ENOSPC;
            break;
        }
        telling.database = database;
        telling.base = job->base;
        telling.job = answer->first_job + (uint32_t)done;
        telling.generation = answer->generation + (uint32_t)done;
        const uint32_t before = telling.count;
        const char *data = (const char *)(uintptr_t)job->address;
        if (job->length == 0 ||
            (database->sieve && !sieve_may_hold(database->sieve, (const uint8_t *)data, job->length))) {
            continue;
        }
        if (job->stream) {
            status = scanner->hs->scan_stream((void *)(uintptr_t)job->stream, data, job->length, 0, scanner->scratch,
                                              tell, &telling);
        } else {
            status = scanner->hs->scan(database->compiled, data, job->length, 0, scanner->scratch, tell, &telling);
        }
        if (status != HS_SUCCESS) {
            telling.count = before;
            status = error_of(status);
            break;
        }
    }
    answer->count = telling.count;
    return done > 0 || status == HS_SUCCESS ? done : status;
}

int32_t weir_pattern_may_hold(uint64_t handle, uint64_t address, int32_t length)
{
    const struct database *database = (const struct database *)(uintptr_t)handle;
    return !database->sieve || sieve_may_hold(database->sieve, (const uint8_t *)(uintptr_t)address, (size_t)length);
}

int64_t weir_pattern_stream_open(uint64_t handle)
{
    const struct database *database = (const struct database *)(uintptr_t)handle;
    void *stream = NULL;
    const int status = database->hs->open_stream(database->compiled, 0, &stream);
    return status == HS_SUCCESS ? (int64_t)(uintptr_t)stream : error_of(status);
}

/* Without a handler nothing is told and no scratch is needed; literals have no matches at the end of data. */
int32_t weir_pattern_stream_reset(uint64_t handle, uint64_t stream)
{
    const struct database *database = (const struct database *)(uintptr_t)handle;
    const int status = database->hs->reset_stream((void *)(uintptr_t)stream, 0, NULL, NULL, NULL);
    return status == HS_SUCCESS ? 0 : error_of(status);
}

int32_t weir_pattern_stream_close(uint64_t handle, uint64_t stream)
{
    const struct database *database = (const struct database *)(uintptr_t)handle;
    const int status = database->hs->close_stream((void *)(uintptr_t)stream, NULL, NULL, NULL);
    return status == HS_SUCCESS ? 0 : error_of(status);
}
