/** All tools, in the order in which they are listed. */

import { LOOKING_TOOLS } from './looking.ts';
import { MOVE_TOOLS } from './moves.ts';
import { RUN_TOOLS } from './runs.ts';
import { SAVED_TOOLS } from './saved.ts';
import type { Tool } from './tool.ts';

export const TOOLS: readonly Tool[] = [...RUN_TOOLS, ...MOVE_TOOLS, ...LOOKING_TOOLS, ...SAVED_TOOLS];
