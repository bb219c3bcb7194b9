/* bundle_verse.c - poems, and question and answer. */
#include "bundle/bundle_int.h"

/* --- verse --- */

enum { VERSE_TYPE, VERSE_TITLE, VERSE_STANZAS, VERSE_BY, N_VERSE_KEYS };
static const bt_field verse_keys[N_VERSE_KEYS] = {
    [VERSE_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [VERSE_TITLE] = {BT_STR_INIT("title"), BT_TAKES_STRING, 0},
    [VERSE_STANZAS] = {BT_STR_INIT("stanzas"), BT_TAKES_ARRAY, BT_REQUIRED},
    [VERSE_BY] = {BT_STR_INIT("by"), BT_TAKES_STRING, 0},
};
static const bt_fields verse_fields = {"this poem", verse_keys, N_VERSE_KEYS};

/* False: no line of it is left. */
static bool read_stanza(bt_bundle_reader *b, const bt_json_node *node, bt_stanza *stanza)
{
    if (!bt_fields_expect(&b->fields, node, BT_TAKES_ARRAY, "write a list of its lines, as in [\"...\", \"...\"]"))
        return true;
    if (!node->n_children) bt_bundle_left_out(b, node, "this stanza");
    bt_bundle_texts lines = bt_bundle_text_list(b, node);
    *stanza = (bt_stanza){lines.v, lines.n, node->at};
    return lines.n > 0;
}

bool bt_bundle_verse(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_VERSE_KEYS];
    bt_verse *verse = BT_NEW(b->fields.arena, bt_verse);
    if (!verse) return false;
    bt_fields_read(&b->fields, node, &verse_fields, values);
    verse->title = bt_bundle_text(b, values[VERSE_TITLE]);
    verse->by = bt_bundle_text(b, values[VERSE_BY]);
    block->verse = verse;
    const bt_json_node *array = values[VERSE_STANZAS];
    if (!array) return true;
    bt_stanza *stanzas = BT_NEW_ARRAY(b->fields.arena, array->n_children, bt_stanza);
    if (!stanzas) return false;
    for (const bt_json_node *item = array->child; item; item = item->next)
        if (read_stanza(b, item, &stanzas[verse->n_stanzas])) verse->n_stanzas++;
    verse->stanzas = stanzas;
    if (verse->n_stanzas) return true;
    if (!array->n_children) bt_bundle_left_out(b, array, "this poem");
    return false;
}

/* --- question and answer --- */

enum { QA_TYPE, QA_QUESTION, QA_ANSWER, N_QA_KEYS };
static const bt_field qa_keys[N_QA_KEYS] = {
    [QA_TYPE] = {BT_STR_INIT("type"), BT_TAKES_STRING, 0},
    [QA_QUESTION] = {BT_STR_INIT("question"), BT_TAKES_STRING, BT_REQUIRED},
    [QA_ANSWER] = {BT_STR_INIT("answer"), BT_TAKES_ARRAY, BT_REQUIRED},
};
static const bt_fields qa_fields = {"this question", qa_keys, N_QA_KEYS};

bool bt_bundle_qa(bt_bundle_reader *b, const bt_json_node *node, bt_block *block)
{
    const bt_json_node *values[N_QA_KEYS];
    bt_fields_read(&b->fields, node, &qa_fields, values);
    block->text = bt_bundle_text(b, values[QA_QUESTION]);
    bt_bundle_need_text(b, block->text, "question", true);
    if (!values[QA_ANSWER]) return true;
    block->body = bt_bundle_blocks(b, values[QA_ANSWER], &block->n_body);
    if (!block->n_body && b->fields.status != BT_LIMIT)
        bt_fields_fault(&b->fields, BT_E_ANSWER_EMPTY, values[QA_ANSWER]->at, BT_NO_ARGS);
    return true;
}
