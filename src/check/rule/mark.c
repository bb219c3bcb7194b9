/* mark.c - what is painted on a page, in one list, so that a rule about colour need not know what bears it. */
#include "check/rule/rule_int.h"

static bool fills(uint8_t render_mode) { return render_mode % 4 == 0 || render_mode % 4 == 2; }
static bool strokes(uint8_t render_mode) { return render_mode % 4 == 1 || render_mode % 4 == 2; }

static rule_mark *add(bt_arena *arena, rule_marks *marks, const seen_paint *paint)
{
    rule_mark *mark = BT_PUSH(arena, &marks->marks);
    if (!mark || !paint) return mark;
    mark->paint = paint;
    mark->fill = paint->fill;
    mark->stroke = paint->stroke;
    mark->overprints_fill = paint->overprints_fill;
    mark->overprints_stroke = paint->overprints_stroke;
    return mark;
}

static void add_word(bt_arena *arena, const seen_page *page, const seen_word *word, rule_marks *marks)
{
    for (uint32_t i = word->run_begin; i < word->run_end; i++) {
        const seen_run *run = &page->runs.v[i];
        rule_mark *mark = add(arena, marks, run->paint);
        if (!mark) return;
        mark->kind = RULE_MARK_TEXT;
        mark->word = word;
        mark->run = run;
        mark->box = word->box;
        if (word->angle == 0 && word->run_end > word->run_begin + 1) {
            mark->box.x0 = run->x0;
            mark->box.x1 = run->x1;
        }
        if (!fills(run->render_mode)) mark->fill = NULL;
        if (!strokes(run->render_mode)) mark->stroke = NULL;
    }
}

void rule_list_marks(bt_arena *arena, const seen_page *page, rule_marks *marks)
{
    for (uint32_t i = 0; i < page->words.n; i++)
        if (!page->words.v[i].is_hidden) add_word(arena, page, &page->words.v[i], marks);
    for (uint32_t i = 0; i < page->paths.n; i++) {
        const seen_path *path = &page->paths.v[i];
        rule_mark *mark = path->is_hidden ? NULL : add(arena, marks, path->paint);
        if (!mark) continue;
        mark->kind = RULE_MARK_PATH;
        mark->path = path;
        mark->box = path->box;
    }
    for (uint32_t i = 0; i < page->pictures.n; i++) {
        const seen_picture *picture = &page->pictures.v[i];
        rule_mark *mark = picture->is_hidden ? NULL : add(arena, marks, picture->paint);
        if (!mark) continue;
        mark->kind = RULE_MARK_PICTURE;
        mark->picture = picture;
        mark->box = picture->box;
        if (!picture->is_stencil) mark->fill = NULL;
        mark->stroke = NULL;
    }
}
