/* see.c - what is seen of PDFs, as JSON on the standard output, for tests.
 *
 * usage: see FILE.pdf...   ends with 1 and a message where one cannot be read
 */
#include "check/seen/seen.h"

#include <math.h>
#include <stdio.h>

static void say(void *user, const bt_message *message)
{
    (void)user;
    fprintf(stderr, "%s: %s %s\n", message->file ? message->file : "see", message->code, message->text);
}

/* --- values --- */

static void add_key(bt_buf *out, const char *key)
{
    bt_str so_far = bt_buf_str(out);
    if (so_far.len && !strchr("{[\n", so_far.ptr[so_far.len - 1])) bt_buf_add_z(out, ", ");
    if (!key) return;
    bt_buf_add_quoted(out, bt_str_of(key));
    bt_buf_add_z(out, ": ");
}

static void add_number(bt_buf *out, const char *key, double value)
{
    add_key(out, key);
    bt_buf_add_fixed(out, llround(value * 10000), 4);
}

static void add_text(bt_buf *out, const char *key, bt_str text)
{
    add_key(out, key);
    bt_buf_add_quoted(out, text);
}

static void add_flag(bt_buf *out, const char *key, bool is_on)
{
    add_key(out, key);
    bt_buf_add_z(out, is_on ? "true" : "false");
}

static void add_numbers(bt_buf *out, const char *key, const double *values, uint32_t n)
{
    add_key(out, key);
    bt_buf_add_char(out, '[');
    for (uint32_t i = 0; i < n; i++) add_number(out, NULL, values[i]);
    bt_buf_add_char(out, ']');
}

static void add_box(bt_buf *out, const char *key, const seen_box *box)
{
    add_numbers(out, key, (const double[]){box->x0, box->y0, box->x1, box->y1}, 4);
}

static void add_color(bt_buf *out, const char *key, const seen_color *color)
{
    add_key(out, key);
    if (!color) {
        bt_buf_add_z(out, "null");
        return;
    }
    bt_buf_add_quoted(out, seen_color_shown(out->arena, BT_LANG_EN, color));
}

static void add_paint(bt_buf *out, const seen_paint *paint)
{
    add_key(out, "paint");
    bt_buf_add_char(out, '{');
    add_color(out, "fill", paint->fill);
    add_color(out, "stroke", paint->stroke);
    add_number(out, "line_width", paint->line_width);
    add_flag(out, "overprints_fill", paint->overprints_fill);
    add_flag(out, "overprints_stroke", paint->overprints_stroke);
    add_number(out, "overprint_mode", paint->overprint_mode);
    add_flag(out, "is_transparent", paint->is_transparent);
    add_number(out, "fill_alpha", paint->fill_alpha);
    add_number(out, "stroke_alpha", paint->stroke_alpha);
    add_text(out, "blend", paint->blend);
    bt_buf_add_char(out, '}');
}

static void add_mark(bt_buf *out, const seen_mark *mark)
{
    add_text(out, "tag", mark->tag);
    add_flag(out, "is_artifact", mark->is_artifact);
    add_number(out, "mcid", mark->mcid);
}

static void add_digest(bt_buf *out, const char *key, const bt_digest *digest)
{
    char hex[BT_DIGEST_HEX];
    bt_digest_hex(digest, hex);
    add_text(out, key, bt_str_of(hex));
}

/* --- objects --- */

static void add_runs(bt_buf *out, const seen_page *page, const seen_word *word)
{
    add_key(out, "runs");
    bt_buf_add_char(out, '[');
    for (uint32_t i = word->run_begin; i < word->run_end; i++) {
        const seen_run *run = &page->runs.v[i];
        add_key(out, NULL);
        bt_buf_add_char(out, '{');
        add_text(out, "text", run->text);
        add_number(out, "x0", run->x0);
        add_number(out, "x1", run->x1);
        add_number(out, "size", run->size);
        add_text(out, "face", run->face->name);
        add_number(out, "render_mode", run->render_mode);
        add_paint(out, run->paint);
        bt_buf_add_char(out, '}');
    }
    bt_buf_add_char(out, ']');
}

static void add_word(bt_buf *out, const seen_page *page, const seen_word *word)
{
    bt_buf_add_char(out, '{');
    add_text(out, "text", word->text);
    add_box(out, "box", &word->box);
    add_number(out, "x0", word->x0);
    add_number(out, "x1", word->x1);
    add_number(out, "baseline", word->baseline);
    add_number(out, "angle", word->angle);
    add_number(out, "line", word->line_i);
    add_number(out, "order", word->order);
    add_flag(out, "is_hidden", word->is_hidden);
    add_flag(out, "ends_in_hyphen", word->ends_in_hyphen);
    add_mark(out, &word->mark);
    add_runs(out, page, word);
    bt_buf_add_char(out, '}');
}

static void add_line(bt_buf *out, const seen_line *line)
{
    bt_buf_add_char(out, '{');
    add_box(out, "box", &line->box);
    add_number(out, "baseline", line->baseline);
    add_number(out, "size", line->size);
    add_number(out, "word_begin", line->word_begin);
    add_number(out, "word_end", line->word_end);
    bt_buf_add_char(out, '}');
}

