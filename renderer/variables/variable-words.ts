/** How the pane puts what is known of variables. */

import type { Situation } from '../../electron/contract/bridge.ts';
import type { Variable, VariablesNews } from '../../electron/contract/variable-news.ts';
import { counted, enumerated, listed } from '../../electron/wording/counts.ts';
import { extentText, memoryText } from '../../electron/wording/variables.ts';

/** Over the names: whose values these are, and what is left out; empty where there is nothing to remark. */
export function remarkWords(
  { limit, failure, isWhole, count, variables }: VariablesNews,
  state: Situation['state'],
  run: number,
): string {
  if (state === 'running' || state === 'asking') return `As before run ${run}, which goes on`;
  if (failure !== null) return failure;
  if (limit !== null) return `No value was asked: ${limit}`;
  if (!isWhole) return 'Some values take long to answer…';
  const more = count - variables.length;
  return more > 0 ? `${more.toLocaleString('en')} more names are not shown` : '';
}

export const GROUP_WORDS: Record<Variable['group'], string> = {
  data: 'Data',
  definition: 'Definitions',
  module: 'Modules',
};

const CHANGES = {
  added: 'added by the last run',
  rebound: 'rebound by the last run',
  changed: 'changed by the last run',
};

/** All that is known of it, for where one points at it. */
export function variableWords(variable: Variable): string {
  const { name, text, trouble } = variable;
  return [`${name}: ${text}`, ...factsOf(variable), trouble ? `✕ ${trouble}` : ''].filter(Boolean).join('\n');
}

/** What is known beside name and value, a fact each. */
export function factsOf(variable: Variable): string[] {
  const { type, module, shape, dtype, same, change } = variable;
  const whole = module === null || module === '' ? type : `${module}.${type}`;
  const extent = extentText(variable);
  const many =
    shape && shape.length > 0 ? extent : variable.length === null ? '' : counted(variable.length, 'item');
  return [
    [whole, many, dtype ?? '', memoryText(variable)].filter(Boolean).join(' · '),
    same.length > 0
      ? `the same object as ${same.length > 3 ? listed(same.slice(0, 3), same.length) : enumerated(same)}`
      : '',
    change === null ? '' : CHANGES[change],
  ].filter(Boolean);
}
