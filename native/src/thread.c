/* The calling thread: its CPUs, its priority, its network namespace, the pages behind its memory. */
#include "weir.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

/* The raw system call takes masks of any size and tells how much of one it used; glibc's wrapper hides that. */
int32_t weir_affinity_get(uint8_t *mask, int32_t bytes)
{
    const long used = syscall(SYS_sched_getaffinity, 0, (size_t)bytes, mask);
    return used < 0 ? -errno : (int32_t)used;
}

int32_t weir_affinity_set(const uint8_t *mask, int32_t bytes)
{
    return syscall(SYS_sched_setaffinity, 0, (size_t)bytes, mask) < 0 ? -errno : bytes;
}

/* Linux keeps the nice value of each thread, whatever POSIX says; children of the thread inherit it. */
int32_t weir_thread_nice(int32_t nice)
{
    return setpriority(PRIO_PROCESS, (id_t)syscall(SYS_gettid), nice) < 0 ? -errno : 0;
}

int32_t weir_enter_namespace(const char *path)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return -errno;
    }
    const int result = setns(fd, CLONE_NEWNET) < 0 ? -errno : 0;
    close(fd);
    return result;
}

int32_t weir_huge_pages(uint64_t address, int64_t bytes)
{
    return madvise((void *)(uintptr_t)address, (size_t)bytes, MADV_HUGEPAGE) < 0 ? -errno : 0;
}
