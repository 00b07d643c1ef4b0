/*
 * Steps through a thread of another process, instruction by instruction, and writes the address of each:
 *
 *   step THREAD COUNT FILE
 *
 * FILE holds 64-bit addresses in the machine's order. Stepping is some thousand times slower than running; the other
 * threads run on meanwhile. The process is not of use for anything else afterwards.
 */
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/user.h>
#include <sys/wait.h>

static int stopped(pid_t thread, int *status)
{
    return waitpid(thread, status, __WALL) == thread && WIFSTOPPED(*status);
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: step THREAD COUNT FILE\n");
        return 2;
    }
    pid_t thread = atoi(argv[1]);
    long count = atol(argv[2]);
    FILE *out = fopen(argv[3], "wb");
    int status = 0;
    if (out == NULL) {
        perror(argv[3]);
        return 1;
    }
    if (ptrace(PTRACE_SEIZE, thread, 0, 0) != 0 || ptrace(PTRACE_INTERRUPT, thread, 0, 0) != 0
        || !stopped(thread, &status)) {
        perror("step: cannot stop the thread");
        return 1;
    }
    int64_t address = 0;
    int signal = 0;
    while (count-- > 0) {
        if (ptrace(PTRACE_SINGLESTEP, thread, 0, signal) != 0 || !stopped(thread, &status))
            break; /* the thread has ended */
        /* the JVM polls by faults of its own, which have to reach it */
        signal = WSTOPSIG(status) == SIGTRAP ? 0 : WSTOPSIG(status);
        address = ptrace(PTRACE_PEEKUSER, thread, offsetof(struct user_regs_struct, rip), 0);
        fwrite(&address, sizeof address, 1, out);
    }
    return fclose(out) == 0 ? 0 : 1;
}
