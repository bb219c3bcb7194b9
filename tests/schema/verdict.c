/* verdict.c - what the program itself says of bundles, editions, layouts and rows of manifests, for test_schema.py.
 *
 * usage: verdict bundle|edition|layout|manifest FOLDER LAYOUTS < TEXTS
 *
 * Reads one JSON text a line and prints one line for each: "good", or "bad" and the codes of the errors. FOLDER is
 * where the texts stand, LAYOUTS where layouts find their parents besides; editions are laid on
 * FOLDER/base/bundle.json. Only the stage that the schema is about reads the text, so that missing pictures and fonts
 * do not count.
 */
#include "base/file.h"
#include "batch/manifest.h"
#include "bundle/bundle.h"
#include "bundle/edition.h"
#include "layout/layout.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct codes {
    char text[4096];
} codes;

static void listen(void *user, const bt_message *message)
{
    codes *said = user;
    char code[16];
    if (message->severity != BT_ERROR) return;
    snprintf(code, sizeof code, " %s", message->code);
    if (strstr(said->text, code)) return;
    if (strlen(said->text) + strlen(code) < sizeof said->text) strcat(said->text, code);
}

static bt_status read_bundle(bt_arena *arena, bt_diags *diags, const char *folder, bt_str source)
{
    const bt_bundle *bundle;
    return bt_bundle_read(arena, diags, bt_str_format(arena, "%s/it.json", folder), source, &bundle);
}

static bt_status read_edition(bt_arena *arena, bt_diags *diags, const char *folder, bt_str source)
{
    const bt_json_node *root, *base, *merged;
    const bt_edition *edition;
    bt_str base_path = bt_str_format(arena, "%s/base/bundle.json", folder), text;
    int error;
    bt_status status = bt_json_parse(arena, diags, bt_str_format(arena, "%s/it.json", folder), source, &root);
    if (status != BT_OK) return status;
    status = bt_edition_read(arena, diags, bt_str_format(arena, "%s/it.json", folder), root, &edition);
    if (!edition) return status;
    if (bt_file_read(arena, base_path.ptr, 1 << 20, &text, &error) != BT_OK) exit(2);
    if (bt_json_parse(arena, diags, base_path, text, &base) != BT_OK) exit(2);
    bt_status lay_status = bt_edition_lay(arena, diags, edition, base, &merged);
    return status == BT_OK ? lay_status : status;
}

static bt_status read_row(bt_arena *arena, bt_diags *diags, bt_str source)
{
    const bt_manifest *manifest;
    return bt_manifest_read(arena, diags, BT_STR("it.jsonl"), source, &manifest);
}

/* Layouts are read from files only: this one is put where it is thought to stand. */
static bt_status read_layout(bt_arena *arena, bt_diags *diags, const char *folder, const char *parents, bt_str source)
{
    const bt_layout *layout;
    const char *const dirs[] = {parents, NULL};
    const char *path = bt_str_z(arena, bt_str_format(arena, "%s/the layout being read.json", folder));
    FILE *file = fopen(path, "w");
    if (!file || fwrite(source.ptr, 1, source.len, file) != source.len || fclose(file)) return BT_IO;
    bt_layout_wanted wanted = {.name = bt_str_of(path), .from_dir = BT_STR(""), .dirs = dirs};
    return bt_layout_read(arena, diags, &wanted, &layout);
}

int main(int argc, char **argv)
{
    char *line = NULL;
    size_t room = 0;
    if (argc != 4) return 2;
    bool is_bundle = strcmp(argv[1], "bundle") == 0, is_edition = strcmp(argv[1], "edition") == 0;
    bool is_row = strcmp(argv[1], "manifest") == 0;
    for (ssize_t length = getline(&line, &room, stdin); length >= 0; length = getline(&line, &room, stdin)) {
        bt_arena arena = {0};
        codes said = {.text = ""};
        bt_diags diags = {.on_message = listen, .user = &said, .arena = &arena};
        bt_str source = bt_str_trim((bt_str){line, (size_t)length});
        bt_status status = is_bundle    ? read_bundle(&arena, &diags, argv[2], source)
                           : is_edition ? read_edition(&arena, &diags, argv[2], source)
                           : is_row     ? read_row(&arena, &diags, source)
                                        : read_layout(&arena, &diags, argv[2], argv[3], source);
        printf("%s%s\n", status == BT_OK ? "good" : "bad", said.text);
        bt_arena_drop(&arena);
    }
    free(line);
    return 0;
}
