/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seal tried from inside: this program, which is never installed, seals a child of its own and lets it
 * attempt what a taken-over parser would. Each attempt is first made without the seal, to know that it could
 * succeed. */
#include "agent/scanner/seal.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "agent/core/limits.h"

/* What an attempt can need; made before the fork. */
typedef struct
{
  char *folder;
  char *new_file;
  char *old_file;
  int old_fd;
  pid_t victim;
  struct sockaddr_un address; /* somebody listens there */
} Scene;

/* Each returns TRUE when it got what it wanted. */
typedef gboolean (*Attempt) (const Scene *scene);

static gboolean
open_file (const Scene *scene)
{
  return open (scene->old_file, O_RDONLY) >= 0;
}

static gboolean
write_new_file (const Scene *scene)
{
  int fd = open (scene->new_file, O_WRONLY | O_CREAT, 0600);
  return fd >= 0 && write (fd, "x", 1) == 1;
}

static gboolean
read_open_fd (const Scene *scene)
{
  char byte;
  return pread (scene->old_fd, &byte, 1, 0) == 1;
}

static gboolean
write_stdout (const Scene *scene)
{
  return write (STDOUT_FILENO, "# \n", 3) == 3;
}

static gboolean
remove_file (const Scene *scene)
{
  return unlink (scene->old_file) == 0;
}

static gboolean
list_folder (const Scene *scene)
{
  return open (scene->folder, O_RDONLY | O_DIRECTORY) >= 0;
}

static gboolean
make_socket (const Scene *scene)
{
  return socket (AF_UNIX, SOCK_STREAM, 0) >= 0;
}

static gboolean
make_inet_socket (const Scene *scene)
{
  return socket (AF_INET, SOCK_STREAM, 0) >= 0;
}

static gboolean
connect_socket (const Scene *scene)
{
  int fd = socket (AF_UNIX, SOCK_STREAM, 0);
  return connect (fd, (const struct sockaddr *) &scene->address, sizeof scene->address) == 0;
}

/* connect itself, on whatever number a descriptor might have. */
static gboolean
connect_any (const Scene *scene)
{
  connect (STDIN_FILENO, (const struct sockaddr *) &scene->address, sizeof scene->address);
  return TRUE;
}

static gboolean
execute (const Scene *scene)
{
  /* "true" ends with 0, which stands for failure here, so a shell gives the other answer. */
  execl ("/bin/sh", "sh", "-c", "exit 1", NULL);
  return FALSE;
}

static gboolean
fork_child (const Scene *scene)
{
  pid_t pid = fork ();
  if (pid == 0)
    _exit (0);
  return pid > 0;
}

static gboolean
fork_raw (const Scene *scene)
{
  long pid = syscall (SYS_clone, SIGCHLD, NULL, NULL, NULL, NULL);
  if (pid == 0)
    _exit (0);
  return pid > 0;
}

static gboolean
trace (const Scene *scene)
{
  return ptrace (PTRACE_TRACEME, 0, NULL, NULL) == 0;
}

static gboolean
kill_other (const Scene *scene)
{
  return kill (scene->victim, SIGTERM) == 0;
}

static gboolean
signal_thread (const Scene *scene)
{
  return syscall (SYS_tgkill, scene->victim, scene->victim, SIGTERM) == 0;
}

static gboolean
map_code (const Scene *scene)
{
  return mmap (NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) != MAP_FAILED;
}

