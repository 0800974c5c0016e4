// For pipe2.
#define _GNU_SOURCE

#include "CProcess.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static bool die_with(pid_t parent) { return prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 && getppid() == parent; }

bool process_die_with_parent(void) { return die_with(getppid()); }

/// Runs in the new process between fork and exec: only functions that are safe after fork in a multithreaded program.
static void become(char *const arguments[], pid_t parent, int output, int report) {
  sigset_t none;
  sigemptyset(&none);
  signal(SIGPIPE, SIG_DFL);
  signal(SIGXFSZ, SIG_DFL);
  if (die_with(parent)) {
    const int input = open("/dev/null", O_RDONLY);
    if (input >= 0 && dup2(input, STDIN_FILENO) >= 0 && dup2(output, STDOUT_FILENO) >= 0) {
      sigprocmask(SIG_SETMASK, &none, NULL);
      execvp(arguments[0], arguments);
    }
  } else {
    errno = ECHILD;
  }
  const int why = errno;
  // If this write fails, the parent takes it for success; nothing else can be reported.
  if (write(report, &why, sizeof why) < 0) _exit(126);
  _exit(127);
}

int process_start(char *const arguments[], pid_t *process, int *output) {
  int bytes[2], report[2];
  if (pipe2(bytes, O_CLOEXEC) != 0) return errno;
  if (pipe2(report, O_CLOEXEC) != 0) {
    const int why = errno;
    close(bytes[0]);
    close(bytes[1]);
    return why;
  }
  const pid_t parent = getpid();
  const pid_t child = fork();
  int why = child < 0 ? errno : 0;
  if (child == 0) become(arguments, parent, bytes[1], report[1]);
  close(bytes[1]);
  close(report[1]);
  if (child > 0) {
    ssize_t count;
    do count = read(report[0], &why, sizeof why);
    while (count < 0 && errno == EINTR);
    if (count != sizeof why) why = 0;
    if (why != 0) process_wait(child);
  }
  close(report[0]);
  if (why != 0) {
    close(bytes[0]);
    return why;
  }
  *process = child;
  *output = bytes[0];
  return 0;
}

int process_wait(pid_t process) {
  int status;
  while (waitpid(process, &status, 0) < 0) {
    if (errno != EINTR) return -1;
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}
