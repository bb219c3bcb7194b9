/* rule.c - the table of rules, the profiles, and the round of all rules over a file. */
#include "check/rule/rule_int.h"

#include <string.h>

/* --- profiles --- */

#define MM (72 / 25.4)

/* Names as the registries of printing conditions have them, and those that programs write for them. */
static const char *const coated_conditions[] = {
    "FOGRA39",      "FOGRA39L",    "FOGRA51",         "FOGRA27",      "FOGRA28",  "FOGRA43",  "FOGRA45", "FOGRA53",
    "CGATS TR 006", "CGATS TR006", "CGATS21-2-CRPC6", "CGATS TR 001", "JC200103", "JC200104", "JCW2003", NULL};
static const char *const uncoated_conditions[] = {"FOGRA29",         "FOGRA30",      "FOGRA44",  "FOGRA47", "FOGRA52",
                                                  "CGATS21-2-CRPC3", "CGATS TR 007", "JC200104", NULL};
static const char *const news_conditions[] = {"IFRA22",       "IFRA26",          "IFRA30",   "FOGRA42", "FOGRA48",
                                              "CGATS TR 002", "CGATS21-2-CRPC1", "SNAP2007", NULL};

static const rule_profile profiles[RULE_N_PROFILES] = {
    {.name = "press-coated",
     .bleed = 3 * MM,
     .safe = 3 * MM,
     .small_text = 8,
     .rich_text = 12,
     .line = 0.25,
     .ppi_least = 149,
     .ppi_wanted = 224,
     .ppi_most = 450,
     .bitmap_least = 549,
     .bitmap_wanted = 799,
     .ink_wanted = 3.0,
     .ink_most = 3.2,
     .n_spots = 2,
     .conditions = coated_conditions},
    {.name = "press-uncoated",
     .bleed = 3 * MM,
     .safe = 3 * MM,
     .small_text = 8,
     .rich_text = 12,
     .line = 0.25,
     .ppi_least = 149,
     .ppi_wanted = 224,
     .ppi_most = 450,
     .bitmap_least = 549,
     .bitmap_wanted = 799,
     .ink_wanted = 2.6,
     .ink_most = 2.8,
     .n_spots = 2,
     .conditions = uncoated_conditions},
    {.name = "news",
     .bleed = 3 * MM,
     .safe = 3 * MM,
     .small_text = 8,
     .rich_text = 12,
     .line = 0.25,
     .ppi_least = 99,
     .ppi_wanted = 149,
     .ppi_most = 300,
     .bitmap_least = 549,
     .bitmap_wanted = 799,
     .ink_wanted = 2.2,
     .ink_most = 2.4,
     .n_spots = 1,
     .conditions = news_conditions},
    {.name = "screen", .ppi_least = 72, .ppi_wanted = 96, .ppi_most = 450},
};

const rule_profile *rule_profile_at(uint32_t profile_i) { return &profiles[profile_i]; }

const rule_profile *rule_profile_find(const char *name, uint32_t *profile_i)
{
    for (uint32_t i = 0; i < RULE_N_PROFILES; i++)
        if (strcmp(profiles[i].name, name) == 0) {
            *profile_i = i;
            return &profiles[i];
        }
    return NULL;
}

/* --- the table --- */

typedef struct rule {
    rule_about about;
    enum { OF_FILE, OF_PAGE, OF_MARK } of;
    void (*try)(rule_try *t);
    void (*try_mark)(rule_try *t, const rule_mark *mark);
} rule;

static const rule rules[] = {
#define O RULE_OFF
#define N RULE_NOTE
#define W RULE_WARNING
#define E RULE_ERROR
#define RULE_FILE(number, name, coated, uncoated, news, screen, fault, remedy)                                         \
    {{number, {coated, uncoated, news, screen}, fault, remedy}, OF_FILE, rule_##name, NULL},
#define RULE_PAGE(number, name, coated, uncoated, news, screen, fault, remedy)                                         \
    {{number, {coated, uncoated, news, screen}, fault, remedy}, OF_PAGE, rule_##name, NULL},
#define RULE_MARK(number, name, coated, uncoated, news, screen, fault, remedy)                                         \
    {{number, {coated, uncoated, news, screen}, fault, remedy}, OF_MARK, NULL, rule_##name},
#include "check/rule/rule.def"
#undef RULE_FILE
#undef RULE_PAGE
#undef RULE_MARK
#undef O
#undef N
#undef W
#undef E
};

uint32_t rule_count(void) { return (uint32_t)(sizeof rules / sizeof *rules); }

const rule_about *rule_at(uint32_t rule_i) { return &rules[rule_i].about; }

/* --- the round --- */

static void try_pages(rule_try *t, const rule *one, const rule_marks *marks)
{
    for (uint32_t i = t->first_page - 1; i < t->last_page; i++) {
        t->page_i = i;
        t->page = &t->file->pages.v[i];
        if (one->of == OF_PAGE) one->try(t);
        for (uint32_t k = 0; one->of == OF_MARK && k < marks[i].marks.n; k++) one->try_mark(t, &marks[i].marks.v[k]);
    }
    t->page = NULL;
}

static void try_all(rule_try *t, const rule_marks *marks, uint32_t profile_i)
{
    for (uint32_t i = 0; i < rule_count(); i++) {
        const rule *one = &rules[i];
        rule_severity severity = one->about.severities[profile_i];
        if (severity == RULE_OFF) continue;
        t->groups.n = 0;
        t->not_run = BT_STR("");
        if (one->of == OF_FILE)
            one->try(t);
        else
            try_pages(t, one, marks);
        rule_tell(t, &one->about, severity);
        t->groups.v = NULL; /* findings keep the places */
        t->groups.n = t->groups.capacity = 0;
    }
}

bt_status rules_try(bt_arena *arena, bt_diags *diags, const seen_file *ours, const rule_options *options, report *r)
{
    uint32_t n = ours->pages.n;
    rule_try t = {.arena = arena, .diags = diags, .file = ours, .profile = &profiles[options->profile_i], .report = r};
    t.first_page = options->first_page ? options->first_page : 1;
    t.last_page = options->last_page && options->last_page < n ? options->last_page : n;
    rule_marks *marks = BT_NEW_ARRAY(arena, (size_t)n + 1, rule_marks);
    if (!marks) return BT_NOMEM;
    t.marks = marks;
    for (uint32_t i = t.first_page - 1; i < t.last_page; i++) rule_list_marks(arena, &ours->pages.v[i], &marks[i]);
    r->kind = REPORT_PREFLIGHT;
    r->profile = bt_str_of(t.profile->name);
    r->n_pages = n;
    try_all(&t, marks, options->profile_i);
    findings_rank(r);
    r->is_equal = true;
    for (uint32_t i = 0; i < r->findings.n; i++) r->is_equal &= r->findings.v[i].severity != FINDING_ERROR;
    return arena->failed ? BT_NOMEM : BT_OK;
}
