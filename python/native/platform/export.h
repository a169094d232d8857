/* What Python sees of the object; all else is hidden in it. */
#pragma once

#define EXPORT __attribute__((visibility("default")))
