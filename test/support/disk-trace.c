/*
 * A disk and the world outside it, seen from outside: preloaded into a process, it records what the process writes to and
 * syncs in a folder, and what it says to sockets and pipes, all in one order. For the tests that cut the power (S02, D14).
 *
 *   TRACE_DIR   the folder
 *   TRACE_LOG   gets the records
 *
 * A record: what (1 octet), length of the name (1), number (8), length of the data (4), the name, the data; little-endian.
 *   W write: number is the offset    T truncate: number is the new length    S sync    U unlink
 *   A said to a socket or pipe: number is the descriptor
 *
 * A write is recorded after it was made and before anything that follows it, a sync after it has come back, and what is
 * said before it is said: so nothing seems safer, or said later, than it was.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int trace = -2;

static int tracing(void) {
  if (trace == -2) {
    const char *log = getenv("TRACE_LOG");
    trace = log && getenv("TRACE_DIR") ? syscall(SYS_openat, AT_FDCWD, log, O_CREAT | O_WRONLY | O_APPEND, 0600) : -1;
  }
  return trace >= 0;
}

/* The part of a path that lies inside the folder; 0 when it is elsewhere. */
static const char *inside(const char *path) {
  const char *dir = getenv("TRACE_DIR");
  size_t length = strlen(dir);
  return strncmp(path, dir, length) == 0 && path[length] == '/' ? path + length + 1 : 0;
}

static const char *name_of(int fd, char *path, size_t size) {
  char link[64];
  if (!tracing()) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = readlink(link, path, size - 1);
  if (n <= 0) return 0;
  path[n] = 0;
  const char *name = inside(path);
  return name && strlen(name) < 200 ? name : 0;
}

static int outside(int fd) {
  struct stat s;
  return tracing() && fstat(fd, &s) == 0 && (S_ISSOCK(s.st_mode) || S_ISFIFO(s.st_mode));
}

static void record(char what, const char *name, uint64_t number, const void *data, uint32_t size) {
  size_t length = strlen(name), all = 14 + length + size;
  unsigned char *octets = malloc(all);
  if (!octets) abort();
  octets[0] = what;
  octets[1] = length;
  memcpy(octets + 2, &number, 8);
  memcpy(octets + 10, &size, 4);
  memcpy(octets + 14, name, length);
  if (size) memcpy(octets + 14 + length, data, size);
  /* One call for each, so that threads do not mix theirs. */
  if (syscall(SYS_write, trace, octets, all) != (ssize_t)all) abort();
  free(octets);
}

#define REAL(type, name, ...)                \
  static type (*real)(__VA_ARGS__);          \
  if (!real) *(void **)&real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t size) {
  REAL(ssize_t, "write", int, const void *, size_t);
  char path[512];
  if (outside(fd)) record('A', "", fd, data, size);
  const char *name = name_of(fd, path, sizeof path);
  off_t at = name ? lseek(fd, 0, SEEK_CUR) : 0;
  ssize_t n = real(fd, data, size);
  if (name && n > 0) record('W', name, at, data, n);
  return n;
}

ssize_t writev(int fd, const struct iovec *parts, int count) {
  REAL(ssize_t, "writev", int, const struct iovec *, int);
  if (outside(fd))
    for (int i = 0; i < count; i++) record('A', "", fd, parts[i].iov_base, parts[i].iov_len);
  return real(fd, parts, count);
}

ssize_t pwrite(int fd, const void *data, size_t size, off_t at) {
  REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
  char path[512];
  const char *name = name_of(fd, path, sizeof path);
  ssize_t n = real(fd, data, size, at);
  if (name && n > 0) record('W', name, at, data, n);
  return n;
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
  REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
  char path[512];
  const char *name = name_of(fd, path, sizeof path);
  ssize_t n = real(fd, data, size, at);
  if (name && n > 0) record('W', name, at, data, n);
  return n;
}

static void record_plain(char what, int fd, uint64_t number) {
  char path[512];
  const char *name = name_of(fd, path, sizeof path);
  if (name) record(what, name, number, 0, 0);
}

int ftruncate(int fd, off_t length) {
  REAL(int, "ftruncate", int, off_t);
  int failed = real(fd, length);
  if (!failed) record_plain('T', fd, length);
  return failed;
}

int ftruncate64(int fd, off64_t length) {
  REAL(int, "ftruncate64", int, off64_t);
  int failed = real(fd, length);
  if (!failed) record_plain('T', fd, length);
  return failed;
}

int fsync(int fd) {
  REAL(int, "fsync", int);
  int failed = real(fd);
  if (!failed) record_plain('S', fd, 0);
  return failed;
}

int fdatasync(int fd) {
  REAL(int, "fdatasync", int);
  int failed = real(fd);
  if (!failed) record_plain('S', fd, 0);
  return failed;
}

int unlink(const char *path) {
  REAL(int, "unlink", const char *);
  const char *name = tracing() ? inside(path) : 0;
  int failed = real(path);
  if (!failed && name) record('U', name, 0, 0, 0);
  return failed;
}
