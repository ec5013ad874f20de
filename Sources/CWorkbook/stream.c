#include "inside.h"

#include <stdlib.h>

void cw_stream_fail(cw_stream *stream, cw_status status) {
    if (stream->status == cw_ok) stream->status = status;
    XML_StopParser(stream->parser, XML_FALSE);
}

int cw_stream_heard(cw_stream *stream) {
    stream->silent = 0;
    return stream->status == cw_ok;
}

int cw_stream_enter(cw_stream *stream) {
    if (++stream->depth > stream->limits->depth) cw_stream_fail(stream, cw_too_deep);
    return cw_stream_heard(stream);
}

int cw_stream_leave(cw_stream *stream) {
    stream->depth--;
    return cw_stream_heard(stream);
}

// A workbook's parts have no document type; entities that unfold, and files read from elsewhere, begin with one.
static void refuse_doctype(
    void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public, int internal) {
    (void)name, (void)system, (void)public, (void)internal;
    // Every user of a stream begins with the stream itself.
    cw_stream_fail(user, cw_doctype);
}

cw_status cw_stream_open(
    cw_stream *stream, cw_archive *archive, int64_t part, uint64_t most, void *user,
    XML_StartElementHandler start, XML_EndElementHandler end, XML_CharacterDataHandler text) {
    memset(stream, 0, sizeof *stream);
    stream->limits = &archive->limits;
    if (part < 0) return cw_missing_part;
    stream->most = most;
    stream->announced = cw_archive_part_bytes(archive, part);
    stream->file = zip_fopen_index(archive->zip, (zip_uint64_t)part, 0);
    if (!stream->file) return cw_broken_zip;
    stream->parser = XML_ParserCreate(NULL);
    if (!stream->parser) {
        cw_stream_close(stream);
        return cw_no_memory;
    }
    XML_SetUserData(stream->parser, user);
    XML_SetElementHandler(stream->parser, start, end);
    if (text) XML_SetCharacterDataHandler(stream->parser, text);
    XML_SetStartDoctypeDeclHandler(stream->parser, refuse_doctype);
    return cw_ok;
}

void cw_stream_close(cw_stream *stream) {
    if (stream->parser) XML_ParserFree(stream->parser);
    if (stream->file) zip_fclose(stream->file);
    stream->parser = NULL;
    stream->file = NULL;
}

static cw_status after(cw_stream *stream, enum XML_Status result) {
    if (stream->status != cw_ok) return stream->status;
    switch (result) {
    case XML_STATUS_SUSPENDED: stream->suspended = 1; return cw_ok;
    case XML_STATUS_OK:
        stream->suspended = 0;
        return stream->at_end ? cw_end : cw_ok;
    default:
        stream->status =
            XML_GetErrorCode(stream->parser) == XML_ERROR_NO_MEMORY ? cw_no_memory : cw_broken_xml;
        return stream->status;
    }
}

cw_status cw_stream_feed(cw_stream *stream) {
    if (stream->status != cw_ok) return stream->status;
    if (stream->suspended) return after(stream, XML_ResumeParser(stream->parser));
    if (stream->at_end) return cw_end;
    void *buffer = XML_GetBuffer(stream->parser, cw_chunk);
    if (!buffer) return stream->status = cw_no_memory;
    zip_int64_t count = zip_fread(stream->file, buffer, cw_chunk);
    if (count < 0) return stream->status = cw_broken_zip;
    stream->consumed += (uint64_t)count;
    stream->silent += (uint64_t)count;
    if (stream->consumed > stream->announced) return stream->status = cw_broken_zip;
    if (stream->consumed > stream->most) return stream->status = cw_part_too_large;
    if (stream->silent > stream->limits->silent_bytes) return stream->status = cw_token_too_large;
    stream->at_end = count == 0;
    return after(stream, XML_ParseBuffer(stream->parser, (int)count, stream->at_end));
}

const char *cw_local_name(const char *name) {
    const char *colon = strchr(name, ':');
    return colon ? colon + 1 : name;
}

const char *cw_attribute(const char *const *attributes, const char *name) {
    for (; attributes[0]; attributes += 2)
        if (strcmp(cw_local_name(attributes[0]), name) == 0) return attributes[1];
    return NULL;
}

typedef struct {
    cw_stream stream;
    void *context;
    cw_start start;
    cw_finish finish;
} walk;

static void walk_start(void *user, const XML_Char *name, const XML_Char **attributes) {
    walk *self = user;
    if (cw_stream_enter(&self->stream))
        self->start(self->context, cw_local_name(name), (const char *const *)attributes);
}

static void walk_end(void *user, const XML_Char *name) {
    walk *self = user;
    if (cw_stream_leave(&self->stream)) self->finish(self->context, cw_local_name(name));
}

cw_status cw_walk(
    cw_archive *archive, int64_t part, uint64_t most, void *context, cw_start start, cw_finish finish) {
    walk self = {.context = context, .start = start, .finish = finish};
    cw_status status =
        cw_stream_open(&self.stream, archive, part, most, &self, walk_start, walk_end, NULL);
    while (status == cw_ok) status = cw_stream_feed(&self.stream);
    cw_stream_close(&self.stream);
    return status == cw_end ? cw_ok : status;
}
