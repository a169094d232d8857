/* What differs between processors, and nothing else. */
#pragma once

#if defined __x86_64__
#include "x86_64.h"
#elif defined __aarch64__
#include "aarch64.h"
#else
#error "Only x86_64 and aarch64 are known; sessions elsewhere use plain fork."
#endif
