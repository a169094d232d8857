/* aarch64: system calls, the beginning of a thread, and the way out of a signal handler. */
#pragma once

#include <signal.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/* What glibc, too, hands to the kernel with each restartable sequence. */
#define RSEQ_SIGNATURE 0xd428bc00
/* The kernel brings a restorer of its own. */
#define SA_RESTORER_FLAG 0

static inline long system_call(long number, long a, long b, long c, long d, long e, long f)
{
    register long name __asm__("x8") = number;
    register long first __asm__("x0") = a;
    register long second __asm__("x1") = b;
    register long third __asm__("x2") = c;
    register long fourth __asm__("x3") = d;
    register long fifth __asm__("x4") = e;
    register long sixth __asm__("x5") = f;
    __asm__ volatile("svc 0"
                     : "+r"(first)
                     : "r"(name), "r"(second), "r"(third), "r"(fourth), "r"(fifth), "r"(sixth)
                     : "memory", "cc");
    return first;
}

static inline void *thread_pointer(void)
{
    void *pointer;
    __asm__("mrs %0,tpidr_el0" : "=r"(pointer));
    return pointer;
}

/* A new process on a copy of this memory: returns its pid here, and 0 there. */
static inline long clone_process(unsigned long flags, int *cleared)
{
    return system_call(SYS_clone, (long)flags, 0, 0, 0, (long)cleared, 0);
}

struct beginning {
    unsigned long flags;
    void *stack;
    int *tid;     /* where the kernel writes the new thread's id */
    int *cleared; /* the word it clears when the thread ends */
    void *pointer;
    void (*run)(void *);
    void *argument;
};

/* A new thread, which calls `run` on its stack and never comes out of it. */
static inline long begin_thread(const struct beginning *beginning)
{
    register long name __asm__("x8") = SYS_clone;
    register long result __asm__("x0") = (long)beginning->flags;
    register void *stack __asm__("x1") = beginning->stack;
    register int *tid __asm__("x2") = beginning->tid;
    register void *pointer __asm__("x3") = beginning->pointer;
    register int *cleared __asm__("x4") = beginning->cleared;
    register void *argument __asm__("x19") = beginning->argument;
    register void (*run)(void *) __asm__("x20") = beginning->run;
    __asm__ volatile("svc 0\n\t"
                     "cbnz x0,1f\n\t"
                     "mov x29,#0\n\t" /* Where debuggers stop walking up. */
                     "mov x30,#0\n\t"
                     "mov x0,x19\n\t"
                     "blr x20\n\t"
                     "brk #1\n"
                     "1:"
                     : "+r"(result)
                     : "r"(name), "r"(stack), "r"(tid), "r"(pointer), "r"(cleared), "r"(argument), "r"(run)
                     : "memory", "cc");
    return result;
}

/* Where the stack pointer must be to return from a signal; below it the stack is free. */
static inline void *signal_frame(siginfo_t *information, void *context)
{
    (void)context;
    return information;
}

static inline __attribute__((noreturn)) void return_from_signal(void *frame)
{
    register long name __asm__("x8") = SYS_rt_sigreturn;
    __asm__ volatile("mov sp,%0\n\tsvc 0\n\tbrk #1" : : "r"(frame), "r"(name) : "memory");
    __builtin_unreachable();
}

#define RESTORER 0

/* A woken thread would need a shadow stack of its own. */
static inline int has_shadow_stack(void)
{
    enum { PR_GET_SHADOW_STACK_STATUS_CODE = 74 };
    unsigned long mode = 0;
    return system_call(SYS_prctl, PR_GET_SHADOW_STACK_STATUS_CODE, (long)&mode, 0, 0, 0, 0) == 0 && (mode & 1);
}
