#include "inside.h"

#include <stdlib.h>

struct cw_sheet {
    cw_stream stream;
    cw_strings *strings;
    int scanning, closed;
    // The row under way.
    uint32_t row, column;
    int in_data, in_row, in_cell, in_value, in_inline, in_phonetic, has_row;
    cw_bytes bytes;
    cw_cell *cells;
    uint32_t count, room;
    // The cell under way.
    uint32_t cell_start, style;
    char type;
    int has_formula;
    cw_merge *merges;
    size_t merge_count, merge_room;
};

static int is(const char *name, const char *wanted) { return strcmp(name, wanted) == 0; }

// Digits up to a limit that they cannot pass.
static uint64_t digits(const char *text) {
    uint64_t value = 0;
    for (; *text >= '0' && *text <= '9'; text++)
        if (value < UINT32_MAX) value = value * 10 + (uint64_t)(*text - '0');
    return value;
}

// `AB12` → column 27, row 12; gives what follows.
static const char *reference(const char *text, uint64_t *column, uint64_t *row) {
    uint64_t value = 0;
    while (*text == '$') text++;
    for (; (*text >= 'A' && *text <= 'Z') || (*text >= 'a' && *text <= 'z'); text++)
        if (value < UINT32_MAX) value = value * 26 + (uint64_t)((*text & 0x1F));
    *column = value ? value - 1 : UINT32_MAX;
    while (*text == '$') text++;
    *row = digits(text);
    while (*text >= '0' && *text <= '9') text++;
    return text;
}

static void remember_merge(cw_sheet *self, const char *range) {
    if (!range || self->merge_count >= self->stream.limits->merges) return;
    uint64_t first_column, first_row, last_column, last_row;
    const char *rest = reference(range, &first_column, &first_row);
    if (*rest != ':') return;
    reference(rest + 1, &last_column, &last_row);
    const cw_limits *limits = self->stream.limits;
    if (!first_row || last_row < first_row || last_column < first_column) return;
    if (last_row > limits->rows || last_column > UINT16_MAX) return;
    if (self->merge_count == self->merge_room) {
        size_t room = self->merge_room ? self->merge_room * 2 : 64;
        cw_merge *grown = realloc(self->merges, room * sizeof *grown);
        if (!grown) return cw_stream_fail(&self->stream, cw_no_memory);
        self->merges = grown;
        self->merge_room = room;
    }
    self->merges[self->merge_count++] = (cw_merge){
        .first_row = (uint32_t)first_row, .last_row = (uint32_t)last_row,
        .first_column = (uint32_t)first_column, .last_column = (uint32_t)last_column};
}

static void start_row(cw_sheet *self, const char *const *attributes) {
    const char *number = cw_attribute(attributes, "r");
    uint64_t row = number ? digits(number) : (uint64_t)self->row + 1;
    if (row == 0 || row > self->stream.limits->rows)
        return cw_stream_fail(&self->stream, cw_too_many_rows);
    self->row = (uint32_t)row;
    self->in_row = 1;
    self->column = 0;
    self->count = 0;
    self->bytes.length = 0;
}

static void start_cell(cw_sheet *self, const char *const *attributes) {
    self->in_cell = 1;
    self->style = 0;
    self->type = 'n';
    self->has_formula = 0;
    self->cell_start = (uint32_t)self->bytes.length;
    for (; attributes[0]; attributes += 2) {
        const char *name = attributes[0], *value = attributes[1];
        if (is(name, "r")) {
            uint64_t column, row;
            reference(value, &column, &row);
            self->column = column < UINT32_MAX ? (uint32_t)column : UINT32_MAX - 1;
        } else if (is(name, "s")) {
            self->style = (uint32_t)digits(value);
        } else if (is(name, "t")) {
            // n, b, e, d, s (shared), S (str), i (inlineStr)
            self->type = is(value, "str") ? 'S' : value[0];
        }
    }
}

static void start(void *user, const XML_Char *name, const XML_Char **raw) {
    cw_sheet *self = user;
    if (!cw_stream_enter(&self->stream)) return;
    const char *const *attributes = (const char *const *)raw;
    name = cw_local_name(name);
    if (self->scanning) {
        if (is(name, "mergeCell")) remember_merge(self, cw_attribute(attributes, "ref"));
    } else if (self->in_cell) {
        if (is(name, "v")) self->in_value = 1;
        else if (is(name, "is")) self->in_inline = 1;
        else if (is(name, "t")) self->in_value = self->in_inline && !self->in_phonetic;
        else if (is(name, "f")) self->has_formula = 1;
        else if (is(name, "rPh")) self->in_phonetic = 1;
    } else if (self->in_row) {
        if (is(name, "c")) start_cell(self, attributes);
    } else if (self->in_data) {
        if (is(name, "row")) start_row(self, attributes);
    } else if (is(name, "sheetData")) {
        self->in_data = 1;
    } else if (is(name, "mergeCell")) {
        remember_merge(self, cw_attribute(attributes, "ref"));
    }
}

