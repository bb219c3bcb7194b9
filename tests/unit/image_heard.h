/* image_heard.h - what test_image.c and test_svg.c share: reading from memory and from files, and the messages heard.
 */
#ifndef BT_TESTS_IMAGE_HEARD_H
#define BT_TESTS_IMAGE_HEARD_H

#include "unit/check.h"

#include "base/file.h"
#include "image/image_int.h"

static bt_arena arena; /* of the test at hand */

/* What was reported since the last clear. */
static struct {
    char codes[256];
    char text[1024]; /* of the last message */
    bt_diags diags;
} heard;

static void hear(void *user, const bt_message *message)
{
    (void)user;
    size_t n = strlen(heard.codes);
    snprintf(heard.codes + n, sizeof heard.codes - n, "%s%s", n ? " " : "", message->code);
    snprintf(heard.text, sizeof heard.text, "%s", message->text);
}

static inline bt_diags *listening(void)
{
    memset(&heard, 0, sizeof heard);
    heard.diags.on_message = hear;
    return &heard.diags;
}

static inline bt_status read_bytes(bt_str bytes, bt_image *image)
{
    return bt_image_read(&arena, listening(), BT_STR("picture"), bytes, NULL, image);
}

static inline bt_str in_folder(const char *dir, const char *name) { return bt_str_format(&arena, "%s/%s", dir, name); }

static inline bt_str contents(bt_str path)
{
    bt_str bytes;
    int error;
    CHECK_INT(bt_file_read(&arena, bt_str_z(&arena, path), 1 << 30, &bytes, &error), BT_OK);
    return bytes;
}

/* Reports the file's name with a failed check. */
static inline void check_file(bool holds, const char *name, int line)
{
    CHECK(holds);
    if (!holds) printf("    line %d: %s: codes '%s' %s\n", line, name, heard.codes, heard.text);
}

#endif
