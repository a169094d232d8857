/** The list of states: only the rows in view are in the document, however many there are. */

import './rows.css';
import { type CSSProperties, useLayoutEffect, useMemo, useRef } from 'react';
import { lanesOf, lineTo } from '../../electron/contract/state-tree.ts';
import { bringIntoView, ROW_PX, useView } from '../ui/scrolling.ts';
import { Row, rowId } from './Row.tsx';
import { useStates } from './session-states.ts';
import { useCursor } from './state-cursor.ts';
import { pressKey } from './timeline-keys.ts';

/** So many rows above and below are there already when one scrolls. */
const AHEAD = 6;

export function StateList() {
  const list = useRef<HTMLDivElement>(null);
  const { rows, byId, current } = useStates();
  const active = useCursor((cursor) => cursor.active) ?? current;
  const shown = useCursor((cursor) => cursor.shown);
  const line = useMemo(() => new Set(lineTo(byId, current)), [byId, current]);
  const lanes = useMemo(() => lanesOf(rows), [rows]);
  const laneCount = useMemo(() => 1 + Math.max(0, ...lanes.map(({ lane }) => lane)), [lanes]);
  const { top, height } = useView(list, rows.length * ROW_PX, true);
  const first = Math.max(0, Math.floor(top / ROW_PX) - AHEAD);
  const seen = rows.slice(first, Math.ceil((top + height) / ROW_PX) + AHEAD);
  const digits = String(rows.at(-1)?.run ?? 0).length;
  const style = { height: rows.length * ROW_PX, '--digits': digits } as CSSProperties;
  const index = rows.findIndex(({ id }) => id === active);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown of a row takes room from the list
  useLayoutEffect(() => {
    const isChosen = useCursor.getState().active !== null;
    if (list.current && isChosen && index >= 0) bringIntoView(list.current, index);
  }, [index, shown, height]);
  return (
    <div
      ref={list}
      role="listbox"
      tabIndex={0}
      className="states"
      aria-label="States"
      aria-activedescendant={seen.some(({ id }) => id === active) ? rowId(active) : undefined}
      data-testid="states"
      onKeyDown={pressKey}
    >
      <div className="all" style={style}>
        {seen.map((row, at) => (
          <Row
            key={row.id}
            row={row}
            lane={lanes[first + at] as (typeof lanes)[number]}
            laneCount={laneCount}
            index={first + at}
            count={rows.length}
            current={current}
            isActive={row.id === active}
            isAside={!line.has(row)}
            top={(first + at) * ROW_PX}
          />
        ))}
      </div>
    </div>
  );
}
