#ifndef CWORKBOOK_INSIDE_H
#define CWORKBOOK_INSIDE_H

#include "CWorkbook.h"

#include <expat.h>
#include <string.h>
#include <zip.h>

enum { cw_chunk = 64 << 10 };

struct cw_archive {
    zip_t *zip;
    cw_limits limits;
};

// Bytes that grow up to a limit.
typedef struct {
    uint8_t *bytes;
    size_t length, room;
} cw_bytes;

cw_status cw_bytes_append(cw_bytes *to, const void *from, size_t count);

// One part on its way through inflate and expat.
typedef struct {
    const cw_limits *limits;
    zip_file_t *file;
    XML_Parser parser;
    uint64_t most, announced, consumed, silent;
    uint32_t depth;
    int at_end, suspended;
    cw_status status;
} cw_stream;

cw_status cw_stream_open(
    cw_stream *stream, cw_archive *archive, int64_t part, uint64_t most, void *user,
    XML_StartElementHandler start, XML_EndElementHandler end, XML_CharacterDataHandler text);
void cw_stream_close(cw_stream *stream);
// Feeds one chunk, or goes on after a suspension: cw_ok, cw_end after the last, else what is wrong.
cw_status cw_stream_feed(cw_stream *stream);
// To be called first in each handler: keeps depth and silence; false when parsing has stopped.
int cw_stream_enter(cw_stream *stream);
int cw_stream_leave(cw_stream *stream);
int cw_stream_heard(cw_stream *stream);
void cw_stream_fail(cw_stream *stream, cw_status status);

const char *cw_local_name(const char *name);
const char *cw_attribute(const char *const *attributes, const char *name);

// Appends the string; cw_bad_reference where there is none of that index.
cw_status cw_strings_get(cw_strings *strings, uint64_t index, uint64_t most, cw_bytes *to);

// `_x000D_` and its like in place; gives the new length.
size_t cw_unescape(uint8_t *bytes, size_t length);

#endif
