#include "inside.h"

#include <stdio.h>
#include <stdlib.h>

enum { end_bytes = 22, tail_bytes = end_bytes + 0xFFFF };

// Looks at the end of the file before libzip does, which makes room for as many entries as are announced there: each
// record that may be the directory's end must announce few. Directories of the 64-bit form announce 0xFFFF.
static cw_status check_end(const char *path, const cw_limits *limits) {
    FILE *file = fopen(path, "rbe");
    if (!file) return cw_io;
    cw_status status = cw_no_zip;
    uint8_t *tail = malloc(tail_bytes);
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    long start = size > tail_bytes ? size - tail_bytes : 0;
    size_t count = 0;
    if (tail && size >= 0 && fseek(file, start, SEEK_SET) == 0) count = fread(tail, 1, tail_bytes, file);
    for (size_t at = 0; at + end_bytes <= count; at++) {
        if (memcmp(tail + at, "PK\5\6", 4) != 0) continue;
        const uint8_t *record = tail + at;
        size_t comment = record[20] | (size_t)record[21] << 8;
        if (at + end_bytes + comment > count) continue;
        if ((uint64_t)(record[10] | record[11] << 8) > limits->entries) {
            status = cw_too_many_entries;
            break;
        }
        status = cw_ok;
    }
    if (!tail) status = cw_no_memory;
    free(tail);
    fclose(file);
    // Cut short, it has its beginning and no end.
    return status == cw_no_zip ? cw_broken_zip : status;
}

static cw_status status_of(zip_error_t *error) {
    switch (zip_error_code_zip(error)) {
    case ZIP_ER_NOZIP: return cw_no_zip;
    case ZIP_ER_MEMORY: return cw_no_memory;
    case ZIP_ER_OPEN:
    case ZIP_ER_READ:
    case ZIP_ER_SEEK: return cw_io;
    default: return cw_broken_zip;
    }
}

// Refuses what is too much before a byte is inflated.
static cw_status check(cw_archive *archive) {
    const cw_limits *limits = &archive->limits;
    zip_int64_t count = zip_get_num_entries(archive->zip, 0);
    if (count < 0) return cw_broken_zip;
    if ((uint64_t)count > limits->entries) return cw_too_many_entries;
    uint64_t total = 0;
    for (zip_int64_t index = 0; index < count; index++) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(archive->zip, (zip_uint64_t)index, 0, &stat) != 0) return cw_broken_zip;
        if (!(stat.valid & ZIP_STAT_SIZE) || !(stat.valid & ZIP_STAT_COMP_SIZE)) return cw_broken_zip;
        if ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE)
            return cw_encrypted;
        if (stat.size > limits->part_bytes) return cw_part_too_large;
        if (stat.size > limits->ratio_from
            && stat.size / (stat.comp_size > 0 ? stat.comp_size : 1) > limits->ratio)
            return cw_bomb;
        total += stat.size;
        if (total > limits->total_bytes) return cw_total_too_large;
    }
    return cw_ok;
}

cw_archive *cw_archive_open(const char *path, const cw_limits *limits, cw_status *status) {
    cw_archive *archive = calloc(1, sizeof *archive);
    if (!archive) {
        *status = cw_no_memory;
        return NULL;
    }
    archive->limits = *limits;
    *status = check_end(path, limits);
    if (*status != cw_ok) {
        free(archive);
        return NULL;
    }
    int code = 0;
    archive->zip = zip_open(path, ZIP_RDONLY, &code);
    if (!archive->zip) {
        zip_error_t error;
        zip_error_init_with_code(&error, code);
        *status = status_of(&error);
        zip_error_fini(&error);
        free(archive);
        return NULL;
    }
    *status = check(archive);
    if (*status != cw_ok) {
        cw_archive_close(archive);
        return NULL;
    }
    return archive;
}

void cw_archive_close(cw_archive *archive) {
    if (!archive) return;
    zip_discard(archive->zip);
    free(archive);
}

int64_t cw_archive_find(cw_archive *archive, const char *name) {
    while (*name == '/') name++;
    return zip_name_locate(archive->zip, name, ZIP_FL_NOCASE);
}

uint64_t cw_archive_part_bytes(cw_archive *archive, int64_t part) {
    zip_stat_t stat;
    zip_stat_init(&stat);
    if (part < 0 || zip_stat_index(archive->zip, (zip_uint64_t)part, 0, &stat) != 0) return 0;
    return stat.size;
}

cw_status cw_bytes_append(cw_bytes *to, const void *from, size_t count) {
    if (count > to->room - to->length) {
        size_t room = to->room ? to->room : 4096;
        while (room - to->length < count) room *= 2;
        uint8_t *grown = realloc(to->bytes, room);
        if (!grown) return cw_no_memory;
        to->bytes = grown;
        to->room = room;
    }
    if (count) memcpy(to->bytes + to->length, from, count);
    to->length += count;
    return cw_ok;
}
