/* With which status a copy ends that cannot become whole. A half-woken Python never runs. */
#pragma once

#include "kernel.h"

enum ending {
    UNNEEDED = 0,              /* the host has closed the control socket */
    GROUP_REFUSED = 71,        /* no process group of its own, so the terminal's signals would reach it */
    SLEEP_DESCRIPTOR = 72,     /* a descriptor could not be suspended */
    WAKE_DESCRIPTOR = 73,      /* a descriptor could not be resumed */
    WAKE_WATCH = 74,           /* an epoll set could not be filled again */
    WAKE_THREAD_REFUSED = 75,  /* the system gave no new thread for 2 s */
    WAKE_THREAD_STATE = 76,    /* a thread's robust list or restartable sequence was refused */
    WAKE_THREAD_MISSING = 77,  /* a thread did not come back within 5 s */
    CONTROL_BROKEN = 78,       /* the control socket failed, or the host sent what nobody understands */
    WRITER_DESCRIPTOR = 79,    /* a checkpoint writer could not close what is the live process's */
};

static inline __attribute__((noreturn)) void end_process(enum ending ending)
{
    for (;;) call(exit_group, ending);
}
