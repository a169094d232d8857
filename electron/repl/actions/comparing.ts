/** Find out which names differ from one state to another, by what is told of both and by what the runs between them did. */

import { byId, pathBetween } from '../../contract/state-tree.ts';
import type { Session, Variable, Variables } from '../../supervisor/session.ts';
import type { NameDifference } from '../messages/names-comparison.ts';

/** Of a table with more columns they are not compared: each would be asked what it holds. */
const MOST_COLUMNS = 1_000;
const NO_COLUMNS = { added: [], removed: [] };

/** Compare another state with the one that the session is in. */
export async function compareWith(
  session: Session,
  state: number,
  signal: AbortSignal,
): Promise<NameDifference[]> {
  const before = await session.variables({ state, signal });
  const after = await session.variables({ signal });
  const [old, now] = [byName(before), byName(after)];
  const touched = namesTouched(session, before.state, after.state);
  const found: NameDifference[] = [];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [one, other] = [old.get(name) ?? null, now.get(name) ?? null];
    if (one && other && !isOther(one, other) && !touched.has(name)) {
      continue;
    }
    const isTable = isComparableTable(one) && isComparableTable(other);
    const columns = isTable
      ? await compareColumns(session, name, [before.state, after.state], signal)
      : NO_COLUMNS;
    found.push({ name, before: one, after: other, columns });
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}

function isComparableTable(variable: Variable | null): boolean {
  const [, width] = variable?.shape ?? [];
  return variable?.inside === true && width !== undefined && width <= MOST_COLUMNS;
}

function byName({ variables }: Variables): Map<string, Variable> {
  return new Map(variables.map((variable) => [variable.name, variable]));
}

/** Whether something else is told of it. */
function isOther(one: Variable, other: Variable): boolean {
  const told = ({ type, module, length, shape, dtype, text }: Variable) =>
    JSON.stringify([type, module, length, shape, dtype, text]);
  return told(one) !== told(other);
}

/** What the runs between have rebound or changed: it may read the same. */
function namesTouched({ states }: Session, from: number, to: number): Set<string> {
  const { left, reached } = pathBetween(byId(states), from, to);
  return new Set(
    [...left, ...reached].flatMap(({ changes }) => [
      ...(changes?.rebound ?? []),
      ...(changes?.changed ?? []),
    ]),
  );
}

async function compareColumns(
  session: Session,
  name: string,
  states: readonly [number, number],
  signal: AbortSignal,
): Promise<NameDifference['columns']> {
  const columnsOf = async (state: number) =>
    (await session.variables({ state, path: [name], signal })).variables.map((column) => column.name);
  const [before, after] = [await columnsOf(states[0]), await columnsOf(states[1])];
  return {
    added: after.filter((column) => !before.includes(column)),
    removed: before.filter((column) => !after.includes(column)),
  };
}
