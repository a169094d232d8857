/* What only Python can find out, and tells at each freeze: see `pyrepl3/snapshot/native.py`. */
#pragma once

/* What only Python can find out: see `snapshot/native.py`. */
struct facts {
    long rseq_offset;
    int rseq_size; /* 0: glibc registers none */
    int size; /* of this structure: the Python beside the object must be of the same version */
    int *main_tid; /* where glibc keeps the main thread's id, 0 where that is unknown */
    /* Where glibc notes, from the thread pointer on, which policy and priority a thread has; `asked` is 0 where that
     * is unknown. */
    long asked, policy, priority;
    void *interpreter;
    void *(*first_state)(void *);
    void *(*next_state)(void *);
    long dictionary_offset; /* of a thread state; 0: unknown */
    void *(*item)(void *, const char *); /* 0: nothing of asyncio's needs correcting */
    long sentinel_offset; /* of a thread state, from Python 3.13 on; 0: unknown */
    void (*keep)(void *);
    void (*after_fork)(void);
    void *(*first_interpreter)(void);
    void *(*next_interpreter)(void *);
    const int *own; /* the session's descriptors, which live state and copies share */
    long own_count;
    const char *displays, *buses; /* the addresses that the environment names, each on a line */
};
