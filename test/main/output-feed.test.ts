/** Flow control: nothing is lost, memory is bounded, and the end of a stopped run comes first. */

import { beforeEach, expect, it, vi } from 'vitest';
import { SCROLLBACK_LINES, writeMark } from '../../electron/contract/marks.ts';
import { Feed } from '../../electron/main/output/output-feed.ts';

const KIB = 1024;
const LINE = `${'x'.repeat(79)}\n`;

let sent: Buffer[];
let feed: Feed;

beforeEach(() => {
  vi.useFakeTimers();
  sent = [];
  feed = new Feed((bytes) => sent.push(Buffer.from(bytes)));
  return () => vi.useRealTimers();
});

const shownText = () => Buffer.concat(sent).toString();
const sentBytes = () => sent.reduce((sum, { length }) => sum + length, 0);

/** Acknowledge all that was sent until nothing more comes. */
function showAll() {
  let shown = 0;
  while (shown < sentBytes()) {
    const bytes = sentBytes() - shown;
    shown += bytes;
    feed.shown(bytes);
    vi.advanceTimersByTime(10);
  }
}

it('sends the first output at once, and gathers what follows closely', () => {
  feed.begin();
  feed.write('a');
  feed.write('b');
  feed.write('c');
  expect(sent.map(String)).toEqual(['a']);
  vi.advanceTimersByTime(4);
  expect(sent.map(String)).toEqual(['a', 'bc']);
});

it('waits for the page', () => {
  feed.write('early');
  expect(sent).toEqual([]);
  feed.begin();
  expect(shownText()).toBe('early');
});

it('sends no more than its credit before something has been shown', () => {
  feed.begin();
  feed.write('x'.repeat(2000 * KIB));
  vi.advanceTimersByTime(100);
  expect(sentBytes()).toBeLessThanOrEqual(320 * KIB);
  expect(Math.max(...sent.map(({ length }) => length))).toBeLessThanOrEqual(64 * KIB);
});

it('asks for a pause when far behind, and drains when it has caught up; nothing is lost', () => {
  const drained = vi.fn();
  feed.onDrain(drained);
  feed.begin();
  let text = '';
  let goesOn = true;
  for (let index = 0; goesOn; index += 1) {
    const line = `line ${index} ${LINE}`;
    text += line;
    goesOn = feed.write(line);
  }
  expect(text.length).toBeLessThan(2000 * KIB);
  expect(drained).not.toHaveBeenCalled();
  showAll();
  expect(drained).toHaveBeenCalledTimes(1);
  expect(shownText()).toBe(text);
});

it('goes to the end of a run that was told to stop, says what is missing, and keeps modes and marks', () => {
  feed.begin();
  feed.write(LINE.repeat(10 * KIB));
  const mark = writeMark({ kind: 'end', run: 1, fine: true, words: '' });
  feed.hurry();
  feed.write(`\x1b[?25l${mark}${'y\n'.repeat(100 * KIB)}`);
  expect(feed.write('Traceback\n')).toBe(true);
  feed.calm();
  showAll();
  const text = shownText();
  expect(text.endsWith('y\nTraceback\n')).toBe(true);
  expect(text).toMatch(/· [\d,]+ lines are not shown; the transcript has all/);
  expect(text).toContain(`\x1b[?25l${mark}`);
  const tail = text.slice(text.indexOf('not shown')).split('\n').length;
  expect(tail).toBeGreaterThan(SCROLLBACK_LINES);
  expect(tail).toBeLessThan(2 * SCROLLBACK_LINES);
});

it('shows a short output of a stopped run whole', () => {
  feed.begin();
  feed.hurry();
  feed.write(LINE.repeat(500));
  showAll();
  expect(shownText()).toBe(LINE.repeat(500));
});

it('shows a page that is loaded anew what was there', () => {
  feed.begin();
  feed.write('before');
  feed.write(' and after');
  vi.advanceTimersByTime(10);
  sent = [];
  feed.begin();
  expect(shownText()).toBe('before and after');
});
