/* syllable.h - the letters and syllables of Vietnamese, as a grammar: what can be one, not which words there are.
 *
 * Glossary
 *   base     a letter without its tone: the 12 vowels and the consonants
 *   onset    the consonants before the vowels ("ngh")
 *   nucleus  the vowels that carry the tone ("uyê")
 *   final    what closes the syllable ("ng", "u")
 */
#ifndef BT_SYLLABLE_H
#define BT_SYLLABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum bt_tone { BT_LEVEL, BT_GRAVE, BT_HOOK, BT_TILDE, BT_ACUTE, BT_DOT } bt_tone;

/* A letter taken apart. base: the ASCII letter in lower case, or one of these for the letters that ASCII lacks:
 * W ă, A â, D đ, E ê, O ô, F ơ, U ư. */
typedef struct bt_letter {
    char base;
    uint8_t tone; /* bt_tone */
    bool is_upper;
} bt_letter;

/* False: no letter of Vietnamese (f, j, w and z are none). Only composed letters are known. */
bool bt_letter_of(uint32_t codepoint, bt_letter *letter);
/* The composed letter. */
uint32_t bt_letter_join(bt_letter letter);
/* True for the twelve vowels. */
bool bt_letter_is_vowel(char base);

/* Whether the letters can be one syllable: onset, nucleus, final, the tone where it may stand ("hoà" and "hòa"), only
 * acute or dot before c, ch, p, t. is_bare: the text may have been typed without any marks ("viet"). */
bool bt_is_syllable(const bt_letter *letters, size_t n, bool is_bare);

#endif
