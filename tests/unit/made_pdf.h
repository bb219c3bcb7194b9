/* made_pdf.h - PDFs of a few objects, each as it stands between "obj" and "endobj"; object 1 is the catalog. */
#ifndef BT_TESTS_MADE_PDF_H
#define BT_TESTS_MADE_PDF_H

#include <stdio.h>
#include <stdlib.h>

enum { MADE_MOST_OBJECTS = 4096, MADE_MOST_BYTES = 1 << 20 };

static inline void put_bytes(const char *path, const void *what, size_t size)
{
    FILE *file = fopen(path, "wb");
    if (!file || fwrite(what, 1, size, file) != size || fclose(file) != 0) exit(2);
}

/* Writes them with a table of where they stand; trailer: what goes beside Root and Size. */
static inline void put_pdf(const char *path, const char *const *objects, size_t n, const char *trailer)
{
    static char bytes[MADE_MOST_BYTES];
    static size_t at[MADE_MOST_OBJECTS];
    size_t size = (size_t)snprintf(bytes, sizeof bytes, "%%PDF-1.5\n");
    for (size_t i = 0; i < n; i++) {
        at[i] = size;
        size += (size_t)snprintf(bytes + size, sizeof bytes - size, "%zu 0 obj\n%s\nendobj\n", i + 1, objects[i]);
    }
    size_t table = size;
    size += (size_t)snprintf(bytes + size, sizeof bytes - size, "xref\n0 %zu\n0000000000 65535 f \n", n + 1);
    for (size_t i = 0; i < n; i++)
        size += (size_t)snprintf(bytes + size, sizeof bytes - size, "%010zu 00000 n \n", at[i]);
    size +=
        (size_t)snprintf(bytes + size, sizeof bytes - size,
                         "trailer\n<< /Size %zu /Root 1 0 R %s >>\nstartxref\n%zu\n%%%%EOF\n", n + 1, trailer, table);
    put_bytes(path, bytes, size);
}

#endif
