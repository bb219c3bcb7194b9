/* report.c - what came out where, as JSON for programs: the facts beside the display list, and the job's messages. */
#include "dump/report_int.h"

static void add_percent(writer *w, const char *key, uint16_t percent100)
{
    add_key(w, key);
    bt_buf_add_fixed(w->out, percent100, 2);
}

static void note_inks(bool prints[4], bt_color color)
{
    const uint16_t inks[4] = {color.c, color.m, color.y, color.k};
    for (int ink = 0; ink < 4; ink++) prints[ink] = prints[ink] || (inks[ink] && !color.spot);
}

/* The inks that text, rules, tints and charts print with; a picture has its own. */
static void add_inks(writer *w, const bt_pages *pages)
{
    static const char *const names[4] = {"cyan", "magenta", "yellow", "black"};
    bool prints[4] = {false};
    for (uint32_t i = 0; i < pages->n_pages; i++)
        for (uint32_t j = 0; j < pages->pages[i].n_items; j++) {
            const bt_item *item = &pages->pages[i].items[j];
            bool is_path = item->kind == BT_ITEM_PATH;
            bool is_filled = item->kind == BT_ITEM_GLYPHS || item->kind == BT_ITEM_FILL;
            if (is_filled || (is_path && item->as.path.is_filled)) note_inks(prints, item->color);
            if (is_path && item->as.path.stroke_width) note_inks(prints, item->as.path.stroke_color);
        }
    add_key(w, "process_inks");
    begin(w, '[');
    for (int ink = 0; ink < 4; ink++) {
        if (!prints[ink]) continue;
        next(w);
        bt_dump_add_quoted(w->out, bt_str_of(names[ink]));
    }
    end(w, ']');
    add_key(w, "spots");
    begin(w, '[');
    for (uint32_t i = 0; i < pages->n_spots; i++) {
        const bt_spot_ink *spot = &pages->spots[i];
        if (i + 1 == pages->registration) continue;
        next(w);
        begin(w, '{');
        add_str(w, "name", spot->name);
        add_percent(w, "cyan", spot->equivalent.c);
        add_percent(w, "magenta", spot->equivalent.m);
        add_percent(w, "yellow", spot->equivalent.y);
        add_percent(w, "black", spot->equivalent.k);
        end(w, '}');
    }
    end(w, ']');
}

/* Where each value comes from: the overlay, the manifest, or, without a place, the caller. */
static void add_values(writer *w, const bt_pages *pages)
{
    const bt_doc_facts *facts = &pages->facts;
    add_key(w, "values");
    begin(w, '[');
    for (uint32_t i = 0; i < facts->n_values; i++) {
        const bt_value_fact *value = &facts->values[i];
        next(w);
        begin(w, '{');
        add_str(w, "name", value->name);
        add_str(w, "text", value->text);
        if (value->at->line) add_str(w, "origin", bt_dump_line(w->out->arena, pages, value->at));
        end(w, '}');
    }
    end(w, ']');
}

static void add_head(writer *w, const bt_pages *pages)
{
    const bt_doc_facts *facts = &pages->facts;
    begin(w, '{');
    add_int(w, "bantin_report", 1);
    add_str(w, "title", facts->title);
    add_str(w, "lang", facts->lang);
    add_str(w, "layout", facts->layout);
    if (facts->palette.len) add_str(w, "palette", facts->palette);
    if (facts->edition_at) {
        add_key(w, "edition");
        begin(w, '{');
        if (facts->edition_id.len) add_str(w, "id", facts->edition_id);
        if (facts->edition_name.len) add_str(w, "name", facts->edition_name);
        if (facts->edition_at->file.len) add_str(w, "file", facts->edition_at->file);
        add_values(w, pages);
        end(w, '}');
    }
    add_inks(w, pages);
    if (facts->has_date) {
        add_key(w, "date");
        bt_buf_format(w->out, "\"%04d-%02d-%02d\"", (int)facts->year, (int)facts->month, (int)facts->day);
    }
    add_key(w, "page");
    begin(w, '{');
    add_mm(w, "width", pages->width);
    add_mm(w, "height", pages->height);
    add_mm(w, "bleed", pages->bleed);
    end(w, '}');
    add_key(w, "grid");
    begin(w, '{');
    add_mm(w, "first", facts->first_baseline);
    add_mm(w, "step", facts->step);
    end(w, '}');
}

