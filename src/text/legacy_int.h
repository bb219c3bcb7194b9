/* legacy_int.h - what the files of legacy.h share. */
#ifndef BT_LEGACY_INT_H
#define BT_LEGACY_INT_H

#include "text/legacy.h"
#include "text/syllable.h"

/* Longer words are no text of ours. */
enum { BT_LEGACY_LETTERS = 32 };

/* A word as an encoding reads it. */
typedef struct bt_decoded {
    bt_letter letters[BT_LEGACY_LETTERS];
    bool is_changed[BT_LEGACY_LETTERS]; /* the letter comes from a code of the encoding */
    uint32_t n, n_changed;              /* n_changed: letters that do not stand in the source */
} bt_decoded;

/* False: some character means nothing in the encoding. n <= BT_LEGACY_LETTERS. */
bool bt_legacy_decode(bt_legacy_kind kind, const uint32_t *characters, uint32_t n, bt_decoded *decoded);

/* True when the character, one of U+00A1 to U+00FF, can be part of a word. */
bool bt_legacy_has(bt_legacy_kind kind, uint32_t c);

/* --- words: legacy_word.c --- */

/* What a word is for an encoding. */
typedef enum bt_legacy_verdict {
    BT_WORD_PLAIN,    /* says nothing: ASCII that may be Vietnamese, initials, letters that are the same in both */
    BT_WORD_FOREIGN,  /* ASCII that is no syllable */
    BT_WORD_GOOD,     /* a syllable of the encoding, and none as it stands */
    BT_WORD_BOTH,     /* a syllable either way */
    BT_WORD_INITIALS, /* "Q§": capitals, one of them the encoding's */
    BT_WORD_JOINED,   /* syllables without the space between them */
    BT_WORD_SYMBOL,   /* a syllable, but all of it signs: « is ô */
    BT_WORD_BAD,      /* nothing in the encoding, and nothing in Vietnamese */
    BT_WORD_UNICODE,  /* Vietnamese as it stands, or letters that no byte stands for: ends a run */
} bt_legacy_verdict;

/* How far a word is written in capitals. TCVN3 has no toned ones, so their fonts are typed with small codes: "HéI". */
typedef enum bt_legacy_capitals {
    BT_NOT_CAPITALS,
    BT_MAYBE_CAPITALS,
    BT_BARE_CAPITALS,
    BT_SURE_CAPITALS
} bt_legacy_capitals;

typedef struct bt_legacy_word {
    uint32_t begin, end; /* bytes */
    bt_legacy_verdict verdict;
    bt_legacy_capitals capitals;
    bool is_ascii;
    uint32_t hash;  /* tells good words apart */
    uint64_t codes; /* the characters beyond ASCII that it has: U+00C0 to U+00FF, those below folded into them */
} bt_legacy_word;

/* A text, read in one encoding. */
typedef struct bt_legacy_reader {
    bt_arena *scratch;
    bt_str text;
    bt_legacy_kind kind;
    const bt_legacy_habits *habits;
    BT_ARRAY(bt_legacy_word) words;
    bool counts_unicode;
    bool has_guillemets; /* « and » are quotation marks in this text */
    uint32_t n_unicode;  /* see bt_legacy_habits; counted where it is asked for */
} bt_legacy_reader;

/* Fills words and what stands after them; words of ASCII are PLAIN until they are judged, for most texts have nothing
 * that makes them worth it. Without memory `scratch` has failed. */
void bt_legacy_read_words(bt_legacy_reader *r);
/* Whether every word of a text is ASCII, has letters that no byte stands for, or is Vietnamese as it stands: then no
 * encoding explains one of them better. *n_unicode: see bt_legacy_habits. It is quick, for most texts are so. */
bool bt_legacy_is_clear(bt_str text, uint32_t *n_unicode);
void bt_legacy_judge_ascii(bt_legacy_reader *r);
/* Whether the word becomes another one in an accepted run. */
bool bt_legacy_is_converted(const bt_legacy_reader *r, const bt_legacy_word *w);
bool bt_legacy_word_decode(const bt_legacy_reader *r, const bt_legacy_word *w, bt_decoded *decoded);

#endif
