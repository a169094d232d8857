/* A copy of the sleeper that writes a checkpoint. */
#pragma once

#include "freeze/threads.h"

int leave_all_descriptors(int line); /* but for the line to the host, whose number from now on it returns */
void leave_all_threads(const struct given *given); /* runs Python code */
