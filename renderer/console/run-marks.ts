/** Marks runs in the margin: a line beside the run that goes on, and beside each that raised; the others can be pointed at. */

import type { IMarker, Terminal } from '@xterm/xterm';
import { RUN_MARK, type RunMark, readMark } from '../../electron/contract/marks.ts';

/** A run's code is not looked for farther above its output. */
const LOOK_ABOVE_LINES = 500;

/** Each mark is placed again whenever something is drawn. */
const MOST_MARKS = 300;

interface MarkedRun {
  run: number;
  begin: IMarker;
  /** Where it ended; `null` while it goes on. */
  end: IMarker | null;
  element: HTMLElement;
}

export function drawRunMarks(terminal: Terminal, host: HTMLElement): void {
  const margin = document.createElement('div');
  margin.className = 'margin';
  host.append(margin);
  let runs: MarkedRun[] = [];
  terminal.parser.registerOscHandler(RUN_MARK, (data) => {
    const mark = readMark(data);
    if (mark?.kind === 'begin') runs.push(beginRun(terminal, margin, mark));
    if (mark?.kind === 'end') {
      for (const run of runs) if (run.run === mark.run && run.end === null) endRun(terminal, run, mark);
      while (runs.length > MOST_MARKS) runs = runs.filter((run, index) => index > 0 || remove(run));
    }
    return true;
  });
  terminal.onRender(() => {
    // A mark goes when its lines leave the scrollback.
    runs = runs.filter((run) => !run.begin.isDisposed || !run.end?.isDisposed || remove(run));
    for (const { begin, end, element } of runs)
      placeMark(terminal, element, begin.isDisposed ? 0 : begin.line, end?.line);
  });
}

function beginRun(terminal: Terminal, margin: HTMLElement, mark: RunMark & { kind: 'begin' }): MarkedRun {
  const element = document.createElement('div');
  element.className = 'run';
  element.title = `Run ${mark.run} goes on`;
  margin.append(element);
  return {
    run: mark.run,
    begin: terminal.registerMarker(-linesAbove(terminal, mark.prompt)),
    end: null,
    element,
  };
}

function endRun(terminal: Terminal, run: MarkedRun, mark: RunMark & { kind: 'end' }): void {
  const atLineStart = terminal.buffer.active.cursorX === 0;
  run.end = terminal.registerMarker(atLineStart ? -1 : 0);
  run.element.classList.add(mark.fine ? 'fine' : 'failed');
  run.element.title = mark.words;
}

function remove(run: MarkedRun): false {
  run.element.remove();
  run.begin.dispose();
  run.end?.dispose();
  return false;
}

/** How many lines above the cursor the prompt stands at which the run was typed. */
function linesAbove(terminal: Terminal, prompt: string): number {
  const { active } = terminal.buffer;
  const cursor = active.baseY + active.cursorY;
  const wanted = prompt.split('\n').at(-1)?.trimEnd() ?? '';
  for (let above = 1; wanted && above <= Math.min(LOOK_ABOVE_LINES, cursor); above += 1) {
    const line = active.getLine(cursor - above)?.translateToString(true) ?? '';
    if (line.startsWith(wanted)) return above;
  }
  return 0;
}

/** Put a mark beside these lines of the buffer, as far as they are in view; without an end, down to the cursor. */
export function placeMark(terminal: Terminal, element: HTMLElement, begin: number, end?: number): void {
  const { active } = terminal.buffer;
  const last = end ?? active.baseY + active.cursorY;
  const top = Math.max(begin - active.viewportY, 0);
  const bottom = Math.min(last - active.viewportY + 1, terminal.rows);
  // Programs with a screen of their own have no runs in it.
  element.hidden = active.type === 'alternate' || bottom <= top;
  const height = (terminal.element?.querySelector('.xterm-screen')?.clientHeight ?? 0) / terminal.rows;
  element.style.top = `${top * height}px`;
  element.style.height = `${(bottom - top) * height}px`;
}
