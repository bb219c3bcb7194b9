/* words.c - words and lines of the glyphs. */
#include "check/seen/seen_int.h"

void seen_make_words(seen_reader *r) { (void)r; }
