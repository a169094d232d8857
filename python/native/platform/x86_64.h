/* x86_64: system calls, the beginning of a thread, and the way out of a signal handler. */
#pragma once

#include <signal.h>
#include <sys/syscall.h>

/* What glibc, too, hands to the kernel with each restartable sequence. */
#define RSEQ_SIGNATURE 0x53053053
#define SA_RESTORER_FLAG 0x04000000

static inline long system_call(long number, long a, long b, long c, long d, long e, long f)
{
    long result;
    register long fourth __asm__("r10") = d;
    register long fifth __asm__("r8") = e;
    register long sixth __asm__("r9") = f;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(fourth), "r"(fifth), "r"(sixth)
                     : "rcx", "r11", "memory");
    return result;
}

static inline void *thread_pointer(void)
{
    void *pointer;
    __asm__("mov %%fs:0,%0" : "=r"(pointer));
    return pointer;
}

/* A new process on a copy of this memory: returns its pid here, and 0 there. */
static inline long clone_process(unsigned long flags, int *cleared)
{
    return system_call(SYS_clone, (long)flags, 0, 0, (long)cleared, 0, 0);
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
    long result;
    register void *cleared __asm__("r10") = beginning->cleared;
    register void *pointer __asm__("r8") = beginning->pointer;
    register void *argument __asm__("r12") = beginning->argument;
    register void (*run)(void *) __asm__("r13") = beginning->run;
    __asm__ volatile("syscall\n\t"
                     "test %%rax,%%rax\n\t"
                     "jnz 1f\n\t"
                     "xor %%ebp,%%ebp\n\t" /* Where debuggers stop walking up. */
                     "mov %%r12,%%rdi\n\t"
                     "call *%%r13\n\t"
                     "hlt\n"
                     "1:"
                     : "=a"(result)
                     : "a"(SYS_clone), "D"(beginning->flags), "S"(beginning->stack), "d"(beginning->tid),
                       "r"(cleared), "r"(pointer), "r"(argument), "r"(run)
                     : "rcx", "r11", "memory");
    return result;
}

/* Where the stack pointer must be to return from a signal; below the word before it the stack is free. */
static inline void *signal_frame(siginfo_t *information, void *context)
{
    (void)information;
    return context;
}

static inline __attribute__((noreturn)) void return_from_signal(void *frame)
{
    __asm__ volatile("mov %0,%%rsp\n\tsyscall\n\thlt" : : "r"(frame), "a"(SYS_rt_sigreturn) : "memory");
    __builtin_unreachable();
}

/* The kernel lets a handler return to this. */
static __attribute__((naked, unused)) void restorer(void)
{
    __asm__("mov $15,%eax\n\tsyscall"); /* rt_sigreturn */
}
#define RESTORER restorer

/* A woken thread would need a shadow stack of its own. */
static inline int has_shadow_stack(void)
{
    enum { ARCH_SHSTK_STATUS_CODE = 0x5005 };
    unsigned long features = 0;
    return system_call(SYS_arch_prctl, ARCH_SHSTK_STATUS_CODE, (long)&features, 0, 0, 0, 0) == 0 && features;
}
