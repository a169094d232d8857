/* Connections that can neither go on with an older memory nor be cut: a toolkit whose display ends aborts Python,
 * a bus's library ends the process. A process with one of them is not copied. */

#include "notes.h"

#include "platform/refusal.h"
#include "platform/text.h"
#include "sockets.h"

#define FIRST_X_PORT 6000
/* From here on `ssh` forwards displays; in between are the ports of other programs, such as TensorBoard. */
#define FIRST_SSH_PORT 6010
#define LAST_X_PORT 6063

static const char *named_displays = "", *named_buses = "";

static int is_among(const char *lines, const char *path);
static int is_loopback(const union address *address);
static int is_bus(const char *path, const char *last);
static int is_x_port(int port);
static const char *last_part(const char *path);

void know_displays(const char *displays, const char *buses)
{
    named_displays = displays;
    named_buses = buses;
}

int refuse_display(const struct socket_note *note)
{
    const struct name *there = &note->there;
    const char *path = path_of(there), *last = last_part(path);
    int family = there->size ? there->address.any.sa_family : AF_UNSPEC;
    if (find(path, "/.X11-unix/X")) return refuse("a connection to the X display is open");
    if (note->protocol == IPPROTO_TCP && (family == AF_INET || family == AF_INET6) &&
        is_x_port(ntohs(there->address.v4.sin_port)) && is_loopback(&there->address))
        return refuse("a connection to the X display is open");
    int is_wayland = starts_with(last, "wayland-") && last[8] >= '0' && last[8] <= '9';
    if (is_wayland || is_among(named_displays, path))
        return refuse("a connection to the Wayland display is open");
    return is_bus(path, last) || is_among(named_buses, path) ? refuse("a connection to the message bus is open") : 0;
}

static int is_among(const char *lines, const char *path)
{
    for (const char *line = lines; *path && *line; line++) {
        const char *rest = path;
        while (*rest && *line == *rest) line++, rest++;
        if (!*rest && *line == '\n') return 1;
        while (*line != '\n') line++;
    }
    return 0;
}

/* Of a user, of the system, of the desktop's aids for the disabled, and one that was started by hand. */
static int is_bus(const char *path, const char *last)
{
    return (starts_with(last, "bus") && !last[3]) || starts_with(last, "system_bus_socket") || find(path, "/at-spi/") ||
           starts_with(last, "dbus-");
}

static int is_x_port(int port)
{
    return port == FIRST_X_PORT || (port >= FIRST_SSH_PORT && port <= LAST_X_PORT);
}

static int is_loopback(const union address *address)
{
    const unsigned char *bytes = address->v6.sin6_addr.s6_addr;
    if (address->any.sa_family == AF_INET) return ntohl(address->v4.sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    if (IN6_IS_ADDR_V4MAPPED(&address->v6.sin6_addr)) return bytes[12] == IN_LOOPBACKNET;
    return IN6_IS_ADDR_LOOPBACK(&address->v6.sin6_addr);
}

static const char *last_part(const char *path)
{
    const char *last = path;
    for (; *path; path++)
        if (*path == '/') last = path + 1;
    return last;
}
