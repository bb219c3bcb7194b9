/* corpus.h - folders of files with the messages that they must give: NAME.json (or of another kind) beside
 * NAME.txt, and NAME.vi.txt with
 * the same messages in Vietnamese.
 *
 * A line of NAME.txt is "severity code line:column pointer text"; the pointer of a whole file is "-", and a place in
 * another file has its name before the line. With BANTIN_BLESS set the .txt files are rewritten from what is said now:
 * read the diff, in both languages.
 */
#ifndef BT_TESTS_CORPUS_H
#define BT_TESTS_CORPUS_H

#include <dirent.h>
#include <stdlib.h>

#include "base/diag.h"
#include "base/file.h"
#include "unit/check.h"

/* Reads one file of the corpus; what it says goes to diags. */
typedef bt_status (*corpus_reader)(bt_arena *arena, bt_diags *diags, bt_str path);

typedef struct corpus_log {
    bt_buf text;
    const char *file; /* the one being read */
    unsigned n_errors, n;
} corpus_log;

static inline void corpus_listen(void *user, const bt_message *message)
{
    static const char *const severities[] = {"note", "warning", "error"};
    corpus_log *log = user;
    log->n++;
    log->n_errors += message->severity == BT_ERROR;
    bt_buf_format(&log->text, "%s %s ", severities[message->severity], message->code);
    if (message->file[0] && strcmp(message->file, log->file) != 0) {
        const char *slash = strrchr(message->file, '/');
        bt_buf_format(&log->text, "%s:", slash ? slash + 1 : message->file);
    }
    bt_buf_format(&log->text, "%u:%u %s %s\n", message->line, message->column,
                  message->pointer[0] ? message->pointer : "-", message->text);
}

static inline void corpus_bless(const char *path, bt_str text)
{
    FILE *file = fopen(path, "w");
    CHECK(file != NULL);
    if (!file) return;
    CHECK(fwrite(text.ptr, 1, text.len, file) == text.len);
    CHECK(fclose(file) == 0);
}

static inline void corpus_compare(bt_arena *arena, const char *golden_path, bt_str said)
{
    if (getenv("BANTIN_BLESS")) {
        corpus_bless(golden_path, said);
        return;
    }
    bt_str golden = BT_STR("");
    int error;
    CHECK(bt_file_read(arena, golden_path, 1 << 20, &golden, &error) == BT_OK);
    check_that(bt_str_equal(said, golden), golden_path, 1, "the messages are those of the .txt file");
    if (!bt_str_equal(said, golden)) printf("--- wanted\n%.*s--- said\n%.*s", BT_STR_ARGS(golden), BT_STR_ARGS(said));
}

/* Whatever goes into a message has words in its language. */
static inline void corpus_check_words(const bt_diags *diags, const char *path)
{
    check_that(!diags->lacking.len, path, 1, "every phrase has its Vietnamese (src/base/phrase_vi.def)");
    if (diags->lacking.len) printf("    \"%.*s\" has none\n", BT_STR_ARGS(diags->lacking));
}

static inline void corpus_file(const char *folder, bt_str name, size_t ending, corpus_reader read)
{
    static const char *const endings[] = {[BT_LANG_EN] = ".txt", [BT_LANG_VI] = ".vi.txt"};
    for (bt_lang lang = BT_LANG_EN; lang <= BT_LANG_VI; lang++) {
        bt_arena arena = {0};
        bt_str path = bt_str_format(&arena, "%s/%.*s", folder, BT_STR_ARGS(name));
        bt_str golden_path =
            bt_str_format(&arena, "%s/%.*s%s", folder, (int)(name.len - ending), name.ptr, endings[lang]);
        corpus_log log = {.text = bt_buf_in(&arena), .file = path.ptr};
        bt_diags diags = {.on_message = corpus_listen, .user = &log, .arena = &arena, .lang = lang};
        bt_status status = read(&arena, &diags, path);
        check_that((status == BT_OK) == (log.n_errors == 0), path.ptr, 1,
                   "an error is reported if and only if the reader fails");
        corpus_check_words(&diags, path.ptr);
        corpus_compare(&arena, golden_path.ptr, bt_buf_str(&log.text));
        bt_arena_drop(&arena);
    }
}

/* Reads every file of a folder whose name ends so; gives their number. */
static inline unsigned corpus_run_of(const char *folder, const char *ending, corpus_reader read)
{
    unsigned n = 0;
    DIR *files = opendir(folder);
    CHECK(files != NULL);
    if (!files) return 0;
    for (const struct dirent *entry = readdir(files); entry; entry = readdir(files)) {
        if (!bt_str_ends(bt_str_of(entry->d_name), bt_str_of(ending))) continue;
        corpus_file(folder, bt_str_of(entry->d_name), strlen(ending), read);
        n++;
    }
    closedir(files);
    return n;
}

static inline unsigned corpus_run(const char *folder, corpus_reader read)
{
    return corpus_run_of(folder, ".json", read);
}

#endif
