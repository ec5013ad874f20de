#define _GNU_SOURCE
#include "inside.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { window_bytes = 64 << 10, window_count = 64 };

typedef struct {
    uint64_t page; // from 1; 0 = empty
    uint8_t bytes[window_bytes];
} window;

struct cw_strings {
    cw_stream stream;
    const char *folder;
    cw_bytes memory; // all strings, or what is not yet in the file
    int file;        // -1 while all are in memory
    uint64_t written;
    uint64_t *ends;
    uint64_t count, room;
    window *windows;
    // While loading.
    int in_item, in_text, in_phonetic;
    size_t item_start;
};

static int write_all(int file, const uint8_t *bytes, size_t count) {
    while (count) {
        ssize_t done = write(file, bytes, count);
        if (done < 0 && errno == EINTR) continue;
        if (done <= 0) return 0;
        bytes += done;
        count -= (size_t)done;
    }
    return 1;
}

static cw_status spill(cw_strings *self) {
    if (self->file < 0) {
        char path[4096];
        int length = snprintf(path, sizeof path, "%s/strings-XXXXXX", self->folder);
        if (length < 0 || (size_t)length >= sizeof path) return cw_io;
        self->file = mkostemp(path, O_CLOEXEC);
        if (self->file < 0) return cw_io;
        unlink(path);
    }
    if (!write_all(self->file, self->memory.bytes, self->memory.length)) return cw_io;
    self->written += self->memory.length;
    self->memory.length = 0;
    return cw_ok;
}

static cw_status finish_item(cw_strings *self) {
    const cw_limits *limits = self->stream.limits;
    self->memory.length =
        self->item_start
        + cw_unescape(self->memory.bytes + self->item_start, self->memory.length - self->item_start);
    if (self->count == self->room) {
        uint64_t room = self->room ? self->room * 2 : 1024;
        uint64_t *grown = realloc(self->ends, room * sizeof *grown);
        if (!grown) return cw_no_memory;
        self->ends = grown;
        self->room = room;
    }
    uint64_t end = self->written + self->memory.length;
    if (self->count >= limits->strings || end > limits->string_bytes) return cw_too_many_strings;
    self->ends[self->count++] = end;
    size_t most = self->file < 0 ? limits->strings_in_memory : (1 << 20);
    return self->memory.length > most ? spill(self) : cw_ok;
}

static void start(void *user, const XML_Char *name, const XML_Char **attributes) {
    (void)attributes;
    cw_strings *self = user;
    if (!cw_stream_enter(&self->stream)) return;
    name = cw_local_name(name);
    if (strcmp(name, "si") == 0) {
        self->in_item = 1;
        self->item_start = self->memory.length;
    } else if (strcmp(name, "t") == 0) {
        self->in_text = self->in_item && !self->in_phonetic;
    } else if (strcmp(name, "rPh") == 0) {
        self->in_phonetic = 1;
    }
}

static void end(void *user, const XML_Char *name) {
    cw_strings *self = user;
    if (!cw_stream_leave(&self->stream)) return;
    name = cw_local_name(name);
    if (strcmp(name, "t") == 0) {
        self->in_text = 0;
    } else if (strcmp(name, "rPh") == 0) {
        self->in_phonetic = 0;
    } else if (strcmp(name, "si") == 0 && self->in_item) {
        self->in_item = 0;
        cw_status status = finish_item(self);
        if (status != cw_ok) cw_stream_fail(&self->stream, status);
    }
}

static void text(void *user, const XML_Char *bytes, int count) {
    cw_strings *self = user;
    if (!cw_stream_heard(&self->stream) || !self->in_text) return;
    cw_status status = cw_bytes_append(&self->memory, bytes, (size_t)count);
    if (status == cw_ok
        && self->memory.length - self->item_start > self->stream.limits->cell_bytes)
        status = cw_cell_too_large;
    if (status != cw_ok) cw_stream_fail(&self->stream, status);
}

