/* shard.c - see shard.h. */
#include "batch/shard.h"

#include "base/digest.h"
#include "base/limits.h"

uint32_t bt_shard_of(bt_str id, uint32_t n_shards)
{
    bt_digest digest = bt_digest_of(id.ptr, id.len);
    uint64_t number = 0;
    for (unsigned i = 0; i < 8; i++) number = number << 8 | digest.bytes[i];
    return n_shards ? (uint32_t)(number % n_shards) + 1 : 1;
}

/* --- who says what --- */

/* What one source says; n 0: how many there are it does not say. */
typedef struct claim {
    bool is_made;
    const char *by; /* the option, or the variable */
    bt_shard shard;
} claim;

typedef struct finder {
    bt_arena *scratch;
    bt_diags *diags;
    const bt_shard_sources *sources;
    bool is_wrong;
} finder;

static void report(finder *f, bt_diag_code code, const bt_str *args, size_t n_args)
{
    bt_diag(f->diags, code, NULL, args, n_args);
    f->is_wrong = true;
}

/* Digits only, at most `most`. */
static bool read_number(bt_str text, uint32_t most, uint32_t *number)
{
    uint64_t value = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
        value = 10 * value + (uint64_t)(text.ptr[i] - '0');
        if (value > most) return false;
    }
    *number = (uint32_t)value;
    return text.len > 0;
}

static bt_str most_shards(finder *f) { return bt_str_format(f->scratch, "%d", BT_LIMIT_SHARDS); }

static claim claim_of_option(finder *f)
{
    claim made = {.by = "--shard"};
    if (!f->sources->option) return made;
    bt_str text = bt_str_of(f->sources->option);
    size_t slash = 0;
    while (slash < text.len && text.ptr[slash] != '/') slash++;
    bool is_read = slash < text.len && read_number(bt_str_slice(text, 0, slash), BT_LIMIT_SHARDS, &made.shard.k) &&
                   read_number(bt_str_slice(text, slash + 1, text.len), BT_LIMIT_SHARDS, &made.shard.n);
    made.is_made = is_read && made.shard.k >= 1 && made.shard.k <= made.shard.n;
    if (!made.is_made) report(f, BT_E_SHARD_OPTION, BT_ARGS(text, most_shards(f)));
    return made;
}

/* How many there are, as the user says; 0: not said, or reported. */
static uint32_t n_of_option(finder *f)
{
    uint32_t n = 0;
    if (!f->sources->n_shards) return 0;
    bt_str text = bt_str_of(f->sources->n_shards);
    if (read_number(text, BT_LIMIT_SHARDS, &n) && n) return n;
    report(f, BT_E_SHARDS_OPTION, BT_ARGS(text, most_shards(f)));
    return 0;
}

/* One number of the environment; absent: `otherwise`. False: it is none, reported. */
static bool read_variable(finder *f, const char *name, const char *text, uint32_t otherwise, uint32_t *number)
{
    *number = otherwise;
    if (!text || read_number(bt_str_of(text), UINT32_MAX, number)) return true;
    report(f, BT_E_SHARD_VARIABLE, BT_ARGS(bt_str_of(name), bt_str_of(text)));
    return false;
}

/* The tasks of a Slurm array are those from MIN to MAX in steps; k counts them from 1. An array with gaps, as
 * --array=1,5,9, tells no task which one it is. */
