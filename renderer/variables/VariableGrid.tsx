/** The grid of variables: only the rows in view are in the document, however many there are. */

// biome-ignore-start lint/a11y/useSemanticElements: a table would have all its rows in the document
// biome-ignore-start lint/a11y/useFocusableInteractive: the grid has the keyboard, and tells which row is the active one

import { useEffect, useRef } from 'react';
import { keepFocus } from '../ui/focus.ts';
import { bringIntoView, ROW_PX, useView } from '../ui/scrolling.ts';
import { rowId, VariableRow } from './VariableRow.tsx';
import { pressKey } from './variable-keys.ts';
import { sortBy, useVariables } from './variables.ts';
import type { Row, Sorting } from './visible-rows.ts';

/** So many rows above and below are there already when one scrolls. */
const AHEAD = 8;

const HEADINGS: readonly { by: Sorting['by'] | null; label: string; className: string }[] = [
  { by: 'name', label: 'Name', className: 'name' },
  { by: 'type', label: 'Type', className: 'type' },
  { by: 'size', label: 'Size', className: 'size' },
  { by: null, label: 'Value', className: 'value' },
];

export function VariableGrid({ rows }: { rows: readonly Row[] }) {
  const grid = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { top, height } = useView(list, rows.length * ROW_PX, false);
  const active = useVariables((view) => view.active);
  const first = Math.max(0, Math.floor(top / ROW_PX) - AHEAD);
  const seen = rows.slice(first, Math.ceil((top + height) / ROW_PX) + AHEAD);
  const index = rows.findIndex(({ key }) => key === active);
  useEffect(() => {
    const pane = grid.current?.closest('section');
    if (pane && document.activeElement === pane) grid.current?.focus();
  }, []);
  useEffect(() => {
    if (list.current && index >= 0 && height > 0) bringIntoView(list.current, index);
  }, [index, height]);
  return (
    <div
      ref={grid}
      role="treegrid"
      tabIndex={0}
      className="variable-grid"
      aria-label="Variables"
      aria-rowcount={rows.length + 1}
      aria-activedescendant={seen.some(({ key }) => key === active) ? rowId(active ?? '') : undefined}
      data-testid="variable-grid"
      onKeyDown={(event) => pressKey(event, rows, list.current)}
    >
      <Headings />
      <div ref={list} role="rowgroup" className="variable-list">
        <div role="presentation" className="all" style={{ height: rows.length * ROW_PX }}>
          {seen.map((row, at) => (
            <VariableRow
              key={row.key}
              row={row}
              index={first + at}
              isActive={row.key === active}
              top={(first + at) * ROW_PX}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

function Headings() {
  const { by: sorted, falling } = useVariables((view) => view.sorting);
  return (
    <div role="rowgroup">
      <div role="row" className="variable-headings" aria-rowindex={1}>
        {HEADINGS.map(({ by, label, className }) => (
          <span
            key={label}
            role="columnheader"
            className={className}
            aria-sort={by === null || by !== sorted ? undefined : falling ? 'descending' : 'ascending'}
          >
            {by === null ? (
              label
            ) : (
              <button
                type="button"
                tabIndex={-1}
                title={`Sort by ${label.toLowerCase()}`}
                onMouseDown={keepFocus}
                onClick={() => sortBy(by)}
              >
                {label}
                {by === sorted && <span aria-hidden>{falling ? ' ↓' : ' ↑'}</span>}
              </button>
            )}
          </span>
        ))}
      </div>
    </div>
  );
}
// biome-ignore-end lint/a11y/useFocusableInteractive: see above
// biome-ignore-end lint/a11y/useSemanticElements: see above
