/* The slots of the threads: each keeps its own, from freeze to freeze, and none can write in another's. */
#pragma once

#include "threads.h"

/* A thread is asked to park, notes its state, and is parked; each step is claimed for one freeze. */
enum stage { NOBODYS, WANTED, WRITING, PARKED };

struct thread *slot_for(int tid, unsigned freeze); /* 0: there are too many */
struct thread *next_slot(struct thread *before);
int is_slot(struct thread *thread);
int is_asked(struct thread *thread, unsigned freeze);
int is_at(struct thread *thread, unsigned freeze, enum stage stage);
int advance(struct thread *thread, unsigned freeze, enum stage from, enum stage to); /* 0: not any more at `from` */
void set_stage(struct thread *thread, unsigned freeze, enum stage stage);
