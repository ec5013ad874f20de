// Streams what an .xlsx workbook holds: parts out of the zip, rows out of a sheet. Nothing of a workbook is
// ever whole in memory, and every size that a file can choose has a limit.
#ifndef CWORKBOOK_H
#define CWORKBOOK_H

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint64_t entries;           // files in the zip
    uint64_t part_bytes;        // one part, inflated
    uint64_t total_bytes;       // all parts, as the directory announces them
    uint64_t ratio;             // inflated bytes for one deflated byte …
    uint64_t ratio_from;        // … of parts larger than this
    uint32_t depth;             // nested elements
    uint32_t columns;           // the last column that may hold a value
    uint32_t rows;              // the last row that may hold a value
    uint32_t merges;            // merged ranges that are remembered
    uint64_t cell_bytes;        // one cell, as UTF-8
    uint64_t row_bytes;         // one row, as UTF-8
    uint64_t silent_bytes;      // bytes of XML without one element or text: a tag or comment of that length
    uint64_t strings;           // shared strings
    uint64_t string_bytes;      // all shared strings, as UTF-8
    uint64_t strings_in_memory; // bytes of shared strings kept in memory; more go to a file
} cw_limits;

typedef enum {
    cw_ok = 0,
    cw_end,
    cw_no_zip,
    cw_broken_zip,
    cw_encrypted,
    cw_too_many_entries,
    cw_part_too_large,
    cw_total_too_large,
    cw_bomb,
    cw_missing_part,
    cw_broken_xml,
    cw_doctype,
    cw_too_deep,
    cw_too_many_columns,
    cw_too_many_rows,
    cw_cell_too_large,
    cw_row_too_large,
    cw_token_too_large,
    cw_too_many_strings,
    cw_bad_reference,
    cw_no_memory,
    cw_io,
} cw_status;

// The zip.
typedef struct cw_archive cw_archive;
cw_archive *cw_archive_open(const char *path, const cw_limits *limits, cw_status *status);
void cw_archive_close(cw_archive *archive);
// Index of the part of that name, case forgiven, a leading slash too; -1 where there is none.
int64_t cw_archive_find(cw_archive *archive, const char *name);
// Inflated bytes of a part as the directory announces them.
uint64_t cw_archive_part_bytes(cw_archive *archive, int64_t part);

// A small part, element by element; names without their prefixes. Stops at `most` bytes.
typedef void (*cw_start)(void *context, const char *name, const char *const *attributes);
typedef void (*cw_finish)(void *context, const char *name);
cw_status cw_walk(
    cw_archive *archive, int64_t part, uint64_t most, void *context, cw_start start, cw_finish finish);

// The shared strings.
typedef struct cw_strings cw_strings;
cw_strings *cw_strings_load(
    cw_archive *archive, int64_t part, const char *spill_folder, cw_status *status);
void cw_strings_free(cw_strings *strings);
uint64_t cw_strings_count(const cw_strings *strings);
uint64_t cw_strings_spilled_bytes(const cw_strings *strings);

enum {
    cw_text = 0,
    cw_number = 1,
    cw_boolean = 2,
    cw_error = 3,
    // A formula that was never calculated.
    cw_formula = 4,
};

typedef struct {
    uint32_t column; // from 0
    uint32_t start, end; // place in the row's bytes
    uint32_t style;
    uint32_t kind;
} cw_cell;

typedef struct {
    uint32_t number; // from 1
    uint32_t count;
    const cw_cell *cells;
    const uint8_t *bytes;
    size_t length;
} cw_row;

typedef struct {
    uint32_t first_row, last_row;       // from 1
    uint32_t first_column, last_column; // from 0
} cw_merge;

// A sheet, row by row; `strings` may be NULL.
typedef struct cw_sheet cw_sheet;
cw_sheet *cw_sheet_open(
    cw_archive *archive, int64_t part, cw_strings *strings, cw_status *status);
void cw_sheet_close(cw_sheet *sheet);
// The next row that holds a value. What `row` points to lives until the next call.
cw_status cw_sheet_next(cw_sheet *sheet, cw_row *row);
// Reads to the end and keeps only merged ranges.
cw_status cw_sheet_scan(cw_sheet *sheet);
size_t cw_sheet_merges(const cw_sheet *sheet, const cw_merge **merges);
// Inflated bytes read so far.
uint64_t cw_sheet_consumed(const cw_sheet *sheet);

#endif
