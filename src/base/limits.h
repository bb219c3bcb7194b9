/* limits.h - every limit of the program, each with its test and its message. */
#ifndef BT_BASE_LIMITS_H
#define BT_BASE_LIMITS_H

enum {
    BT_LIMIT_JSON_BYTES = 64 * 1024 * 1024,       /* one bundle or layout file */
    BT_LIMIT_JSON_DEPTH = 64,                     /* nested arrays and objects */
    BT_LIMIT_JSON_NODES = 2 * 1000 * 1000,        /* values in one file; cJSON takes 64 bytes for each */
    BT_LIMIT_ARENA_SPARE_BYTES = 8 * 1024 * 1024, /* memory that an arena keeps for the next time */
    BT_LIMIT_ARTICLES = 5000,
    BT_LIMIT_EDITION_CHANGES = 5000,         /* members of "set" and of what is merged, and operations on articles */
    BT_LIMIT_VALUE_BYTES = 16 * 1024 * 1024, /* that an edition's values put into texts, all together */
    BT_LIMIT_MANIFEST_BYTES = 64 * 1024 * 1024,
    BT_LIMIT_MANIFEST_ROWS = 100 * 1000, /* editions in a batch */
    BT_LIMIT_MANIFEST_COLUMNS = 256,
    BT_LIMIT_MANIFEST_CELL_BYTES = 64 * 1024,
    BT_LIMIT_ID_BYTES = 200,               /* of a row: files are named by it, and have room for 255 */
    BT_LIMIT_NAME_BYTES = 230,             /* an output's name, or that of a folder on the way to it; */
    BT_LIMIT_PATH_BYTES = 2000,            /* and all of them */
    BT_LIMIT_SHARDS = 10 * 1000,           /* machines that share a batch */
    BT_LIMIT_BLOCKS = 200 * 1000,          /* blocks in a bundle */
    BT_LIMIT_MARKDOWN_BYTES = 1024 * 1024, /* one article's file: 180,000 words */
    BT_LIMIT_MARKDOWN_OPENINGS = 2000,     /* '[', '<!', '<?' between two empty lines */
    BT_LIMIT_TABLE_COLUMNS = 40,
    BT_LIMIT_TABLE_ROWS = 20 * 1000,
    BT_LIMIT_CHART_SERIES = 6,   /* columns of a table, or parts of a whole, that a reader can tell apart */
    BT_LIMIT_CHART_BARS = 40,    /* rows drawn as bars */
    BT_LIMIT_CHART_POINTS = 200, /* rows drawn as a line */
    BT_LIMIT_GALLERY = 12,       /* pictures in a gallery */
    BT_LIMIT_KEY_FIGURES = 12,   /* in a strip */
    BT_LIMIT_FILLERS = 32,
    BT_LIMIT_PAGES = 4000,
    BT_LIMIT_STYLES = 400,     /* in a layout, its parents' included */
    BT_LIMIT_LAYOUT_DEPTH = 8, /* extends of extends ... */
    BT_LIMIT_PALETTES = 24,    /* in a layout, its parents' included */
    BT_LIMIT_SPOTS = 8,        /* spot colours that print together */
    BT_LIMIT_SPOT_BYTES = 100, /* the name of one; PDF has room for 127 */
    BT_LIMIT_IMAGE_BYTES = 256 * 1024 * 1024,
    BT_LIMIT_IMAGE_PIXELS = 100 * 1000 * 1000,
    BT_LIMIT_PICTURE_PROFILE_BYTES = 4 * 1024 * 1024, /* the colour profile in a picture */
    BT_LIMIT_PICTURE_CACHE_BYTES = 256 * 1024 * 1024, /* made pictures that are kept over jobs */
    BT_LIMIT_PDF_CACHE_BYTES = 8 * 1024 * 1024,       /* deflated streams that are kept over jobs */
    BT_LIMIT_SVG_NODES = 200 * 1000,                  /* path segments and shapes */
    BT_LIMIT_SVG_DEPTH = 64,
    BT_LIMIT_FONT_BYTES = 64 * 1024 * 1024,
    BT_LIMIT_PROFILE_BYTES = 16 * 1024 * 1024, /* an ICC profile; the largest of presses have 3 MB */
    BT_LIMIT_PARAGRAPH_BYTES = 1024 * 1024,
    BT_LIMIT_MEMO_TEXTS =
        16 * 1024,              /* that a job remembers, in case they come again; no message, for nothing is lost */
    BT_LIMIT_FACTS = 64 * 1024, /* texts and lists of a base that its editions need not look at; no message either */
    BT_LIMIT_JOBS = 256,        /* editions of a batch that are made at once */
    BT_LIMIT_PDF_BYTES = 256 * 1024 * 1024,        /* a PDF that is checked */
    BT_LIMIT_PDF_PAGES = 2000,                     /* of it */
    BT_LIMIT_PDF_SIDE = 100 * 1000,                /* a side of a page [pt]: 35 m */
    BT_LIMIT_PDF_STREAM_BYTES = 256 * 1024 * 1024, /* one stream of it, its filters undone */
    BT_LIMIT_PDF_CONTENT_BYTES = 64 * 1024 * 1024, /* what one of its pages or forms is painted with */
    BT_LIMIT_PDF_OPERATORS = 5 * 1000 * 1000,      /* on one of its pages, forms included */
    BT_LIMIT_PDF_FORMS = 28,                       /* forms within forms */
    BT_LIMIT_PDF_STATES = 512,                     /* nested q */
    BT_LIMIT_CHECKS = 10 * 1000,                   /* pairs in a list of check --all */
    BT_LIMIT_CHECK_BYTES = 512 * 1024 * 1024,      /* memory of the child that reads files */
    BT_LIMIT_CHECK_SECONDS = 8,                    /* CPU that reading one file may take, and a page of it as pixels */
    BT_LIMIT_PAPER = 1000, /* thickness of the paper that booklets are folded from [micrometres] */
};

#endif
