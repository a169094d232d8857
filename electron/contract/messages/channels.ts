/**
 * Which messages go which way.
 *
 * Written by `npm run generate` from `python/pyrepl3/protocol/messages/channels.py`: change that, not this one.
 */

import type { Cancel, Loaded, Loading, Save, Saved, Saving, Unsaved } from './checkpoints.ts';
import type { Check, Checked, Chunks, Complete, Completed, Describe, Described, Split } from './inquiries.ts';
import type { Ask, Reclaim, Reclaimed, Withdraw } from './questions.ts';
import type { Done, Run, Started } from './runs.ts';
import type { Born, Broken, Ended, Fault, Probe, Probed, Ready, Resize, Signal, Start } from './session.ts';
import type {
  Drop,
  Foresee,
  Foreseen,
  Freeze,
  Frozen,
  Lost,
  Noted,
  Refused,
  Restore,
  Returned,
  Unwoken,
  Vacant,
  Wake,
} from './states.ts';
import type { Abandon, Inspect, Inspected, Uninspected } from './variables.ts';

export type HostRequest =
  | Start
  | Signal
  | Resize
  | Probe
  | Wake
  | Foresee
  | Drop
  | Save
  | Cancel
  | Inspect
  | Abandon;

export type HostReport =
  | Born
  | Ended
  | Broken
  | Vacant
  | Frozen
  | Lost
  | Unwoken
  | Foreseen
  | Probed
  | Saving
  | Saved
  | Unsaved
  | Inspected
  | Uninspected
  | Fault;

export type Request = Run | Freeze | Restore | Save | Complete | Describe | Check | Split | Reclaim | Inspect;

export type Report =
  | Ready
  | Started
  | Done
  | Frozen
  | Refused
  | Noted
  | Returned
  | Ask
  | Withdraw
  | Completed
  | Described
  | Checked
  | Chunks
  | Reclaimed
  | Inspected
  | Saving
  | Saved
  | Unsaved
  | Loading
  | Loaded
  | Fault;
