/*
 * A disk seen from outside: preloaded into a process, it tells which files of a folder are synced, and lets syncs or writes
 * there fail as a broken or full disk would. For the tests of what the store promises (S01, S03, S04).
 *
 *   SHIM_DIR      the folder; nothing else is touched
 *   SHIM_LOG      gets the name of the file, one line for each fsync or fdatasync
 *   SHIM_EIO_AT   from this sync on (1 is the first), each one fails with EIO
 *   SHIM_FULL     while a file of this name exists, writes fail with ENOSPC
 *   SHIM_READONLY  set: they fail with EROFS instead, and no file is opened for writing
 *   SHIM_PERIOD   and of each so many writes then only the last tenth, so that in time each one meets a full disk
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static int syncs;
static int writes;

/* The name inside the folder of what fd refers to; 0 when it is elsewhere. */
static const char *inside(int fd, char *path, size_t size) {
  const char *dir = getenv("SHIM_DIR");
  if (!dir) return 0;
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, size - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  size_t length = strlen(dir);
  return strncmp(path, dir, length) == 0 && path[length] == '/' ? path + length + 1 : 0;
}

static int log_sync(int fd) {
  char path[512], line[520];
  const char *name = inside(fd, path, sizeof path);
  if (!name) return 0;
  syncs += 1;
  const char *log = getenv("SHIM_LOG");
  if (log) {
    int out = syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND, 0600);
    int n = snprintf(line, sizeof line, "%s\n", name);
    if (out >= 0) {
      if (syscall(SYS_write, out, line, n) != n) abort();
      close(out);
    }
  }
  const char *at = getenv("SHIM_EIO_AT");
  if (at && syncs >= atoi(at)) {
    errno = EIO;
    return -1;
  }
  return 0;
}

static int full(int fd) {
  char path[512];
  const char *flag = getenv("SHIM_FULL");
  if (!flag || access(flag, F_OK) != 0 || !inside(fd, path, sizeof path)) return 0;
  const char *period = getenv("SHIM_PERIOD");
  if (period && writes++ % atoi(period) < atoi(period) * 9 / 10) return 0;
  errno = getenv("SHIM_READONLY") ? EROFS : ENOSPC;
  return 1;
}

#define REAL(type, name, ...)                \
  static type (*real)(__VA_ARGS__);          \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

int fsync(int fd) {
  REAL(int, "fsync", int);
  return log_sync(fd) ? -1 : real(fd);
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  return log_sync(fd) ? -1 : real(fd);
}

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  return full(fd) ? -1 : real(fd, data, size);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  return full(fd) ? -1 : real(fd, data, size, at);
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  return full(fd) ? -1 : real(fd, data, size, at);
}

/* Whether a file of the folder may not be opened so, while its file system is read-only. */
static int refused(const char *path, int flags) {
  const char *flag = getenv("SHIM_FULL"), *dir = getenv("SHIM_DIR");
  if (!getenv("SHIM_READONLY") || !flag || !dir || access(flag, F_OK) != 0 || strncmp(path, dir, strlen(dir)) != 0) return 0;
  if (!(flags & (O_CREAT | O_WRONLY | O_RDWR))) return 0;
  errno = EROFS;
  return 1;
}

int open(const char *path, int flags, ...) {
  REAL(int, "open", const char *, int, ...);
  va_list more;
  va_start(more, flags);
  int mode = flags & O_CREAT ? va_arg(more, int) : 0;
  va_end(more);
  return refused(path, flags) ? -1 : real(path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  REAL(int, "open64", const char *, int, ...);
  va_list more;
  va_start(more, flags);
  int mode = flags & O_CREAT ? va_arg(more, int) : 0;
  va_end(more);
  return refused(path, flags) ? -1 : real(path, flags, mode);
}
