#include "text/about.h"

#include "text/text_int.h"

#include <utf8proc.h>

bt_status bt_text_libraries(bt_arena *arena, const bt_fonts *fonts, bt_library libraries[BT_N_TEXT_LIBRARIES])
{
    FT_Int major, minor, patch;
    FT_Library_Version(fonts->ft_library, &major, &minor, &patch);
    const char *freetype = bt_str_z(arena, bt_str_format(arena, "%d.%d.%d", major, minor, patch));
    libraries[0] = (bt_library){"HarfBuzz", hb_version_string()};
    libraries[1] = (bt_library){"FreeType", freetype};
    libraries[2] = (bt_library){"utf8proc", utf8proc_version()};
    return arena->failed ? BT_NOMEM : BT_OK;
}
