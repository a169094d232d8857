/* A sleeper's socket to the host: what comes whole or not at all. Where it has ended the sleeper ends. */
#pragma once

enum report { ASLEEP = 1, WOKEN = 2, NOT_WOKEN = 3, WANTED = 4, HANDED = 5, FORESEEN = 6 };

void receive(int control, void *bytes, long size);
/* Bytes with descriptors, for how many there is room; returns how many have come. */
int receive_handed(int control, void *bytes, long size, int *files, int room);
void report(int control, enum report kind, long value);
void send_all(int control, const void *data, long size);