static void add_picture(bt_buf *out, const seen_file *file, const seen_page *page, const seen_picture *picture)
{
    const seen_matrix *m = &picture->matrix;
    bt_arena samples_arena = {0};
    bt_str samples;
    bool is_decoded = seen_samples(file, page, picture, &samples_arena, &samples) == BT_OK;
    bt_digest digest = bt_digest_of(samples.ptr, samples.len);
    bt_buf_add_char(out, '{');
    add_box(out, "box", &picture->box);
    add_box(out, "whole", &picture->whole);
    add_numbers(out, "matrix", (const double[]){m->a, m->b, m->c, m->d, m->e, m->f}, 6);
    add_number(out, "n_columns", picture->n_columns);
    add_number(out, "n_rows", picture->n_rows);
    add_number(out, "bits", picture->bits);
    add_number(out, "ppi_x", picture->ppi_x);
    add_number(out, "ppi_y", picture->ppi_y);
    add_text(out, "space", bt_str_of(seen_space_word(picture->space)));
    add_text(out, "space_name", picture->space_name);
    add_number(out, "n_components", picture->n_components);
    add_flag(out, "is_stencil", picture->is_stencil);
    add_flag(out, "has_soft_mask", picture->has_soft_mask);
    add_flag(out, "is_inline", picture->is_inline);
    add_text(out, "filter", picture->filter);
    add_number(out, "object", picture->object);
    add_digest(out, "stored", &picture->stored);
    add_number(out, "n_samples", is_decoded ? (double)samples.len : -1);
    if (is_decoded) add_digest(out, "samples", &digest);
    add_paint(out, picture->paint);
    add_mark(out, &picture->mark);
    add_flag(out, "is_hidden", picture->is_hidden);
    add_number(out, "order", picture->order);
    bt_buf_add_char(out, '}');
    bt_arena_drop(&samples_arena);
}

static void add_path(bt_buf *out, const seen_path *path)
{
    static const char *const kinds[] = {"rule", "area", "shape", "shading"};
    bt_buf_add_char(out, '{');
    add_text(out, "kind", bt_str_of(kinds[path->kind]));
    add_box(out, "box", &path->box);
    add_number(out, "thickness", path->thickness);
    add_number(out, "n_segments", path->n_segments);
    if (path->kind == SEEN_SHAPE) add_digest(out, "form", &path->form);
    add_flag(out, "is_dashed", path->is_dashed);
    add_paint(out, path->paint);
    add_mark(out, &path->mark);
    add_flag(out, "is_hidden", path->is_hidden);
    add_number(out, "order", path->order);
    bt_buf_add_char(out, '}');
}

static void add_page(bt_buf *out, const seen_file *file, const seen_page *page)
{
    static const char *const boxes[SEEN_N_BOXES] = {"media", "crop", "bleed", "trim", "art"};
    bt_buf_add_z(out, "{");
    add_number(out, "width", page->width);
    add_number(out, "height", page->height);
    for (int i = 0; i < SEEN_N_BOXES; i++) add_box(out, boxes[i], &page->boxes[i]);
    add_number(out, "rotation", page->rotation);
    add_number(out, "user_unit", page->user_unit);
    add_flag(out, "is_transparent", page->is_transparent);
    add_key(out, "words");
    bt_buf_add_z(out, "[\n");
    for (uint32_t i = 0; i < page->words.n; i++) {
        if (i) bt_buf_add_z(out, ",\n");
        add_word(out, page, &page->words.v[i]);
    }
    bt_buf_add_z(out, "], \"lines\": [\n");
    for (uint32_t i = 0; i < page->lines.n; i++) {
        if (i) bt_buf_add_z(out, ",\n");
        add_line(out, &page->lines.v[i]);
    }
    bt_buf_add_z(out, "], \"pictures\": [\n");
    for (uint32_t i = 0; i < page->pictures.n; i++) {
        if (i) bt_buf_add_z(out, ",\n");
        add_picture(out, file, page, &page->pictures.v[i]);
    }
    bt_buf_add_z(out, "], \"paths\": [\n");
    for (uint32_t i = 0; i < page->paths.n; i++) {
        if (i) bt_buf_add_z(out, ",\n");
        add_path(out, &page->paths.v[i]);
    }
    bt_buf_add_z(out, "]}");
}

/* --- files --- */

static void add_faces(bt_buf *out, const seen_file *file)
{
    bt_buf_add_z(out, "\"faces\": [");
    for (uint32_t i = 0; i < file->faces.n; i++) {
        const seen_face *face = file->faces.v[i];
        add_key(out, NULL);
        bt_buf_add_char(out, '{');
        add_text(out, "name", face->name);
        add_text(out, "kind", face->kind);
        add_flag(out, "is_embedded", face->is_embedded);
        add_flag(out, "has_unicode", face->has_unicode);
        add_flag(out, "is_bold", face->is_bold);
        add_flag(out, "is_italic", face->is_italic);
        add_flag(out, "is_serif", face->is_serif);
        bt_buf_add_char(out, '}');
    }
    bt_buf_add_z(out, "]");
}

static bool see(const char *path)
{
    static bt_diags diags;
    bt_arena arena = {0}, texts = {0};
    diags = (bt_diags){.on_message = say, .arena = &texts};
    seen_file *file = NULL;
    bt_status status = seen_open(&arena, &diags, path, &(seen_options){.content = true}, &file);
    bt_buf out = bt_buf_in(&texts);
    if (status == BT_OK) {
        bt_buf_add_z(&out, "{");
        add_faces(&out, file);
        bt_buf_add_z(&out, ", \"pages\": [\n");
        for (uint32_t i = 0; i < file->pages.n; i++) {
            if (i) bt_buf_add_z(&out, ",\n");
            add_page(&out, file, &file->pages.v[i]);
        }
        bt_buf_add_z(&out, "]}\n");
        fwrite(out.bytes.v, 1, out.bytes.n, stdout);
    }
    seen_drop(file);
    bt_arena_drop(&texts);
    bt_arena_drop(&arena);
    return status == BT_OK;
}

int main(int argc, char **argv)
{
    bool is_good = argc > 1;
    for (int i = 1; i < argc; i++) is_good = see(argv[i]) && is_good;
    return is_good ? 0 : 1;
}