static const char *frame_name(bt_frame_kind kind)
{
    static const char *const names[] = {
        [BT_FRAME_MASTHEAD] = "masthead", [BT_FRAME_HIGHLIGHTS] = "highlights", [BT_FRAME_COLUMN] = "column",
        [BT_FRAME_SPAN] = "span",         [BT_FRAME_IMPRINT] = "imprint",       [BT_FRAME_FIGURE] = "figure",
        [BT_FRAME_TABLE] = "table",       [BT_FRAME_FILLER] = "filler",         [BT_FRAME_CHART] = "chart",
        [BT_FRAME_JUMP] = "jump",
    };
    return (size_t)kind < sizeof names / sizeof *names ? names[kind] : "unknown";
}

static void add_frame(writer *w, const bt_frame_fact *frame)
{
    add_str(w, "kind", bt_str_of(frame_name(frame->kind)));
    if (frame->id.len) add_str(w, "article", frame->id);
    if (frame->at) add_at(w, frame->at);
    add_mm(w, "x", frame->x);
    add_mm(w, "y", frame->y);
    add_mm(w, "width", frame->width);
    add_mm(w, "height", frame->height);
    if (frame->kind == BT_FRAME_COLUMN) {
        add_int(w, "n_steps", frame->n_steps);
        add_int(w, "n_filled", frame->n_filled);
    }
    if (frame->ppi) add_int(w, "ppi", frame->ppi);
}

void bt_report_digest(writer *w, const bt_digest *digest)
{
    char hex[BT_DIGEST_HEX];
    bt_digest_hex(digest, hex);
    add_str(w, "drawing", bt_str_of(hex));
}

static void add_pages(writer *w, const bt_pages *pages, const bt_dump_about *about)
{
    add_list(w, "pages");
    for (uint32_t i = 0; i < pages->n_pages; i++) {
        const bt_page_facts *facts = &pages->pages[i].facts;
        add_object(w);
        add_int(w, "page", (int64_t)i + 1);
        if (about->digests) bt_report_digest(w, &about->digests->pages[i]);
        if (about->comparison) add_bool(w, "same_as_base", about->comparison->are_same[i]);
        add_key(w, "frames");
        begin(w, '[');
        for (uint32_t j = 0; j < facts->n_frames; j++) {
            add_object(w);
            add_frame(w, &facts->frames[j]);
            end(w, '}');
        }
        end(w, ']');
        end(w, '}');
    }
    end(w, ']');
}

/* Where the pages stand on imposed sheets: the pages of the PDF, each a side. */
static void add_sheets(writer *w, const bt_sheets *sheets)
{
    if (!sheets->n || sheets->v[0].n_panels < 2) return;
    add_list(w, "sheet_sides");
    for (uint32_t i = 0; i < sheets->n; i++) {
        add_object(w);
        add_mm(w, "width", sheets->width);
        add_mm(w, "height", sheets->height);
        add_key(w, "panels");
        begin(w, '[');
        for (uint32_t j = 0; j < sheets->v[i].n_panels; j++) {
            const bt_panel *panel = &sheets->v[i].panels[j];
            add_object(w);
            add_int(w, "page", (int64_t)panel->page_i + 1);
            add_mm(w, "x", panel->x);
            add_mm(w, "y", panel->y);
            end(w, '}');
        }
        end(w, ']');
        end(w, '}');
    }
    end(w, ']');
}

