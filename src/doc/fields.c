/* fields.c - the issue's own values (title, number, date ...) and the layout's words that name them. */
#include "doc/doc_int.h"

bt_str bt_doc_fill(bt_arena *arena, bt_str template, bt_field_fn value, const void *user, bool *is_empty)
{
    bt_buf out = bt_buf_in(arena);
    uint32_t n_fields = 0, n_filled = 0;
    for (size_t i = 0; i < template.len;) {
        size_t end = i;
        if (template.ptr[i] == '{')
            while (end < template.len && template.ptr[end] != '}') end++;
        if (end == i || end == template.len) {
            bt_buf_add_char(&out, template.ptr[i++]);
            continue;
        }
        bt_str text = value(user, bt_str_slice(template, i + 1, end));
        n_fields++;
        n_filled += text.len > 0;
        bt_buf_add(&out, text);
        i = end + 1;
    }
    *is_empty = n_fields && !n_filled;
    return bt_buf_str(&out);
}

bt_str bt_doc_field(const void *user, bt_str name)
{
    const bt_doc_fields *fields = user;
    const struct {
        const char *name;
        bt_str value;
    } known[] = {
        {"kind", fields->kind},
        {"title", fields->title},
        {"title_first", fields->title_first},
        {"title_rest", fields->title_rest},
        {"issuer", fields->issuer},
        {"issue", fields->issue},
        {"number", fields->number},
        {"year", fields->year},
        {"date", fields->date},
        {"edition", fields->edition},
        {"motto", fields->motto},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (bt_str_is(name, known[i].name)) return known[i].value;
    return BT_STR("");
}

typedef struct date_parts {
    bt_str day, month, year;
} date_parts;

static bt_str date_value(const void *user, bt_str name)
{
    const date_parts *parts = user;
    return bt_str_is(name, "day") ? parts->day : bt_str_is(name, "month") ? parts->month : parts->year;
}

/* The title's first line, the others, and all on one line. */
static void split_title(bt_arena *arena, bt_str title, bt_doc_fields *fields)
{
    size_t end = 0;
    while (end < title.len && title.ptr[end] != '\n') end++;
    fields->title_first = bt_str_slice(title, 0, end);
    fields->title_rest = bt_str_trim(bt_str_slice(title, end, title.len));
    fields->title = title;
    if (end == title.len) return;
    bt_buf line = bt_buf_in(arena);
    for (size_t i = 0; i < title.len; i++) bt_buf_add_char(&line, title.ptr[i] == '\n' ? ' ' : title.ptr[i]);
    fields->title = bt_buf_str(&line);
}

bt_doc_fields bt_doc_fields_of(bt_arena *arena, const bt_bundle *bundle, const bt_layout *layout)
{
    const bt_masthead *masthead = &bundle->masthead;
    bt_doc_fields fields = {
        .kind = masthead->kind.s,
        .issuer = masthead->issuer.s,
        .number = masthead->number.s,
        .year = masthead->year.s,
        .date = masthead->date.s,
        .edition = masthead->edition.s,
        .motto = masthead->motto.s,
        .issue = masthead->number.s,
    };
    split_title(arena, masthead->title.s, &fields);
    bool is_empty;
    if (masthead->number.s.len && masthead->year.s.len)
        fields.issue = bt_doc_fill(arena, layout->words.issue, bt_doc_field, &fields, &is_empty);
    if (masthead->has_iso_date) {
        date_parts parts = {bt_str_format(arena, "%d", masthead->d), bt_str_format(arena, "%d", masthead->m),
                            bt_str_format(arena, "%d", masthead->y)};
        fields.date = bt_doc_fill(arena, layout->words.date, date_value, &parts, &is_empty);
    }
    return fields;
}