static gboolean
make_code (const Scene *scene)
{
  void *memory = mmap (NULL, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return memory != MAP_FAILED && mprotect (memory, 4096, PROT_READ | PROT_EXEC) == 0;
}

static gboolean
make_memfd (const Scene *scene)
{
  return memfd_create ("x", 0) >= 0;
}

static gboolean
raise_limit (const Scene *scene)
{
  const struct rlimit limit = { 64, 64 };
  return setrlimit (RLIMIT_NOFILE, &limit) == 0;
}

static gboolean
change_folder (const Scene *scene)
{
  return chdir ("/") == 0;
}

#ifndef SEK_SANITIZED
/* Both are left to the sanitizer's run-time library. */
static gboolean
name_itself (const Scene *scene)
{
  return prctl (PR_SET_NAME, "sshd") == 0;
}

static gboolean
take_memory (const Scene *scene)
{
  return mmap (NULL, SEK_SCAN_MEMORY_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0) !=
         MAP_FAILED;
}
#endif

static const struct
{
  const char *name;
  Attempt attempt;
  gboolean deadly; /* the attempt is the end of the process */
} attempts[] = {
  { "open", open_file, FALSE },
  { "write-new-file", write_new_file, FALSE },
  { "read-open-descriptor", read_open_fd, FALSE },
  { "write-stdout", write_stdout, FALSE },
  { "remove-file", remove_file, FALSE },
  { "list-folder", list_folder, FALSE },
  { "socket-unix", make_socket, TRUE },
  { "socket-inet", make_inet_socket, TRUE },
  { "connect", connect_socket, TRUE },
  { "connect-any", connect_any, TRUE },
  { "exec", execute, TRUE },
  { "fork", fork_child, TRUE },
  { "fork-raw", fork_raw, TRUE },
  { "ptrace", trace, TRUE },
  { "kill", kill_other, TRUE },
  { "signal-thread", signal_thread, FALSE },
  { "map-code", map_code, FALSE },
  { "make-code", make_code, FALSE },
  { "memfd", make_memfd, TRUE },
  { "raise-limit", raise_limit, FALSE },
  { "change-folder", change_folder, FALSE },
#ifndef SEK_SANITIZED
  { "name-itself", name_itself, FALSE },
  { "take-memory", take_memory, FALSE },
#endif
};

enum
{
  EXIT_STOPPED = 0,
  EXIT_GOT_IT = 1,
  EXIT_UNSEALED = 2,
};

/* The wait status of a child that makes the attempt. */
static int
make_attempt (Attempt attempt, const Scene *scene, const SekSeal *seal)
{
  pid_t pid = fork ();
  if (pid == 0)
    {
      if (seal != NULL && !sek_seal_apply (seal))
        _exit (EXIT_UNSEALED);
      _exit (attempt (scene) ? EXIT_GOT_IT : EXIT_STOPPED);
    }
  int status;
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return status;
}

static pid_t
start_victim (void)
{
  pid_t pid = fork ();
  if (pid == 0)
    {
      signal (SIGTERM, SIG_DFL);
      for (;;)
        pause ();
    }
  return pid;
}

static gboolean
is_alive (pid_t pid)
{
  return waitpid (pid, NULL, WNOHANG) == 0;
}

static int
listen_at (struct sockaddr_un *address, const char *folder)
{
  *address = (struct sockaddr_un){ .sun_family = AF_UNIX };
  g_snprintf (address->sun_path, sizeof address->sun_path, "%s/socket", folder);
  int fd = socket (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0);
  g_assert_cmpint (bind (fd, (const struct sockaddr *) address, sizeof *address), ==, 0);
  g_assert_cmpint (listen (fd, 4), ==, 0);
  return fd;
}

static void
test_attempt (gconstpointer data)
{
  gsize index = GPOINTER_TO_SIZE (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (SekSeal) seal = sek_seal_new (&error);
  g_assert_no_error (error);
  g_autofree char *folder = g_dir_make_tmp ("sekisho-seal-XXXXXX", NULL);
  g_autofree char *new_file = g_build_filename (folder, "new", NULL);
  g_autofree char *old_file = g_build_filename (folder, "old", NULL);
  Scene scene = { .folder = folder, .new_file = new_file, .old_file = old_file };
  int listener = listen_at (&scene.address, folder);
  for (int sealed = 1; sealed >= 0; sealed--)
    {
      g_assert_true (g_file_set_contents (old_file, "x", 1, NULL));
      scene.old_fd = open (old_file, O_RDONLY);
      scene.victim = start_victim ();
      int status = make_attempt (attempts[index].attempt, &scene, sealed ? seal : NULL);
      if (!sealed)
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_GOT_IT);
      else if (attempts[index].deadly)
        g_assert_true (WIFSIGNALED (status) && WTERMSIG (status) == SIGSYS);
      else
        g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == EXIT_STOPPED);
      if (sealed)
        {
          /* Not only refused: nothing has happened. */
          g_assert_true (is_alive (scene.victim));
          g_assert_false (g_file_test (new_file, G_FILE_TEST_EXISTS));
          g_assert_true (g_file_test (old_file, G_FILE_TEST_EXISTS));
          g_assert_cmpint (accept (listener, NULL, NULL), <, 0);
        }
      kill (scene.victim, SIGKILL);
      waitpid (scene.victim, NULL, 0);
      close (scene.old_fd);
    }
  close (listener);
  unlink (scene.address.sun_path);
  unlink (new_file);
  unlink (old_file);
  g_assert_cmpint (rmdir (folder), ==, 0);
}

/* A child that is sealed and then only burns time, to be looked at from outside. */
static void
test_from_outside (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SekSeal) seal = sek_seal_new (&error);
  g_assert_no_error (error);
  int ends[2];
  g_assert_cmpint (pipe (ends), ==, 0);
  pid_t pid = fork ();
  if (pid == 0)
    {
      if (!sek_seal_apply (seal))
        _exit (EXIT_UNSEALED);
      for (volatile guint i = 0;; i++)
        continue;
    }
  close (ends[1]);
  /* The pipe ends when the child has closed its copy, although it lives on. */
  char byte;
  g_assert_cmpint (read (ends[0], &byte, 1), ==, 0);
  close (ends[0]);
  g_autofree char *path = g_strdup_printf ("/proc/%d/status", pid);
  g_autofree char *status = NULL;
  gboolean filtered = FALSE;
  /* The filter comes last, a moment after the pipe has ended. */
  for (guint i = 0; i < 1000 && !filtered; i++)
    {
      g_clear_pointer (&status, g_free);
      g_assert_true (g_file_get_contents (path, &status, NULL, NULL));
      filtered = strstr (status, "Seccomp:\t2\n") != NULL;
      g_usleep (1000);
    }
  g_assert_true (filtered);
  g_assert_nonnull (strstr (status, "NoNewPrivs:\t1\n"));
  g_assert_true (is_alive (pid));
  /* And it ends by itself: the limit on processor time needs nobody to watch. */
  int end;
  g_assert_cmpint (waitpid (pid, &end, 0), ==, pid);
  g_assert_true (WIFSIGNALED (end) && (WTERMSIG (end) == SIGXCPU || WTERMSIG (end) == SIGKILL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (attempts); i++)
    {
      g_autofree char *name = g_strconcat ("/scanner/seal/", attempts[i].name, NULL);
      g_test_add_data_func (name, GSIZE_TO_POINTER (i), test_attempt);
    }
  g_test_add_func ("/scanner/seal/from-outside", test_from_outside);
  return g_test_run ();
}
