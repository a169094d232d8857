/** What can be done with a row of the variables. */

import { focusTerminal } from '../console/xterm.ts';
import { bringForward, hideDrawer } from '../model/arrangement.ts';
import { background } from '../model/background.ts';
import { tell } from '../model/main-bridge.ts';
import { toggleGroup, toggleParts, useVariables } from './variables.ts';
import type { Row } from './visible-rows.ts';

export type VariableRowOf = Extract<Row, { kind: 'variable' }>;

/** A press shows what is known of a variable, and a second one hides that; a group opens and closes. */
export function press(row: Row): void {
  if (row.kind === 'remark') return;
  if (row.kind === 'group') turn(row);
  const { active, shown } = useVariables.getState();
  const isAgain = active === row.key;
  useVariables.setState({ active: row.key, shown: row.kind === 'variable' && !(isAgain && shown) });
}

/** Open or close it. */
export function turn(row: Row): void {
  if (row.kind === 'group') toggleGroup(row.key);
  else if (row.kind === 'variable' && row.variable.inside) toggleParts(row.path);
}

/** The name as Python has it: what is inside of a value has none that can be typed for sure. */
export function nameOf({ path, variable }: VariableRowOf): string | null {
  return path.length === 1 ? variable.name : null;
}

/** Type the name at the prompt. */
export function insert(name: string): void {
  tell('type', name);
  hideDrawer();
  bringForward('console');
  requestAnimationFrame(focusTerminal);
}

export function copy(text: string): void {
  background(navigator.clipboard.writeText(text), 'copying');
}

/** Delete a name, by a run: so it can be undone. */
export function remove(name: string): void {
  tell('run', { code: `del ${name}`, path: null, line: 1, whole: false });
  useVariables.setState({ active: null, shown: false });
}
