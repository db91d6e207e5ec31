/* SPDX-FileCopyrightText: 2026 The Tandem contributors
 * SPDX-License-Identifier: Apache-2.0
 *
 * Writes down, in order, what a process does to the files in one folder and in the folders within it.
 * Loaded before libc (LD_PRELOAD) by recorder.py, which also says how a note is laid out.
 *
 * Everything is really done, except flushing: whether a flush reached a disk is for the simulator to
 * decide, and the tests wait for none. The disk can be made small: when the files of the folder would
 * take more than TANDEM_ROOM bytes, it is full, as disks are. What cannot be replayed (a mapping, a hard link, a second
 * descriptor) is noted as '!', so that nobody trusts a recording with a hole in it.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define MOST 4096
enum { ELSEWHERE, FILE_HERE, FOLDER_HERE };

struct note {
    uint8_t what;
    uint8_t blank[7];
    uint64_t file;
    int64_t at;
    int64_t size;
};

static const char *folder;
static size_t folder_length;
static int book = -1;
static int64_t room = -1;
static uint8_t kind[MOST];
static uint64_t number[MOST];

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

__attribute__((constructor)) static void begin(void)
{
    const char *path = getenv("TANDEM_RECORDING");
    folder = getenv("TANDEM_RECORDED");
    if (!path || !folder)
        return;
    folder_length = strlen(folder);
    if (getenv("TANDEM_ROOM"))
        room = atoll(getenv("TANDEM_ROOM"));
    book = REAL(open)(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (book < 0)
        abort();
}

static void note(char what, uint64_t file, int64_t at, const void *body, size_t size)
{
    int kept = errno;
    struct note head = {.what = (uint8_t)what, .file = file, .at = at, .size = (int64_t)size};
    struct iovec both[2] = {{&head, sizeof head}, {(void *)body, size}};
    /* A recording with a hole would prove nothing. */
    if (book >= 0 && REAL(writev)(book, both, 2) != (ssize_t)(sizeof head + size))
        abort();
    errno = kept;
}

static void cannot(const char *call)
{
    note('!', 0, 0, call, strlen(call));
}

/* Where a path leads from a folder that is open, or from here; into must hold PATH_MAX. */
static const char *from_there(int at, const char *path, char *into)
{
    char link[64];
    if (!path || *path == '/' || at == AT_FDCWD)
        return path;
    snprintf(link, sizeof link, "/proc/self/fd/%d", at);
    ssize_t size = readlink(link, into, PATH_MAX - 1);
    if (size < 0)
        return NULL;
    snprintf(into + size, (size_t)(PATH_MAX - size), "%s%s", *path ? "/" : "", path);
    return into;
}

/* The name of what lies in the folder, seen from it; "" for the folder itself; NULL for all else. */
static const char *name_of(const char *path)
{
    if (book < 0 || !path || strncmp(path, folder, folder_length))
        return NULL;
    path += folder_length;
    if (*path == '\0')
        return "";
    return *path == '/' ? path + 1 : NULL;
}

static int here(int fd, int what)
{
    return fd >= 0 && fd < MOST && kind[fd] == what;
}

static int opened(int fd, const char *path, int existed, int flags)
{
    const char *name = name_of(path);
    struct stat found;
    if (fd < 0 || !name)
        return fd;
    if (fd >= MOST || fstat(fd, &found))
        abort();
    kind[fd] = S_ISDIR(found.st_mode) ? FOLDER_HERE : FILE_HERE;
    number[fd] = found.st_ino;
    if (kind[fd] == FILE_HERE && !existed)
        note('C', number[fd], 0, name, strlen(name));
    else if (kind[fd] == FILE_HERE && flags & O_TRUNC)
        note('T', number[fd], 0, NULL, 0);
    return fd;
}

#define OPENING(call, at, path, flags, ...)                                                        \
    mode_t mode = 0;                                                                               \
    char into[PATH_MAX];                                                                           \
    if (flags & (O_CREAT | O_TMPFILE)) {                                                           \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode = va_arg(more, mode_t);                                                               \
        va_end(more);                                                                              \
    }                                                                                              \
    int existed = faccessat(at, path, F_OK, 0) == 0;                                               \
    const char *there = from_there(at, path, into);                                                \
    return opened(REAL(call)(__VA_ARGS__, flags, mode), there, existed, flags)

