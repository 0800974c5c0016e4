#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/// Makes the system kill this process when its parent ends. Returns false if the parent ends during the call, or the
/// system refuses. If the parent that started this process ended before the call, the parent is the process that adopted
/// it, usually process 1. Linux regards the thread that started this process as its parent.
bool process_die_with_parent(void);

/// Starts a program, found on the PATH, with a pipe as its standard output. It has no standard input, is killed when
/// the calling thread ends, and has the default action, unblocked, for every signal that this program changes.
///
/// `arguments` ends with NULL. Returns 0 and sets the process id and the pipe's read end; otherwise returns an errno.
int process_start(char *const arguments[], pid_t *process, int *output);

/// Waits for a process to end. Returns its exit code, 128 + the number of the signal that ended it, or -1 and sets
/// errno.
int process_wait(pid_t process);

#endif
