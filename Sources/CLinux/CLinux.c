#define _GNU_SOURCE
#include "CLinux.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

static int add_actions(posix_spawn_file_actions_t *actions, const struct caodiem_spawn *request) {
    int error = 0;
    for (int target = 0; target < 4 && error == 0; target++)
        error = posix_spawn_file_actions_adddup2(actions, request->descriptors[target], target);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(actions, 4);
    if (error == 0 && request->directory != NULL)
        error = posix_spawn_file_actions_addchdir_np(actions, request->directory);
    return error;
}

int caodiem_spawn(const struct caodiem_spawn *request, int *pid) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        return error;
    error = posix_spawnattr_init(&attributes);
    if (error != 0) {
        posix_spawn_file_actions_destroy(&actions);
        return error;
    }
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK;
    error = posix_spawnattr_setflags(&attributes, flags);
    if (error == 0)
        error = posix_spawnattr_setpgroup(&attributes, 0);
    if (error == 0)
        error = posix_spawnattr_setsigdefault(&attributes, &all);
    if (error == 0)
        error = posix_spawnattr_setsigmask(&attributes, &none);
    if (error == 0)
        error = add_actions(&actions, request);
    if (error == 0)
        error = posix_spawn(
            pid, request->path, &actions, &attributes, request->arguments, request->environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int caodiem_pidfd_open(int pid) {
    return (int)syscall(SYS_pidfd_open, pid, 0);
}

int caodiem_signal_on_parent_death(int signal) {
    return prctl(PR_SET_PDEATHSIG, (unsigned long)signal, 0, 0, 0) == 0 ? 0 : errno;
}

int caodiem_become_subreaper(void) {
    return prctl(PR_SET_CHILD_SUBREAPER, 1UL, 0, 0, 0) == 0 ? 0 : errno;
}

int caodiem_limit(int pid, enum caodiem_resource resource, unsigned long value) {
    struct rlimit limit = {value, value};
    int what = RLIMIT_DATA;
    if (resource == caodiem_open_files)
        what = RLIMIT_NOFILE;
    if (resource == caodiem_cpu) {
        what = RLIMIT_CPU;
        limit.rlim_max = value + 5;
    }
    return prlimit(pid, what, &limit, NULL) == 0 ? 0 : errno;
}

int caodiem_pipe(int ends[2]) {
    return pipe2(ends, O_CLOEXEC) == 0 ? 0 : errno;
}

int caodiem_peer_credentials(int fd, int *pid, unsigned *uid, unsigned *gid) {
    struct ucred peer;
    socklen_t size = sizeof peer;
    if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0)
        return errno;
    *pid = peer.pid;
    *uid = peer.uid;
    *gid = peer.gid;
    return 0;
}

int caodiem_duplicate_high(int fd) {
    return fcntl(fd, F_DUPFD_CLOEXEC, 10);
}

void caodiem_name_thread(const char *name) {
    pthread_setname_np(pthread_self(), name);
}