int open(const char *path, int flags, ...) { OPENING(open, AT_FDCWD, path, flags, path); }
int open64(const char *path, int flags, ...) { OPENING(open64, AT_FDCWD, path, flags, path); }
int openat(int at, const char *path, int flags, ...) { OPENING(openat, at, path, flags, at, path); }
int openat64(int at, const char *path, int flags, ...)
{
    OPENING(openat64, at, path, flags, at, path);
}

int close(int fd)
{
    if (fd >= 0 && fd < MOST)
        kind[fd] = ELSEWHERE; /* before: another thread may be given the number at once */
    return REAL(close)(fd);
}

static int64_t taken(void)
{
    int64_t all = 0;
    struct dirent *one;
    struct stat found;
    DIR *names = opendir(folder);
    if (!names)
        abort();
    while ((one = readdir(names)))
        if (!fstatat(dirfd(names), one->d_name, &found, 0) && S_ISREG(found.st_mode))
            all += found.st_size;
    closedir(names);
    return all;
}

/* Whether there is room for a file to reach so far; a real disk refuses the write that does not fit. */
static int fits(int fd, int64_t end)
{
    struct stat found;
    if (room < 0 || !here(fd, FILE_HERE) || fstat(fd, &found) || end <= found.st_size)
        return 1;
    if (taken() + end - found.st_size <= room)
        return 1;
    errno = ENOSPC;
    return 0;
}

static ssize_t written(int fd, int64_t at, const void *from, ssize_t size)
{
    if (size > 0 && here(fd, FILE_HERE))
        note('W', number[fd], at, from, (size_t)size);
    return size;
}

ssize_t write(int fd, const void *from, size_t size)
{
    int64_t at = here(fd, FILE_HERE) ? lseek(fd, 0, SEEK_CUR) : 0;
    if (here(fd, FILE_HERE) && fcntl(fd, F_GETFL) & O_APPEND)
        at = lseek(fd, 0, SEEK_END);
    if (!fits(fd, at + (int64_t)size))
        return -1;
    return written(fd, at, from, REAL(write)(fd, from, size));
}

ssize_t pwrite(int fd, const void *from, size_t size, off_t at)
{
    if (!fits(fd, at + (int64_t)size))
        return -1;
    return written(fd, at, from, REAL(pwrite)(fd, from, size, at));
}

ssize_t pwrite64(int fd, const void *from, size_t size, off64_t at)
{
    if (!fits(fd, at + (int64_t)size))
        return -1;
    return written(fd, at, from, REAL(pwrite64)(fd, from, size, at));
}

static int cut(int fd, int64_t size, int done)
{
    if (!done && here(fd, FILE_HERE))
        note('T', number[fd], size, NULL, 0);
    return done;
}

int ftruncate(int fd, off_t size) { return cut(fd, size, REAL(ftruncate)(fd, size)); }
int ftruncate64(int fd, off64_t size) { return cut(fd, size, REAL(ftruncate64)(fd, size)); }

static int flushed(int fd, int (*really)(int))
{
    if (here(fd, FILE_HERE))
        note('S', number[fd], 0, NULL, 0);
    else if (here(fd, FOLDER_HERE)) {
        char into[PATH_MAX];
        const char *name = name_of(from_there(fd, "", into));
        if (!name)
            abort();
        note('D', 0, 0, name, strlen(name));
    } else
        return really(fd);
    return 0;
}

int fsync(int fd) { return flushed(fd, REAL(fsync)); }
int fdatasync(int fd) { return flushed(fd, REAL(fdatasync)); }

static int said(char what, const char *path, int done)
{
    const char *name = name_of(path);
    if (!done && name)
        note(what, 0, 0, name, strlen(name));
    return done;
}

