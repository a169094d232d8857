/** What `name?` shows: the value or how it is called, what it is and where it is from, and what is written about it. */

import type { Explanation } from '../../supervisor/session.ts';
import { plain } from '../../wording/plain-text.ts';
import { extentText, memoryText } from '../../wording/variables.ts';
import { type Palette, styled } from '../screen/palette.ts';
import { hanging } from './wording.ts';

interface Look {
  /** Whether the source is wanted, in the place of the documentation. */
  source: boolean;
  palette: Palette;
  columns: number;
}

export function explanationText(told: Explanation, { source, palette, columns }: Look): string {
  const { variable, signature, trouble, limit } = told;
  const text = (source ? (told.source ?? told.documentation) : told.documentation) ?? '';
  const head = signature === null ? plain(variable.text) : `${variable.name}${plain(signature)}`;
  const remarks = [
    aboutText(told),
    trouble === null ? '' : `✕ ${plain(trouble)}`,
    source && told.source === null ? 'there is no source of it' : '',
    limit === null ? '' : `the value was not asked: ${limit}`,
  ];
  const said = remarks.filter(Boolean).map((each) => styled(hanging(`· ${each}`, columns), palette.dim));
  const lines = text.trimEnd().split('\n').map(plainLine);
  return [head, ...said, ...(text === '' ? [] : ['', ...lines])].join('\n');
}

/** `DataFrame of pandas · 1,000 × 3 · 24 kB`, `function · defined in clean.py, line 7`. */
function aboutText({ variable, file, line }: Explanation): string {
  const { type, module } = variable;
  const where = file === null ? '' : `defined in ${plain(file)}${line === null ? '' : `, line ${line}`}`;
  return [
    plain(module === null ? type : `${type} of ${module}`),
    variable.group === 'data' ? extentText(variable) : '',
    variable.group === 'data' ? memoryText(variable) : '',
    where,
  ]
    .filter(Boolean)
    .join(' · ');
}

/** Tabs are the author's. */
function plainLine(line: string): string {
  return line.split('\t').map(plain).join('    ').trimEnd();
}
