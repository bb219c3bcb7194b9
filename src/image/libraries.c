/* libraries.c - which libraries read the pictures. */
#include "image/image.h"

#include <stdio.h> /* jpeglib.h takes it for granted */

#include <expat.h>
#include <jpeglib.h>
#include <png.h>

#define TEXT_OF(x) #x
#define VALUE_OF(x) TEXT_OF(x)

#ifdef LIBJPEG_TURBO_VERSION
static const char jpeg_version[] = VALUE_OF(LIBJPEG_TURBO_VERSION) " (turbo)";
#else
static const char jpeg_version[] = VALUE_OF(JPEG_LIB_VERSION);
#endif

void bt_image_libraries(bt_library libraries[BT_N_IMAGE_LIBRARIES])
{
    libraries[0] = (bt_library){"libpng", png_get_libpng_ver(NULL)};
    libraries[1] = (bt_library){"libjpeg", jpeg_version};
    const char *expat = XML_ExpatVersion(); /* "expat_2.5.0" */
    for (const char *at = expat; *at; at++)
        if (*at == '_') expat = at + 1;
    libraries[2] = (bt_library){"expat", expat};
}
