/* chart.c - a bundle's chart with its texts styled, its numbers as the language writes them, and read out as a text. */
#include "doc/doc_int.h"

bt_str bt_doc_chart_number(bt_arena *arena, const bt_chart *chart, int64_t value, bt_str lang)
{
    bt_buf digits = bt_buf_in(arena);
    bt_buf_add_fixed(&digits, value, chart->decimals);
    bt_str number = bt_doc_number(arena, bt_buf_str(&digits), -1, lang);
    return chart->is_percent ? bt_str_join(arena, number, BT_STR("%")) : number;
}

/* A number as its table prints it; a string exactly as written. */
static bt_str value_text(bt_doc_maker *m, const bt_chart *chart, const bt_chart_value *value, uint32_t column_i)
{
    if (value->is_missing) return BT_STR("");
    const bt_cell *cell = value->cell;
    if (!cell->is_number) return bt_str_trim(cell->text.s);
    return bt_doc_number(m->arena, cell->text.s, chart->table->columns[column_i].decimals, m->bundle->lang.s);
}

static bt_rich plain(const bt_doc_maker *m, bt_str text, bt_style_role role, const bt_place *at)
{
    return bt_doc_plain(m->arena, text, m->layout->role[role], at);
}

/* --- shares of a whole --- */

/* In tenths of a percent, which add up to 100 %: what flooring leaves over goes to the largest remainders. */
static void find_shares(bt_doc_maker *m, const bt_chart *chart, int32_t *shares)
{
    enum { WHOLE = 1000 };
    int64_t whole = 0;
    int32_t left = WHOLE;
    for (uint32_t i = 0; i < chart->n_points; i++) whole += chart->values[i].value;
    int64_t *rests = BT_NEW_ARRAY(m->arena, chart->n_points, int64_t);
    if (!rests || !whole) return;
    for (uint32_t i = 0; i < chart->n_points; i++) {
        int64_t value = chart->values[i].value * WHOLE;
        shares[i] = (int32_t)(value / whole);
        rests[i] = value % whole;
        left -= shares[i];
    }
    while (left-- > 0) {
        uint32_t most = 0;
        for (uint32_t i = 1; i < chart->n_points; i++)
            if (rests[i] > rests[most]) most = i;
        rests[most] = 0;
        shares[most]++;
    }
}

/* "41,3%"; whole percents where all are. A share too small to be seen in that is "<0,1%". */
static bt_str share_text(const bt_doc_maker *m, int32_t share, bool are_whole, bool is_some)
{
    bt_str lang = m->bundle->lang.s;
    if (!share && is_some) return bt_str_join(m->arena, BT_STR("<"), share_text(m, 1, false, false));
    bt_str digits = bt_str_format(m->arena, "%d.%d", share / 10, share % 10);
    return bt_str_join(m->arena, bt_doc_number(m->arena, digits, are_whole ? 0 : 1, lang), BT_STR("%"));
}

static bool add_shares(bt_doc_maker *m, const bt_chart *chart, bt_rich *totals)
{
    int32_t *shares = BT_NEW_ARRAY(m->arena, chart->n_points, int32_t);
    if (!shares) return false;
    find_shares(m, chart, shares);
    bool are_whole = true;
    for (uint32_t i = 0; i < chart->n_points; i++) {
        const bt_chart_value *value = &chart->values[i];
        are_whole = are_whole && shares[i] % 10 == 0 && (shares[i] || !value->value);
    }
    for (uint32_t i = 0; i < chart->n_points; i++) {
        const bt_chart_value *value = &chart->values[i];
        if (value->is_missing) continue;
        if (chart->is_percent) /* shares already, however they add up */
            totals[i] = plain(m, value_text(m, chart, value, chart->y[0]), BT_STYLE_CHART_VALUE, value->cell->text.at);
        else
            totals[i] = plain(m, share_text(m, shares[i], are_whole, value->value > 0), BT_STYLE_CHART_VALUE,
                              value->cell->text.at);
    }
    return true;
}

/* What the bars of a row come to, upon one another. */
static void add_sums(bt_doc_maker *m, const bt_chart *chart, bt_rich *totals)
{
    for (uint32_t p = 0; p < chart->n_points; p++) {
        int64_t sum = 0;
        bool has_any = false;
        for (uint32_t s = 0; s < chart->n_series; s++) {
            const bt_chart_value *value = &chart->values[s * chart->n_points + p];
            sum += value->value;
            has_any = has_any || !value->is_missing;
        }
        if (has_any)
            totals[p] = plain(m, bt_doc_chart_number(m->arena, chart, sum, m->bundle->lang.s), BT_STYLE_CHART_VALUE,
                              chart->points[p]->at);
    }
}

/* --- the text that is read out --- */

static void add_point(bt_buf *out, bt_doc_maker *m, const bt_doc_chart *chart, uint32_t point_i)
{
    const bt_chart *source = chart->source;
    bool has_names = source->n_series > 1;
    bt_buf_add(out, chart->labels[point_i].text);
    bt_buf_add_z(out, has_names ? " – " : ": ");
    for (uint32_t s = 0; s < source->n_series; s++) {
        uint32_t i = s * source->n_points + point_i;
        if (s) bt_buf_add_z(out, ", ");
        if (has_names && chart->names[s].text.len) {
            bt_buf_add(out, chart->names[s].text);
            bt_buf_add_z(out, ": ");
        }
        bt_buf_add(out, source->values[i].is_missing ? m->layout->words.chart_none : chart->values[i].text);
        if (source->kind == BT_CHART_SHARE && !source->is_percent && !source->values[i].is_missing)
            bt_buf_format(out, " (%.*s)", BT_STR_ARGS(chart->totals[point_i].text));
    }
}

