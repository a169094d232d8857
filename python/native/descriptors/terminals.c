/* The other side of a terminal that the program has opened, as `pexpect` does. While a frozen state held it, who
 * runs in that terminal would never see it end. */

#include "descriptors.h"

#include <sys/ioctl.h>
#include <termios.h>

#include "platform/text.h"
#include "table/losses.h"

#ifndef TIOCGPTPEER
#define TIOCGPTPEER _IO('T', 0x41)
#endif

static long hung_up(void);

static int inspect(struct descriptor *master)
{
    const char *details = descriptor_details(master->number);
    if (!details) return -1;
    master->terminal = field(details, "tty-index:", 10);
    return 1;
}

static int suspend(struct descriptor *master)
{
    return reserve_number(master);
}

static int resume(struct descriptor *master)
{
    if (master->is_handed) {
        call(fcntl, master->number, F_SETFL, master->status);
        return call(fcntl, master->number, F_SETFD, master->is_closed_on_exec ? FD_CLOEXEC : 0) < 0 ? -1 : 0;
    }
    lose(TERMINAL_CLOSED, 0);
    long made = hung_up();
    if (made >= 0) call(fcntl, made, F_SETFL, master->status);
    return install(made >= 0 ? made : call(openat, AT_FDCWD, "/dev/null", O_RDWR | O_CLOEXEC), master);
}

const struct kind terminal_kind = {inspect, suspend, resume, 0};

/* One whose program has ended: reading fails with EIO. */
static long hung_up(void)
{
    int unlocked = 0;
    long master = call(openat, AT_FDCWD, "/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (master < 0) return master;
    call(ioctl, master, TIOCSPTLCK, &unlocked);
    call(close, call(ioctl, master, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC));
    return master;
}