static claim claim_of_slurm(finder *f)
{
    const bt_shard_sources *s = f->sources;
    claim made = {.by = "SLURM_ARRAY_TASK_ID"};
    uint32_t id, min, max, count, step;
    if (!s->slurm_id) return made;
    if (!s->slurm_min || !s->slurm_count) {
        report(f, BT_E_SHARD_SLURM_LACKS, BT_NO_ARGS);
        return made;
    }
    if (!read_variable(f, "SLURM_ARRAY_TASK_ID", s->slurm_id, 0, &id) ||
        !read_variable(f, "SLURM_ARRAY_TASK_MIN", s->slurm_min, 0, &min) ||
        !read_variable(f, "SLURM_ARRAY_TASK_COUNT", s->slurm_count, 0, &count) ||
        !read_variable(f, "SLURM_ARRAY_TASK_STEP", s->slurm_step, 1, &step) ||
        !read_variable(f, "SLURM_ARRAY_TASK_MAX", s->slurm_max, id, &max))
        return made;
    bool has_max = s->slurm_max != NULL;
    bool is_array = count && count <= BT_LIMIT_SHARDS && step && id >= min && (id - min) % step == 0 && id <= max &&
                    (id - min) / step < count && (!has_max || (max - min) / step == count - 1);
    if (!is_array) {
        report(f, BT_E_SHARD_SLURM_GAPS,
               BT_ARGS(bt_str_of(s->slurm_id), bt_str_of(s->slurm_min), bt_str_of(s->slurm_count)));
        return made;
    }
    made.is_made = true;
    made.shard = (bt_shard){(id - min) / step + 1, count};
    return made;
}

static claim claim_of_kubernetes(finder *f)
{
    claim made = {.by = "JOB_COMPLETION_INDEX"};
    uint32_t index;
    if (!f->sources->kubernetes_index || !read_variable(f, made.by, f->sources->kubernetes_index, 0, &index))
        return made;
    made.is_made = true;
    made.shard.k = index < UINT32_MAX ? index + 1 : index;
    return made;
}

static bt_str said(finder *f, const claim *c)
{
    if (c->shard.n) return bt_str_format(f->scratch, "%u/%u", c->shard.k, c->shard.n);
    return bt_str_format(f->scratch, "%u", c->shard.k);
}

static void check_pair(finder *f, const claim *a, const claim *b)
{
    if (!a->is_made || !b->is_made || f->is_wrong) return;
    bool same_n = !a->shard.n || !b->shard.n || a->shard.n == b->shard.n;
    if (a->shard.k == b->shard.k && same_n) return;
    report(f, BT_E_SHARD_CONTRADICTS, BT_ARGS(bt_str_of(a->by), said(f, a), bt_str_of(b->by), said(f, b)));
}

bt_status bt_shard_find(bt_arena *scratch, bt_diags *diags, const bt_shard_sources *sources, bt_shard *shard)
{
    finder f = {.scratch = scratch, .diags = diags, .sources = sources};
    *shard = (bt_shard){0, 0};
    const claim claims[] = {claim_of_option(&f), claim_of_slurm(&f), claim_of_kubernetes(&f)};
    enum { N_CLAIMS = sizeof claims / sizeof *claims };
    uint32_t n = n_of_option(&f);
    const claim *first = NULL;
    for (size_t i = 0; i < N_CLAIMS; i++) {
        if (!claims[i].is_made) continue;
        if (!first) first = &claims[i];
        for (size_t k = i + 1; k < N_CLAIMS; k++) check_pair(&f, &claims[i], &claims[k]);
        if (claims[i].shard.n) shard->n = claims[i].shard.n;
        shard->k = claims[i].shard.k;
        if (n && claims[i].shard.n && claims[i].shard.n != n && !f.is_wrong)
            report(&f, BT_E_SHARDS_CONTRADICT,
                   BT_ARGS(bt_str_of(sources->n_shards), bt_str_of(claims[i].by), said(&f, &claims[i])));
    }
    if (f.is_wrong) return scratch->failed ? BT_NOMEM : BT_INPUT;
    if (!shard->n) shard->n = n;
    if (!first && n)
        report(&f, BT_E_SHARDS_ALONE, BT_ARGS(bt_str_of(sources->n_shards)));
    else if (first && !shard->n)
        report(&f, BT_E_SHARDS_MISSING, BT_ARGS(bt_str_of(first->by)));
    else if (shard->k > shard->n)
        report(&f, BT_E_SHARD_BEYOND,
               BT_ARGS(bt_str_of(first->by), said(&f, first), bt_str_format(scratch, "%u", shard->n)));
    return scratch->failed ? BT_NOMEM : f.is_wrong ? BT_INPUT : BT_OK;
}
