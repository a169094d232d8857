/**
 * What both ends of the contract agree on before anything is said.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/version.py`: change that, not this one.
 */

/** Raised by one with every change; both ends compare it at `ready`. */
export const CONTRACT_VERSION = 7;

/** The largest frame that either end accepts, in bytes. */
export const MAX_FRAME_BYTES = 256 * 1024 * 1024;
