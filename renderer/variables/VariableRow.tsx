/** One row of the variables: a name or a part, a group of names, or a remark in their place. */

// biome-ignore-start lint/a11y/useSemanticElements: a table would have all its rows in the document
// biome-ignore-start lint/a11y/useFocusableInteractive: the grid has the keyboard, and tells which row is the active one

import { ChevronDown, ChevronRight } from 'lucide-react';
import { memo } from 'react';
import { changeSign, extentText, memoryText } from '../../electron/wording/variables.ts';
import { press, turn } from './variable-actions.ts';
import { GROUP_WORDS, variableWords } from './variable-words.ts';
import type { Row } from './visible-rows.ts';

/** So far a part stands to the right of what it is in. */
const INDENT_PX = 12;
/** The deepest are not pushed out of view. */
const DEEPEST = 8;

interface RowProps {
  row: Row;
  /** Its place among all. */
  index: number;
  isActive: boolean;
  top: number;
}

export const VariableRow = memo(function VariableRow({ row, index, isActive, top }: RowProps) {
  const { label, title, level, isOpen } = aboutOf(row);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the keyboard, and tells which row is the active one
    <div
      id={rowId(row.key)}
      role="row"
      className={['variable-row', row.kind, isActive && 'active'].filter(Boolean).join(' ')}
      aria-label={label}
      aria-level={level}
      aria-rowindex={index + 2}
      aria-selected={isActive}
      aria-expanded={isOpen}
      title={title}
      style={{ top }}
      onClick={() => press(row)}
      onDoubleClick={() => turn(row)}
    >
      <Cells row={row} />
    </div>
  );
});

/** What the row is called, and whether it can be opened; `undefined` where not. */
function aboutOf(row: Row): { label: string; title: string; level: number; isOpen: boolean | undefined } {
  switch (row.kind) {
    case 'group':
      return { label: GROUP_WORDS[row.group], title: '', level: 1, isOpen: row.isOpen };
    case 'remark':
      return { label: row.words, title: row.words, level: row.level, isOpen: undefined };
    case 'variable': {
      const { variable, level } = row;
      const isOpen = variable.inside ? row.isOpen : undefined;
      return { label: variable.name, title: variableWords(variable), level, isOpen };
    }
  }
}

function Cells({ row }: { row: Row }) {
  if (row.kind === 'remark')
    return (
      <span role="gridcell" className="words cut" style={{ paddingLeft: indentOf(row.level) }}>
        {row.words}
      </span>
    );
  if (row.kind === 'group')
    return (
      <span role="gridcell" className="words">
        <Twist row={row} isOpen={row.isOpen} />
        {GROUP_WORDS[row.group]} <span className="number">{row.count}</span>
      </span>
    );
  const { variable, level, isOpen } = row;
  const { name, type, text, trouble, same, change, inside } = variable;
  return (
    <>
      <span role="gridcell" className="name cut" style={{ paddingLeft: indentOf(level) }}>
        {inside ? <Twist row={row} isOpen={isOpen} /> : <span className="twist" />}
        {change !== null && (
          <span className="sign" data-change={change}>
            {changeSign(change)}
          </span>
        )}
        <span className="word code cut">{name}</span>
        {same.length > 0 && (
          <span className="same cut">
            =<span className="other"> {same[0]}</span>
          </span>
        )}
      </span>
      <span role="gridcell" className="type cut">
        {type} <span className="extent">{extentText(variable)}</span>
      </span>
      <span role="gridcell" className="size">
        {memoryText(variable)}
      </span>
      <span role="gridcell" className={trouble ? 'value trouble cut' : 'value code cut'}>
        {trouble ? `✕ ${trouble}` : text}
      </span>
    </>
  );
}

function Twist({ row, isOpen }: { row: Row; isOpen: boolean }) {
  const Icon = isOpen ? ChevronDown : ChevronRight;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys open and close the row
    // biome-ignore lint/a11y/noStaticElementInteractions: the row tells whether it is open
    <span
      className="twist"
      onClick={(event) => {
        event.stopPropagation();
        turn(row);
      }}
    >
      <Icon size={12} aria-hidden />
    </span>
  );
}

function indentOf(level: number): number {
  return (Math.min(level, DEEPEST) - 1) * INDENT_PX;
}

/** What is named by its id has no space in it. */
export function rowId(key: string): string {
  return `variable-${encodeURIComponent(key)}`;
}
// biome-ignore-end lint/a11y/useFocusableInteractive: see above
// biome-ignore-end lint/a11y/useSemanticElements: see above