static void text(void *user, const XML_Char *bytes, int count) {
    cw_sheet *self = user;
    if (!cw_stream_heard(&self->stream) || !self->in_value || self->scanning) return;
    cw_status status = cw_bytes_append(&self->bytes, bytes, (size_t)count);
    if (status == cw_ok
        && self->bytes.length - self->cell_start > self->stream.limits->cell_bytes)
        status = cw_cell_too_large;
    if (status == cw_ok && self->bytes.length > self->stream.limits->row_bytes)
        status = cw_row_too_large;
    if (status != cw_ok) cw_stream_fail(&self->stream, status);
}

// Puts the shared string in the place of its number.
static cw_status resolve(cw_sheet *self) {
    uint64_t index = 0;
    size_t length = self->bytes.length;
    if (length == self->cell_start) return cw_ok;
    for (size_t place = self->cell_start; place < length; place++) {
        uint8_t byte = self->bytes.bytes[place];
        if (byte < '0' || byte > '9' || index > UINT32_MAX) return cw_bad_reference;
        index = index * 10 + (byte - '0');
    }
    self->bytes.length = self->cell_start;
    return cw_strings_get(
        self->strings, index, self->stream.limits->row_bytes - self->cell_start, &self->bytes);
}

static cw_status end_cell(cw_sheet *self) {
    uint32_t kind = cw_text;
    switch (self->type) {
    case 's': {
        cw_status status = resolve(self);
        if (status != cw_ok) return status;
        break;
    }
    case 'i':
    case 'S':
        self->bytes.length =
            self->cell_start
            + cw_unescape(
                self->bytes.bytes + self->cell_start, self->bytes.length - self->cell_start);
        break;
    case 'b': kind = cw_boolean; break;
    case 'e': kind = cw_error; break;
    case 'd': break;
    default: kind = cw_number;
    }
    uint32_t column = self->column;
    self->column = column + 1;
    if (self->bytes.length == self->cell_start) {
        if (!self->has_formula || self->type == 'S') return cw_ok;
        kind = cw_formula;
    }
    if (column >= self->stream.limits->columns) return cw_too_many_columns;
    if (self->count == self->room) {
        if (self->room >= 4 * self->stream.limits->columns) return cw_too_many_columns;
        uint32_t room = self->room ? self->room * 2 : 64;
        cw_cell *grown = realloc(self->cells, room * sizeof *grown);
        if (!grown) return cw_no_memory;
        self->cells = grown;
        self->room = room;
    }
    self->cells[self->count++] = (cw_cell){
        .column = column, .start = self->cell_start, .end = (uint32_t)self->bytes.length,
        .style = self->style, .kind = kind};
    return cw_ok;
}

static void end(void *user, const XML_Char *name) {
    cw_sheet *self = user;
    if (!cw_stream_leave(&self->stream) || self->scanning) return;
    name = cw_local_name(name);
    if (self->in_cell) {
        if (is(name, "v") || is(name, "t")) self->in_value = 0;
        else if (is(name, "is")) self->in_inline = 0;
        else if (is(name, "rPh")) self->in_phonetic = 0;
        else if (is(name, "c")) {
            self->in_cell = 0;
            cw_status status = end_cell(self);
            if (status != cw_ok) cw_stream_fail(&self->stream, status);
        }
    } else if (self->in_row) {
        if (!is(name, "row")) return;
        self->in_row = 0;
        if (!self->count) return;
        self->has_row = 1;
        XML_StopParser(self->stream.parser, XML_TRUE);
    } else if (self->in_data && is(name, "sheetData")) {
        self->in_data = 0;
    }
}

cw_sheet *cw_sheet_open(
    cw_archive *archive, int64_t part, cw_strings *strings, cw_status *status) {
    cw_sheet *self = calloc(1, sizeof *self);
    if (!self) {
        *status = cw_no_memory;
        return NULL;
    }
    self->strings = strings;
    *status = cw_stream_open(&self->stream, archive, part, UINT64_MAX, self, start, end, text);
    if (*status == cw_ok) return self;
    cw_sheet_close(self);
    return NULL;
}

void cw_sheet_close(cw_sheet *self) {
    if (!self) return;
    cw_stream_close(&self->stream);
    free(self->bytes.bytes);
    free(self->cells);
    free(self->merges);
    free(self);
}

cw_status cw_sheet_next(cw_sheet *self, cw_row *row) {
    if (self->closed) return cw_end;
    self->has_row = 0;
    cw_status status = cw_ok;
    while (status == cw_ok && !self->has_row) status = cw_stream_feed(&self->stream);
    if (self->has_row && (status == cw_ok || status == cw_end)) {
        *row = (cw_row){
            .number = self->row, .count = self->count, .cells = self->cells,
            .bytes = self->bytes.bytes, .length = self->bytes.length};
        return cw_ok;
    }
    self->closed = 1;
    return status;
}

cw_status cw_sheet_scan(cw_sheet *self) {
    self->scanning = 1;
    cw_status status = cw_ok;
    while (status == cw_ok) status = cw_stream_feed(&self->stream);
    self->closed = 1;
    return status == cw_end ? cw_ok : status;
}

size_t cw_sheet_merges(const cw_sheet *self, const cw_merge **merges) {
    *merges = self->merges;
    return self->merge_count;
}

uint64_t cw_sheet_consumed(const cw_sheet *self) { return self->stream.consumed; }