cw_strings *cw_strings_load(
    cw_archive *archive, int64_t part, const char *spill_folder, cw_status *status) {
    cw_strings *self = calloc(1, sizeof *self);
    if (!self) {
        *status = cw_no_memory;
        return NULL;
    }
    self->file = -1;
    self->folder = spill_folder;
    *status = cw_stream_open(&self->stream, archive, part, UINT64_MAX, self, start, end, text);
    while (*status == cw_ok) *status = cw_stream_feed(&self->stream);
    cw_stream_close(&self->stream);
    if (*status == cw_end) *status = self->file >= 0 ? spill(self) : cw_ok;
    if (*status == cw_ok && self->file >= 0) {
        free(self->memory.bytes);
        memset(&self->memory, 0, sizeof self->memory);
        self->windows = calloc(window_count, sizeof *self->windows);
        if (!self->windows) *status = cw_no_memory;
    }
    self->folder = NULL;
    if (*status == cw_ok) return self;
    cw_strings_free(self);
    return NULL;
}

void cw_strings_free(cw_strings *self) {
    if (!self) return;
    if (self->file >= 0) close(self->file);
    free(self->memory.bytes);
    free(self->ends);
    free(self->windows);
    free(self);
}

uint64_t cw_strings_count(const cw_strings *self) { return self->count; }
uint64_t cw_strings_spilled_bytes(const cw_strings *self) { return self->file < 0 ? 0 : self->written; }

static cw_status copy_from_file(cw_strings *self, uint64_t from, uint64_t to, cw_bytes *out) {
    while (from < to) {
        uint64_t page = from / window_bytes, inside = from % window_bytes;
        window *held = &self->windows[page % window_count];
        if (held->page != page + 1) {
            ssize_t got = pread(self->file, held->bytes, window_bytes, (off_t)(page * window_bytes));
            if (got <= 0 || (uint64_t)got <= inside) {
                held->page = 0;
                return cw_io;
            }
            held->page = page + 1;
        }
        uint64_t count = window_bytes - inside;
        if (count > to - from) count = to - from;
        cw_status status = cw_bytes_append(out, held->bytes + inside, count);
        if (status != cw_ok) return status;
        from += count;
    }
    return cw_ok;
}

cw_status cw_strings_get(cw_strings *self, uint64_t index, uint64_t most, cw_bytes *to) {
    if (!self || index >= self->count) return cw_bad_reference;
    uint64_t from = index ? self->ends[index - 1] : 0, end = self->ends[index];
    if (end - from > most) return cw_row_too_large;
    if (self->file < 0) return cw_bytes_append(to, self->memory.bytes + from, end - from);
    return copy_from_file(self, from, end, to);
}

static int hex(uint8_t byte) {
    if (byte >= '0' && byte <= '9') return byte - '0';
    if (byte >= 'A' && byte <= 'F') return byte - 'A' + 10;
    if (byte >= 'a' && byte <= 'f') return byte - 'a' + 10;
    return -1;
}

// The code of `_xHHHH_` at that place, -1 where there is none. Halves of pairs stay as they are.
static int escaped(const uint8_t *bytes, size_t left) {
    if (left < 7 || bytes[0] != '_' || bytes[1] != 'x' || bytes[6] != '_') return -1;
    int code = 0;
    for (int index = 2; index < 6; index++) {
        int digit = hex(bytes[index]);
        if (digit < 0) return -1;
        code = code * 16 + digit;
    }
    return code >= 0xD800 && code < 0xE000 ? -1 : code;
}

size_t cw_unescape(uint8_t *bytes, size_t length) {
    if (!length || !memchr(bytes, '_', length)) return length;
    size_t out = 0;
    for (size_t in = 0; in < length;) {
        int code = escaped(bytes + in, length - in);
        if (code < 0) {
            bytes[out++] = bytes[in++];
            continue;
        }
        in += 7;
        if (code < 0x80) {
            bytes[out++] = (uint8_t)code;
        } else if (code < 0x800) {
            bytes[out++] = (uint8_t)(0xC0 | code >> 6);
            bytes[out++] = (uint8_t)(0x80 | (code & 0x3F));
        } else {
            bytes[out++] = (uint8_t)(0xE0 | code >> 12);
            bytes[out++] = (uint8_t)(0x80 | (code >> 6 & 0x3F));
            bytes[out++] = (uint8_t)(0x80 | (code & 0x3F));
        }
    }
    return out;
}