/* "Biểu đồ cột: Dư nợ cho vay (tỷ đồng). 2022: 344,6; 2023: 487,5." Very long ones end with a mark of omission. */
static bt_str read_out(bt_doc_maker *m, const bt_doc_chart *chart)
{
    enum { MOST_BYTES = 6000 };
    const bt_chart *source = chart->source;
    const bt_words *words = &m->layout->words;
    if (source->alt.s.len) return source->alt.s;
    bt_buf out = bt_buf_in(m->arena);
    bt_str word = source->kind == BT_CHART_BAR    ? words->chart_bar
                  : source->kind == BT_CHART_LINE ? words->chart_line
                                                  : words->chart_share;
    bt_buf_add(&out, word);
    if (word.len && chart->title.text.len) bt_buf_add_z(&out, ": ");
    bt_buf_add(&out, chart->title.text);
    if (chart->unit.text.len) bt_buf_format(&out, " (%.*s)", BT_STR_ARGS(chart->unit.text));
    if (out.bytes.n) bt_buf_add_z(&out, ". ");
    for (uint32_t p = 0; p < source->n_points; p++) {
        if (p) bt_buf_add_z(&out, "; ");
        if (out.bytes.n > MOST_BYTES) {
            bt_buf_add_z(&out, "…");
            break;
        }
        add_point(&out, m, chart, p);
    }
    bt_buf_add_char(&out, '.');
    return bt_buf_str(&out);
}

/* --- all --- */

/* A series is called as its column; where another one is too, with the head of its group before. */
static bt_rich name_of(bt_doc_maker *m, const bt_chart *chart, uint32_t series_i)
{
    const bt_table *table = chart->table;
    uint32_t own = chart->y[series_i];
    bt_text name = table->columns[own].title, group = table->columns[own].group;
    bool is_shared = false;
    for (uint32_t s = 0; s < chart->n_series; s++)
        is_shared = is_shared || (s != series_i && bt_str_equal(table->columns[chart->y[s]].title.s, name.s));
    if (is_shared && group.s.len)
        name.s = bt_str_format(m->arena, "%.*s, %.*s", BT_STR_ARGS(group.s), BT_STR_ARGS(name.s));
    return bt_doc_text(m, name, BT_STYLE_CHART_LEGEND);
}

static bool add_texts(bt_doc_maker *m, const bt_chart *chart, bt_rich *labels, bt_rich *names, bt_rich *values)
{
    for (uint32_t p = 0; p < chart->n_points; p++) {
        const bt_cell *cell = &chart->points[p]->cells[chart->x];
        /* A number here is a name, such as a year: it is not written as an amount. */
        labels[p] = cell->is_number ? plain(m, cell->text.s, BT_STYLE_CHART_LABEL, cell->text.at)
                                    : bt_doc_text(m, cell->text, BT_STYLE_CHART_LABEL);
    }
    /* Where sums or shares are printed, they are what is read first. */
    bool are_parts = chart->is_stacked || (chart->kind == BT_CHART_SHARE && !chart->is_percent);
    bt_style_role role = are_parts ? BT_STYLE_CHART_LABEL : BT_STYLE_CHART_VALUE;
    for (uint32_t s = 0; s < chart->n_series; s++) {
        names[s] = name_of(m, chart, s);
        for (uint32_t p = 0; p < chart->n_points; p++) {
            uint32_t i = s * chart->n_points + p;
            const bt_chart_value *value = &chart->values[i];
            values[i] = plain(m, value_text(m, chart, value, chart->y[s]), role, value->cell->text.at);
        }
    }
    return !m->arena->failed;
}

static const bt_doc_chart *make(bt_doc_maker *m, const bt_chart *chart)
{
    bt_doc_chart *out = BT_NEW(m->arena, bt_doc_chart);
    bt_rich *labels = BT_NEW_ARRAY(m->arena, chart->n_points, bt_rich);
    bt_rich *names = BT_NEW_ARRAY(m->arena, chart->n_series, bt_rich);
    bt_rich *values = BT_NEW_ARRAY(m->arena, (size_t)chart->n_series * chart->n_points, bt_rich);
    bt_rich *totals = BT_NEW_ARRAY(m->arena, chart->n_points, bt_rich);
    if (!out || !labels || !names || !values || !totals || !add_texts(m, chart, labels, names, values)) return NULL;
    for (uint32_t p = 0; p < chart->n_points; p++) totals[p] = plain(m, BT_STR(""), BT_STYLE_CHART_VALUE, NULL);
    if (chart->kind == BT_CHART_SHARE && !add_shares(m, chart, totals)) return NULL;
    if (chart->is_stacked) add_sums(m, chart, totals);
    *out =
        (bt_doc_chart){.source = chart, .lang = m->bundle->lang.s, .labels = labels, .names = names, .values = values};
    out->totals = totals;
    out->title = bt_doc_text(m, chart->title, BT_STYLE_CHART_TITLE);
    out->unit = bt_doc_text(m, chart->unit, BT_STYLE_CHART_UNIT);
    out->note = bt_doc_text(m, chart->note, BT_STYLE_CHART_NOTE);
    out->table_source = bt_doc_word(m, m->layout->words.table_source, chart->source, BT_STYLE_CHART_NOTE);
    out->base_note = plain(m, m->layout->words.chart_base, BT_STYLE_CHART_NOTE, NULL);
    return out;
}

void bt_doc_add_chart(bt_doc_maker *m, uint32_t article_i, const bt_block *source)
{
    bt_doc_block *block = bt_doc_add(m, BT_DOC_CHART, article_i, source->at);
    if (!block) return;
    block->spans_page = source->spans_page && m->layout->n_columns > 1;
    block->chart = make(m, source->chart);
    if (block->chart) block->alt = read_out(m, block->chart);
}
