/* Files, their locks, and what is mapped of them; which of them a woken copy may write to. */
#pragma once

#include "table/table.h"

/* files.c */
extern const struct kind file_kind;
enum verdict { AS_IT_WAS, AT_ITS_END, READ_ONLY, DEAD };
enum cause { CHANGED = 1, LOCKED, FORBIDDEN };
/* What Python is told of one, as the table has it. */
struct changed_file { int number, verdict, cause, real, memory; long size, kept_from; };
long reopen_file(const struct descriptor *file, int flags); /* where it stood; -E... where that may not be */
long reopen_to_read(const struct descriptor *file); /* and for nothing else */
void read_at(const struct descriptor *file, void *bytes, long size, long place);
void forbid_writing(struct descriptor *file, enum cause cause);

/* changed.c */
void check_changed_files(void); /* when every descriptor is back */
int foresee_files(int *numbers, int most);

/* aside.c */
void lead_files_aside(void);
void put_files_back(void);

/* locks.c */
void forget_locks(void);
int note_locks(struct descriptor *file); /* -1: refused */
int take_locks(struct descriptor *file); /* -1: one of them cannot be had */
void take_locks_to_read(struct descriptor *file);
int held_to_write(const struct descriptor *file);
int holds_process_locks(const struct descriptor *file); /* which end when any descriptor of the file is closed */
int holds_open_file_locks(const struct descriptor *file); /* which any reference to the open file keeps; 0: any file */

/* mappings.c */
void suspend_mappings(void);
int resume_mappings(int kind);
int is_mapped_to_write(int is_wanted(const struct descriptor *file));

/* databases.c */
int inspect_databases(void); /* -1: refused */
int is_sqlite(const struct descriptor *file);
int is_log_of_database(const struct descriptor *file);
void allow_databases(void);
void forbid_beside(void);