static void add_figures(writer *w, const bt_pages *pages)
{
    add_list(w, "figures");
    for (uint32_t i = 0; i < pages->n_pages; i++) {
        const bt_page_facts *facts = &pages->pages[i].facts;
        for (uint32_t j = 0; j < facts->n_frames; j++) {
            const bt_frame_fact *frame = &facts->frames[j];
            if (frame->kind != BT_FRAME_FIGURE) continue;
            add_object(w);
            add_int(w, "page", (int64_t)i + 1);
            add_frame(w, frame);
            end(w, '}');
        }
    }
    end(w, ']');
}

static void add_articles(writer *w, const bt_doc_facts *facts)
{
    add_list(w, "articles");
    for (uint32_t i = 0; i < facts->n_articles; i++) {
        const bt_article_fact *article = &facts->articles[i];
        add_object(w);
        add_str(w, "id", article->id);
        add_str(w, "headline", article->headline);
        add_at(w, article->at);
        if (facts->edition_at) add_str(w, "origin", bt_dump_line(w->out->arena, w->pages, article->at));
        if (article->changed_at) add_str(w, "changed", bt_dump_line(w->out->arena, w->pages, article->changed_at));
        add_int(w, "first_page", article->first_page);
        add_int(w, "last_page", article->last_page);
        add_mm(w, "x", article->x);
        add_mm(w, "y", article->y);
        end(w, '}');
    }
    end(w, ']');
}

static void add_paragraphs(writer *w, const bt_doc_facts *facts)
{
    add_list(w, "paragraphs");
    for (uint32_t i = 0; i < facts->n_paragraphs; i++) {
        const bt_paragraph_fact *paragraph = &facts->paragraphs[i];
        add_object(w);
        add_at(w, paragraph->at);
        add_str(w, "style", paragraph->style);
        add_int(w, "page", paragraph->page);
        add_int(w, "lines", paragraph->n_lines);
        add_int(w, "best_lines", paragraph->best_lines);
        if (paragraph->word_space_mean) {
            add_key(w, "word_space_mean");
            bt_buf_add_fixed(w->out, paragraph->word_space_mean, 3);
            add_key(w, "word_space_max");
            bt_buf_add_fixed(w->out, paragraph->word_space_max, 3);
            add_int(w, "n_over_1500", paragraph->n_over_1500);
            add_int(w, "n_over_1800", paragraph->n_over_1800);
        }
        if (paragraph->overfull) add_mm(w, "overfull", paragraph->overfull);
        end(w, '}');
    }
    end(w, ']');
}

static void add_messages(writer *w, const bt_dump_message *messages, uint32_t n_messages)
{
    static const char *const severities[] = {[BT_NOTE] = "note", [BT_WARNING] = "warning", [BT_ERROR] = "error"};
    add_list(w, "diagnostics");
    for (uint32_t i = 0; i < n_messages; i++) {
        const bt_dump_message *message = &messages[i];
        add_object(w);
        add_str(w, "severity", bt_str_of((size_t)message->severity < 3 ? severities[message->severity] : "error"));
        add_str(w, "code", message->code);
        add_str(w, "file", message->file);
        add_int(w, "line", message->line);
        add_int(w, "column", message->column);
        add_str(w, "pointer", message->pointer);
        add_str(w, "text", message->text);
        end(w, '}');
    }
    end(w, ']');
}

void bt_dump_report(bt_buf *out, const bt_pages *pages, const bt_dump_about *about)
{
    writer w = {.out = out, .pages = pages};
    add_head(&w, pages);
    if (about->comparison) bt_report_differences(&w, about);
    add_pages(&w, pages, about);
    add_sheets(&w, &pages->sheets);
    add_articles(&w, &pages->facts);
    add_figures(&w, pages);
    add_paragraphs(&w, &pages->facts);
    add_messages(&w, about->messages, about->n_messages);
    end(&w, '}');
    bt_buf_add_char(out, '\n');
}