int unlink(const char *path) { return said('U', path, REAL(unlink)(path)); }
int unlinkat(int at, const char *path, int flags)
{
    char into[PATH_MAX];
    const char *there = from_there(at, path, into);
    return said(flags & AT_REMOVEDIR ? 'X' : 'U', there, REAL(unlinkat)(at, path, flags));
}
int rmdir(const char *path) { return said('X', path, REAL(rmdir)(path)); }
int mkdir(const char *path, mode_t mode) { return said('K', path, REAL(mkdir)(path, mode)); }
int mkdirat(int at, const char *path, mode_t mode)
{
    char into[PATH_MAX];
    const char *there = from_there(at, path, into);
    return said('K', there, REAL(mkdirat)(at, path, mode));
}

static int moved(const char *from, const char *to, int done)
{
    const char *old = name_of(from), *new = name_of(to);
    char both[2 * PATH_MAX + 2];
    if (done || (!old && !new))
        return done;
    if (!old || !new) {
        cannot("rename into or out of the folder");
        return done;
    }
    int size = snprintf(both, sizeof both, "%s\n%s", old, new);
    note('R', 0, 0, both, (size_t)size);
    return done;
}

int rename(const char *from, const char *to) { return moved(from, to, REAL(rename)(from, to)); }
int renameat(int one, const char *from, int other, const char *to)
{
    char old[PATH_MAX], new[PATH_MAX];
    const char *here_from = from_there(one, from, old), *here_to = from_there(other, to, new);
    return moved(here_from, here_to, REAL(renameat)(one, from, other, to));
}

/* A copy made by the system: what it wrote is read where it came from. */
static ssize_t copied(int to, int from, off64_t *at, ssize_t size)
{
    if (size <= 0 || !here(to, FILE_HERE))
        return size;
    int64_t end = at ? *at : lseek64(from, 0, SEEK_CUR);
    char *what = malloc((size_t)size);
    if (!what || pread64(from, what, (size_t)size, end - size) != size)
        abort();
    note('W', number[to], lseek64(to, 0, SEEK_CUR) - size, what, (size_t)size);
    free(what);
    return size;
}

ssize_t sendfile(int to, int from, off_t *at, size_t size)
{
    return copied(to, from, (off64_t *)at, REAL(sendfile)(to, from, at, size));
}

ssize_t sendfile64(int to, int from, off64_t *at, size_t size)
{
    return copied(to, from, at, REAL(sendfile64)(to, from, at, size));
}

/* What follows nobody does today. Should somebody begin to, the recording says so. */

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    if (here(fd, FILE_HERE))
        cannot("writev");
    return REAL(writev)(fd, parts, count);
}

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t at)
{
    if (here(fd, FILE_HERE))
        cannot("pwritev");
    return REAL(pwritev)(fd, parts, count, at);
}

ssize_t copy_file_range(int from, off64_t *at, int to, off64_t *there, size_t size, unsigned flags)
{
    if (here(to, FILE_HERE))
        cannot("copy_file_range");
    return REAL(copy_file_range)(from, at, to, there, size, flags);
}

int fallocate(int fd, int mode, off_t at, off_t size)
{
    if (here(fd, FILE_HERE))
        cannot("fallocate");
    return REAL(fallocate)(fd, mode, at, size);
}

int posix_fallocate(int fd, off_t at, off_t size)
{
    if (here(fd, FILE_HERE))
        cannot("posix_fallocate");
    return REAL(posix_fallocate)(fd, at, size);
}

void *mmap(void *where, size_t size, int access, int flags, int fd, off_t at)
{
    if (here(fd, FILE_HERE) && access & PROT_WRITE && flags & MAP_SHARED)
        cannot("mmap");
    return REAL(mmap)(where, size, access, flags, fd, at);
}

void *mmap64(void *where, size_t size, int access, int flags, int fd, off64_t at)
{
    if (here(fd, FILE_HERE) && access & PROT_WRITE && flags & MAP_SHARED)
        cannot("mmap64");
    return REAL(mmap64)(where, size, access, flags, fd, at);
}

int link(const char *from, const char *to)
{
    if (name_of(from) || name_of(to))
        cannot("link");
    return REAL(link)(from, to);
}

int dup(int fd)
{
    if (here(fd, FILE_HERE))
        cannot("dup");
    return REAL(dup)(fd);
}

int dup2(int fd, int other)
{
    if (here(fd, FILE_HERE))
        cannot("dup2");
    if (other >= 0 && other < MOST)
        kind[other] = ELSEWHERE;
    return REAL(dup2)(fd, other);
}
