/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "agent/scanner/seal.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "agent/core/limits.h"

GQuark
sek_seal_error_quark (void)
{
  return g_quark_from_static_string ("sek-seal-error-quark");
}

/* The kernel takes no longer programs (BPF_MAXINSNS). */
#define FILTER_INSTRUCTIONS_MAX 4096

struct SekSeal
{
  struct sock_filter *instructions;
  unsigned short count;
  int landlock; /* rule set; -1 when the kernel has none */
};

/* All that reading a mail in memory needs. mmap and mprotect are allowed apart from these, without PROT_EXEC.
 */
static const char *const allowed[] = {
  "brk",
  "munmap",
  "mremap",
  "madvise",
  "futex",
  "exit",
  "exit_group",
  "rt_sigreturn",
  "rt_sigaction",
  "rt_sigprocmask",
  "clock_gettime",
  "gettimeofday",
  "time",
  "getrandom",
  "restart_syscall",
  "sched_yield",
#ifdef SEK_SANITIZED
  /* The sanitizers' run-time library reports to stderr and looks at its own process. */
  "write",
  "sigaltstack",
  "getpid",
  "gettid",
  "prctl",
  "sched_getaffinity",
#endif
};

/* Whoever tries these is not a parser any more and ends at once. Everything in neither list fails with EPERM,
 * since libraries look for files and settings that they can do without. */
static const char *const deadly[] = {
  "execve",
  "execveat",
  "fork",
  "vfork",
  "clone",
  "clone3",
  "socket",
  "socketpair",
  "connect",
  "bind",
  "listen",
  "accept",
  "accept4",
  "sendto",
  "sendmsg",
  "sendmmsg",
  "ptrace",
  "kill",
  "tkill",
  "process_vm_readv",
  "process_vm_writev",
  "pidfd_open",
  "pidfd_send_signal",
  "bpf",
  "mount",
  "unshare",
  "setns",
  "pivot_root",
  "io_uring_setup",
  "userfaultfd",
  "keyctl",
  "add_key",
  "request_key",
  "perf_event_open",
  "memfd_create",
  "init_module",
  "finit_module",
  "kexec_load",
  "reboot",
  "chroot",
  "open_by_handle_at",
};

static int
add_rules (scmp_filter_ctx context)
{
  int failed = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (allowed); i++)
    {
      int number = seccomp_syscall_resolve_name (allowed[i]);
      /* Newer architectures lack the older calls. */
      if (number != __NR_SCMP_ERROR && number >= 0)
        failed |= seccomp_rule_add (context, SCMP_ACT_ALLOW, number, 0);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (deadly); i++)
    {
      int number = seccomp_syscall_resolve_name (deadly[i]);
      if (number != __NR_SCMP_ERROR && number >= 0)
        failed |= seccomp_rule_add (context, SCMP_ACT_KILL_PROCESS, number, 0);
    }
  const struct scmp_arg_cmp not_executable = SCMP_A2 (SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
  failed |= seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (mmap), 1, not_executable);
  failed |= seccomp_rule_add (context, SCMP_ACT_ALLOW, SCMP_SYS (mprotect), 1, not_executable);
  return failed;
}

/* libseccomp writes the program into a file only; a child loads it itself, because building it takes longer
 * than reading a mail. */
static gboolean
export_filter (SekSeal *seal, scmp_filter_ctx context)
{
  int fd = memfd_create ("seccomp", MFD_CLOEXEC);
  if (fd < 0)
    return FALSE;
  gboolean exported = seccomp_export_bpf (context, fd) == 0;
  off_t size = exported ? lseek (fd, 0, SEEK_END) : 0;
  gsize count = (gsize) size / sizeof (struct sock_filter);
  exported = count > 0 && count <= FILTER_INSTRUCTIONS_MAX;
  if (exported)
    {
      seal->instructions = g_new0 (struct sock_filter, count);
      seal->count = (unsigned short) count;
      exported = pread (fd, seal->instructions, (gsize) size, 0) == size;
    }
  close (fd);
  return exported;
}

/* Every right over files that this kernel's Landlock knows, and over the network from its 4th version on;
 * with no rule given, none is left. */
static int
make_landlock (void)
{
  static const guint64 files[] = { 0, 0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF };
  long version = syscall (SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1)
    return -1;
  /* struct landlock_ruleset_attr as of version 4; older headers have its first field only. */
  const guint64 attributes[2] = { files[MIN (version, (long) G_N_ELEMENTS (files) - 1)], 0x3 };
  gsize size = version >= 4 ? sizeof attributes : sizeof attributes[0];
  return (int) syscall (SYS_landlock_create_ruleset, attributes, size, 0);
}

SekSeal *
sek_seal_new (GError **error)
{
  g_autoptr (SekSeal) seal = g_new0 (SekSeal, 1);
  seal->landlock = -1;
  scmp_filter_ctx context = seccomp_init (SCMP_ACT_ERRNO (EPERM));
  gboolean made = context != NULL &&
                  seccomp_attr_set (context, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS) == 0 &&
                  add_rules (context) == 0 && export_filter (seal, context);
  if (context != NULL)
    seccomp_release (context);
  if (!made)
    {
      g_set_error (error, SEK_SEAL_ERROR, SEK_SEAL_ERROR_FILTER,
                   "The scanner cannot seal itself: the system call filter cannot be made (%s)",
                   g_strerror (errno));
      return NULL;
    }
  seal->landlock = make_landlock ();
  return g_steal_pointer (&seal);
}

void
sek_seal_free (SekSeal *seal)
{
  if (seal == NULL)
    return;
  if (seal->landlock >= 0)
    close (seal->landlock);
  g_free (seal->instructions);
  g_free (seal);
}

static gboolean
set_limits (void)
{
  /* One second more than the wall clock allows: the server ends it by then. */
  const rlim_t seconds = SEK_SCAN_MILLISECONDS / 1000 + 1;
  const struct
  {
    __rlimit_resource_t resource;
    rlim_t limit;
  } limits[] = {
#ifndef SEK_SANITIZED
    /* The sanitizer reserves terabytes of addresses. */
    { RLIMIT_AS, SEK_SCAN_MEMORY_BYTES },
#endif
    { RLIMIT_CPU, seconds },
    { RLIMIT_FSIZE, 0 },
    { RLIMIT_CORE, 0 },
    { RLIMIT_NPROC, 0 },
    { RLIMIT_MEMLOCK, 0 },
    { RLIMIT_MSGQUEUE, 0 },
    { RLIMIT_NOFILE, 0 },
  };
  for (gsize i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      const struct rlimit limit = { limits[i].limit, limits[i].limit };
      if (setrlimit (limits[i].resource, &limit) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
close_all (void)
{
#ifdef SEK_SANITIZED
  return syscall (SYS_close_range, 0, 1, 0) == 0 && syscall (SYS_close_range, 3, ~0U, 0) == 0;
#else
  return syscall (SYS_close_range, 0, ~0U, 0) == 0;
#endif
}

gboolean
sek_seal_apply (const SekSeal *seal)
{
  const struct sock_fprog program = { seal->count, seal->instructions };
  if (prctl (PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 || prctl (PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
    return FALSE;
  if (seal->landlock >= 0 && syscall (SYS_landlock_restrict_self, seal->landlock, 0) != 0)
    return FALSE;
  return close_all () && set_limits () && prctl (PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
