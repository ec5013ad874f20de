// A disk that forgets what was not synced, for programs started with LD_PRELOAD=shim.so.
//
// Before each write to a file under POWERCUT_DIR the bytes that stand there are kept in POWERCUT_LOG; a sync notes that
// all writes to the file before it are on the disk. When the program was killed, `run` takes back writes that no sync
// followed: what a power cut may do. With POWERCUT_LIE=1 syncs are not noted, as a disk that lies would have it.
//
// Record: type (1 byte: W write, T truncate, S sync), length of the path (4), inode (8), offset (8), size of the file
// before (8), bytes kept (8); the path; the bytes. Numbers are of this machine. Directory entries are not forgotten.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int journal = -1;
static int lies;
static char watched[PATH_MAX];
static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static int (*real_ftruncate)(int, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void begin(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite");
    real_pread = dlsym(RTLD_NEXT, "pread");
    real_ftruncate = dlsym(RTLD_NEXT, "ftruncate");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
    const char *folder = getenv("POWERCUT_DIR"), *log = getenv("POWERCUT_LOG");
    const char *lie = getenv("POWERCUT_LIE");
    lies = lie && *lie == '1';
    if (!folder || !log) return;
    snprintf(watched, sizeof watched, "%s/", folder);
    journal = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

// The path of a watched file; the shared memory of SQLite is never on the disk.
static int is_watched(int fd, char *path) {
    if (journal < 0 || fd < 0) return 0;
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t count = readlink(link, path, PATH_MAX - 1);
    if (count <= 0) return 0;
    path[count] = 0;
    if (strncmp(path, watched, strlen(watched))) return 0;
    return count < 4 || strcmp(path + count - 4, "-shm");
}

static void note(char type, int fd, const char *path, off_t offset, size_t count) {
    struct stat state;
    if (fstat(fd, &state)) return;
    uint32_t length = strlen(path);
    int64_t kept = 0;
    if (offset < state.st_size && type != 'S') {
        kept = state.st_size - offset;
        if (type == 'W' && kept > (int64_t)count) kept = count;
    }
    size_t head = 1 + 4 + 8 * 4;
    char *record = malloc(head + length + kept);
    if (!record) abort();
    int64_t inode = state.st_ino, at = offset, size = state.st_size;
    record[0] = type;
    memcpy(record + 1, &length, 4);
    memcpy(record + 5, &inode, 8);
    memcpy(record + 13, &at, 8);
    memcpy(record + 21, &size, 8);
    memcpy(record + 29, &kept, 8);
    memcpy(record + head, path, length);
    if (kept) {
        // The program's own descriptor may be open for writing only.
        int again = open(path, O_RDONLY | O_CLOEXEC);
        if (again < 0 || real_pread(again, record + head + length, kept, offset) != kept) abort();
        close(again);
    }
    size_t all = head + length + kept;
    if (real_write(journal, record, all) != (ssize_t)all) abort();
    free(record);
}

ssize_t write(int fd, const void *bytes, size_t count) {
    char path[PATH_MAX];
    if (!is_watched(fd, path)) return real_write(fd, bytes, count);
    pthread_mutex_lock(&lock);
    note('W', fd, path, lseek(fd, 0, SEEK_CUR), count);
    ssize_t done = real_write(fd, bytes, count);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) {
    char path[PATH_MAX];
    if (!is_watched(fd, path)) return real_pwrite(fd, bytes, count, offset);
    pthread_mutex_lock(&lock);
    note('W', fd, path, offset, count);
    ssize_t done = real_pwrite(fd, bytes, count, offset);
    pthread_mutex_unlock(&lock);
    return done;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t offset) {
    return pwrite(fd, bytes, count, offset);
}

int ftruncate(int fd, off_t size) {
    char path[PATH_MAX];
    if (!is_watched(fd, path)) return real_ftruncate(fd, size);
    pthread_mutex_lock(&lock);
    note('T', fd, path, size, 0);
    int done = real_ftruncate(fd, size);
    pthread_mutex_unlock(&lock);
    return done;
}

int ftruncate64(int fd, off_t size) { return ftruncate(fd, size); }

static int synced(int fd, int (*real)(int)) {
    char path[PATH_MAX];
    if (!is_watched(fd, path)) return real(fd);
    pthread_mutex_lock(&lock);
    // The bytes are the kernel's already; killing the program does not lose them, so the disk itself is spared.
    if (!lies) note('S', fd, path, 0, 0);
    pthread_mutex_unlock(&lock);
    return 0;
}

int fsync(int fd) { return synced(fd, real_fsync); }
int fdatasync(int fd) { return synced(fd, real_fdatasync); }
