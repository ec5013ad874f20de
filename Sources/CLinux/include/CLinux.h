#ifndef CAODIEM_CLINUX_H
#define CAODIEM_CLINUX_H

// No system header is included here: what it declares would count as this module's.

/// What a child gets; every pointer is only read during the call.
struct caodiem_spawn {
    const char *_Nonnull path;
    const char *_Nullable directory;
    char *_Nullable const *_Nonnull arguments;
    char *_Nullable const *_Nonnull environment;
    /// Become the child's 0, 1, 2 and 3; all its others are closed.
    int descriptors[4];
};

/// Starts a child in its own process group, with default signals and an empty mask.
/// Returns 0 or an errno; it must be called by a thread that lives as long as the child may.
int caodiem_spawn(const struct caodiem_spawn *_Nonnull request, int *_Nonnull pid);

/// A descriptor that becomes readable when the process ends, or -1 with errno.
int caodiem_pidfd_open(int pid);

/// Asks for a signal when the thread that spawned us ends. Returns 0 or an errno.
int caodiem_signal_on_parent_death(int signal);

/// Adopts orphaned descendants, so that they can be ended and reaped. Returns 0 or an errno.
int caodiem_become_subreaper(void);

/// What `caodiem_limit` bounds.
enum caodiem_resource {
    /// Private writable memory, bytes.
    caodiem_memory,
    caodiem_open_files,
    /// Time of the processor, seconds; five more until SIGKILL.
    caodiem_cpu,
};

/// Bounds what a process of ours and its children to come may use. Returns 0 or an errno.
int caodiem_limit(int pid, enum caodiem_resource resource, unsigned long value);

/// A pipe with both ends close-on-exec. Returns 0 or an errno.
int caodiem_pipe(int ends[_Nonnull 2]);

/// The process at the other end of a unix socket. Returns 0 or an errno.
int caodiem_peer_credentials(
    int fd, int *_Nonnull pid, unsigned *_Nonnull uid, unsigned *_Nonnull gid);

/// A duplicate at 10 or above, close-on-exec, or -1 with errno.
int caodiem_duplicate_high(int fd);

/// Names the calling thread, at most 15 bytes.
void caodiem_name_thread(const char *_Nonnull name);

#endif
