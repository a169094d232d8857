/** What the window hears of the session's variables. */

import type { Variable as Told } from './messages.ts';

/** A name, or a part of a value. */
export interface Variable extends Told {
  /** What the run that led to the state did to the name; `null` for nothing, and for parts. */
  change: 'added' | 'rebound' | 'changed' | null;
}

/** All names of a state. */
export interface VariablesNews {
  /** The state whose values these are; `null` before there is one. */
  state: number | null;
  /** Why less is told than usual, in a clause; `null` where nothing is left out. */
  limit: string | null;
  /** Why nothing could be told, in a sentence; the names of before stay. */
  failure: string | null;
  /** Whether all values have been asked that can tell more of themselves. */
  isWhole: boolean;
  /** How many names there are; more than are told where there are very many. */
  count: number;
  variables: Variable[];
}

export const NO_VARIABLES: VariablesNews = {
  state: null,
  limit: null,
  failure: null,
  isWhole: true,
  count: 0,
  variables: [],
};

/** What is inside of a value. */
export interface Parts {
  count: number;
  variables: Variable[];
}

/** Which value: a name, and which part of each, from 0. */
export type VariablePath = readonly (string | number)[];
