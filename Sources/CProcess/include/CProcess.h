#ifndef CPROCESS_H
#define CPROCESS_H

#include <stdbool.h>
#include <sys/types.h>

/// Has the system kill this process when its parent ends. Returns false where the parent has ended already, or the system
/// refuses. Linux counts the thread that started this process as its parent.
bool process_die_with_parent(void);

/// Starts a program, found on the PATH, whose standard output is a pipe. It takes nothing from standard input, is killed when the
/// calling thread ends, and has the default action and no block for every signal that this program changes.
///
/// `arguments` ends with NULL. Returns 0 with the process's number and the pipe's end for reading, else an errno.
int process_start(char *const arguments[], pid_t *process, int *output);

/// Waits for a process to end. Returns its exit code, 128 + the number of the signal that ended it, or -1 with errno.
int process_wait(pid_t process);

#endif
