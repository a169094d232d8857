/* eventfd, timerfd, epoll and their like: what the live process does to them would show in the copy, so it gets its
 * own. */

#include "kinds.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>

#include "platform/refusal.h"
#include "platform/text.h"
#include "table/losses.h"

#define MOST_WATCHES 16384

static struct watch { int target; struct epoll_event event; } watches[MOST_WATCHES];
static int used;

static int inspect_counter(struct descriptor *descriptor)
{
    const char *details = descriptor_details(descriptor->number);
    if (!details) return -1;
    descriptor->counter.count = field(details, "eventfd-count:", 16);
    /* Linux before 5.2 does not tell which ones are the same, and before 6.5 not which are semaphores. */
    descriptor->open_file = field(details, "eventfd-id:", 10);
    descriptor->counter.is_semaphore = (int)field(details, "eventfd-semaphore:", 10);
    return 1;
}

static int resume_counter(struct descriptor *descriptor)
{
    /* The call takes 32 bits; the rest is added. */
    unsigned long count = descriptor->counter.count;
    int flags = (descriptor->status & O_NONBLOCK) | (descriptor->counter.is_semaphore ? EFD_SEMAPHORE : 0);
    long made = call(eventfd2, 0, flags | EFD_CLOEXEC);
    if (made >= 0 && count) call(write, made, &count, sizeof count);
    return install(made, descriptor);
}

static int inspect_timer(struct descriptor *descriptor)
{
    const char *details = descriptor_details(descriptor->number), *value, *interval;
    if (!details) return -1;
    value = after(details, "it_value:");
    interval = after(details, "it_interval:");
    if (!value || !interval) return refuse("a timer cannot be examined");
    descriptor->timer.clock = (int)field(details, "clockid:", 10);
    descriptor->timer.ticks = field(details, "ticks:", 10);
    descriptor->timer.setting.it_value = (struct timespec){(long)number_in(value, 10), (long)field(value, ",", 10)};
    descriptor->timer.setting.it_interval =
        (struct timespec){(long)number_in(interval, 10), (long)field(interval, ",", 10)};
    return 1;
}

static int resume_timer(struct descriptor *descriptor)
{
    struct itimerspec setting = descriptor->timer.setting;
    long made = call(timerfd_create, descriptor->timer.clock, (descriptor->status & TFD_NONBLOCK) | TFD_CLOEXEC);
    /* It had run out and nobody had read it: it runs out at once. */
    if (descriptor->timer.ticks) setting.it_value = (struct timespec){0, 1};
    if (made >= 0 && call(timerfd_settime, made, 0, &setting, 0) < 0) return -1;
    return install(made, descriptor);
}

static int inspect_set(struct descriptor *set)
{
    const char *details = descriptor_details(set->number);
    if (!details) return -1;
    if (!next_of(&watch_set_kind, 0)) used = 0;
    set->set.first_watch = used;
    while ((details = after(details, "tfd:"))) {
        struct watch *watch = &watches[used];
        struct stat target;
        if (used == MOST_WATCHES) return refuse("an epoll set is too large");
        watch->target = (int)number_in(details, 10);
        watch->event.events = (unsigned)field(details, "events:", 16);
        watch->event.data.u64 = field(details, "data:", 16);
        /* A file may be watched though its number is closed, as long as a duplicate is open: then the number is
         * free, or another file's. Nobody could take the watch away any more; the copy does without it. */
        if (call(fstat, watch->target, &target) == 0 && target.st_ino == field(details, "ino:", 16)) used++;
    }
    set->set.watches = used - set->set.first_watch;
    return 1;
}

static int resume_set(struct descriptor *set)
{
    return install(call(epoll_create1, EPOLL_CLOEXEC), set);
}

/* What could not be resumed cannot be watched. */
static int is_watched(const struct descriptor *set, struct watch *watch)
{
    long result = call(epoll_ctl, set->number, EPOLL_CTL_ADD, watch->target, &watch->event);
    return result == 0 || result == -EBADF || result == -EPERM;
}

/* When every descriptor that is watched is back. */
int add_watches(void)
{
    for (struct descriptor *set = 0; (set = next_of(&watch_set_kind, set));) {
        if (set->same != set) continue;
        struct watch *watch = &watches[set->set.first_watch];
        for (int i = 0; i < set->set.watches; i++, watch++)
            if (!is_watched(set, watch)) return -1;
    }
    return 0;
}

static int inspect_signals(struct descriptor *descriptor)
{
    const char *details = descriptor_details(descriptor->number);
    if (!details) return -1;
    descriptor->signals = field(details, "sigmask:", 16);
    return 1;
}

static int resume_signals(struct descriptor *descriptor)
{
    int flags = (descriptor->status & O_NONBLOCK) | O_CLOEXEC;
    return install(call(signalfd4, -1, &descriptor->signals, sizeof descriptor->signals, flags), descriptor);
}

static int inspect_process(struct descriptor *descriptor)
{
    const char *details = descriptor_details(descriptor->number);
    if (!details) return -1;
    descriptor->process = (long)field(details, "\nPid:", 10);
    return 1;
}

/* Where the process has ended meanwhile: a descriptor that can be read, as its pidfd could be. */
static int resume_process(struct descriptor *descriptor)
{
    long made = call(pidfd_open, descriptor->process, descriptor->status & O_NONBLOCK);
    return install(made < 0 ? call(eventfd2, 1, O_CLOEXEC) : made, descriptor);
}

static int inspect_file_watch(struct descriptor *descriptor)
{
    (void)descriptor;
    return 1;
}

/* It watches nothing any more: the kernel does not tell which names were watched. */
static int resume_file_watch(struct descriptor *descriptor)
{
    lose(WATCHES_NOTHING, 0);
    return install(call(inotify_init1, (descriptor->status & O_NONBLOCK) | O_CLOEXEC), descriptor);
}

const struct kind counter_kind = {inspect_counter, reserve_number, resume_counter, 0};
const struct kind timer_kind = {inspect_timer, reserve_number, resume_timer, 0};
const struct kind watch_set_kind = {inspect_set, reserve_number, resume_set, 0};
const struct kind signals_kind = {inspect_signals, reserve_number, resume_signals, 0};
const struct kind process_kind = {inspect_process, reserve_number, resume_process, 0};
const struct kind file_watch_kind = {inspect_file_watch, reserve_number, resume_file_watch, 0};
