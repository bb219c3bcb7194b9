/* draft_font.c - which of the families that there are stands in for each of the sample's. */
#include "check/design/draft.h"

#include <string.h>

/* Families that look alike: what a name holds, and what stands for it. The first match counts. */
static const struct {
    const char *holds, *family;
} alike[] = {
    {"times", "Liberation Serif"},
    {"tinos", "Liberation Serif"},
    {"nimbusrom", "Liberation Serif"},
    {"termes", "Liberation Serif"},
    {"lmroman", "Liberation Serif"},
    {"cmr", "Liberation Serif"},
    {"robotocond", "Roboto Condensed"},
    {"condensed", "Roboto Condensed"},
    {"narrow", "Roboto Condensed"},
    {"arial", "Liberation Sans"},
    {"helvetica", "Liberation Sans"},
    {"arimo", "Liberation Sans"},
    {"nimbussan", "Liberation Sans"},
    {"heros", "Liberation Sans"},
    {"georgia", "Noto Serif"},
    {"serif", "Noto Serif"},
    {"sans", "Noto Sans"},
};

/* Small letters and digits alone. */
static bt_str bare(bt_arena *arena, bt_str name)
{
    bt_buf text = bt_buf_in(arena);
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) bt_buf_add_char(&text, c);
    }
    return bt_buf_str(&text);
}

static bool holds(bt_str text, const char *part)
{
    size_t n = strlen(part);
    for (size_t i = 0; i + n <= text.len; i++)
        if (memcmp(text.ptr + i, part, n) == 0) return true;
    return false;
}

static const bt_str *listed(const draft *w, bt_str bare_name)
{
    for (uint32_t i = 0; i < w->options->n_families; i++)
        if (bt_str_equal(bare(w->arena, w->options->families[i]), bare_name)) return &w->options->families[i];
    return NULL;
}

/* The family itself where it is listed, else one that looks like it. */
static bt_str family_for(draft *w, const design_style *style, bool *is_same)
{
    bt_str name = bare(w->arena, style->family);
    const bt_str *same = listed(w, name);
    *is_same = same != NULL;
    if (same) return *same;
    for (size_t i = 0; i < sizeof alike / sizeof *alike; i++)
        if (holds(name, alike[i].holds)) return bt_str_of(alike[i].family);
    return style->face->is_serif ? BT_STR("Noto Serif") : BT_STR("Noto Sans");
}

static void add_font(draft *w, const design_style *style, bt_str name)
{
    bool is_same;
    bt_str family = family_for(w, style, &is_same);
    if (!is_same) {
        const bt_place at = {.file = w->d->file->path};
        bt_diag(w->diags, BT_W_DESIGN_FAMILY, &at, BT_ARGS(style->family, family));
    }
    w->fonts[w->n_fonts++] = (draft_font){is_same ? family : style->family, name, family};
}

static bool has_font(const draft *w, bt_str family)
{
    bt_str name = bare(w->arena, family);
    for (uint32_t i = 0; i < w->n_fonts; i++)
        if (bt_str_equal(bare(w->arena, w->fonts[i].seen), name)) return true;
    return false;
}

/* "text" is the body's, "sans" that of most other small type, "display" that of headlines; more are numbered. */
void draft_find_fonts(draft *w)
{
    const design *d = w->d;
    const design_style *body = &d->styles.v[d->body];
    add_font(w, body, BT_STR("text"));
    for (uint32_t i = 0; i < d->styles.n; i++) {
        const design_style *style = &d->styles.v[i];
        bool is_large = style->size > 1.15 * body->size;
        if (style->role == DESIGN_OTHER || style->role == DESIGN_EMPHASIS || w->n_fonts == DRAFT_MOST_FONTS) continue;
        if (!style->family.len || has_font(w, style->family)) continue;
        bt_str name = draft_numbered(w, "font-", w->n_fonts + 1), usual = BT_STR("sans");
        if (is_large) usual = BT_STR("display");
        bool is_taken = false;
        for (uint32_t k = 0; k < w->n_fonts; k++) is_taken = is_taken || bt_str_equal(w->fonts[k].name, usual);
        add_font(w, style, is_taken ? name : usual);
    }
    bool has_sans = false;
    for (uint32_t k = 0; k < w->n_fonts; k++) has_sans = has_sans || bt_str_is(w->fonts[k].name, "sans");
    if (!has_sans && w->n_fonts < DRAFT_MOST_FONTS) /* a design of one family has it in the small type too */
        w->fonts[w->n_fonts++] = (draft_font){BT_STR(""), BT_STR("sans"), w->fonts[0].family};
}

void draft_write_fonts(draft *w)
{
    draft_open(w, "fonts", '{');
    for (uint32_t i = 0; i < w->n_fonts; i++) {
        draft_open(w, bt_str_z(w->arena, w->fonts[i].name), '{');
        draft_text(w, "family", w->fonts[i].family);
        draft_open(w, "fallback", '[');
        static const char *const others[] = {"Noto Serif", "Noto Sans", "Liberation Serif"};
        for (size_t k = 0; k < sizeof others / sizeof *others; k++)
            if (!bt_str_is(w->fonts[i].family, others[k])) draft_word(w, NULL, others[k]);
        draft_close(w, ']');
        draft_close(w, '}');
    }
    draft_close(w, '}');
}

bt_str draft_font_of(const draft *w, const seen_face *face, bt_str family)
{
    bt_str name = bare(w->arena, family);
    for (uint32_t i = 0; i < w->n_fonts; i++)
        if (w->fonts[i].seen.len && bt_str_equal(bare(w->arena, w->fonts[i].seen), name)) return w->fonts[i].name;
    return face->is_serif ? BT_STR("text") : BT_STR("sans");
}
