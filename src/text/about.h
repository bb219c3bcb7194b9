/* about.h - which libraries set the text. */
#ifndef BT_TEXT_ABOUT_H
#define BT_TEXT_ABOUT_H

#include "text/text.h"

/* HarfBuzz, FreeType and utf8proc, as they run. The arena holds what is not theirs; BT_NOMEM. */
enum { BT_N_TEXT_LIBRARIES = 3 };
bt_status bt_text_libraries(bt_arena *arena, const bt_fonts *fonts, bt_library libraries[BT_N_TEXT_LIBRARIES]);

#endif
