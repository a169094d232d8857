/**
 * Stories: what a session and somebody else do with the same files, and what each of them sees.
 *
 * A line is code that the session runs, with what follows it after `except` or `|`, or one of these:
 *
 *     %undo 2, %redo, %crash, %kill, %restart,
 *     %go STATE, %dry CODE                          the session's states; the answer is the notes
 *     ? CODE                                        asked of somebody else, in a process of its own
 *     = ANSWER                                      what the line before printed or said
 *     ~ PATTERN                                     the same, as a regular expression
 *
 * An error that no line tells of is an answer that was not expected.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Interpreter } from './interpreters.ts';
import { openOutsider } from './outsider.ts';
import { openTrial, type Trial } from './session.ts';

export interface Surroundings {
  trial: Trial;
  folder: string;
  /** What another process answers to a line of Python. */
  other: (code: string) => Promise<string>;
}

/** A session and somebody else in a folder of their own; all is gone when the test ends. */
export function openSurroundings(python: Interpreter, env = process.env): Surroundings {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const trial = openTrial(python, { cwd: folder, env });
  const outsider = openOutsider(python, folder, env);
  return { trial, folder, other: (code) => outsider.says(code) };
}

/** Play a story, and compare each of its answers. */
export async function playStory(python: Interpreter, story: string, env = process.env): Promise<void> {
  const surroundings = openSurroundings(python, env);
  const told = linesOf(story);
  const played: string[] = [];
  let answer = { text: '', isError: false };
  for (const [index, line] of told.entries()) {
    if (/^[=~] ?/.test(line)) {
      played.push(agrees(line, answer.text) ? line : `= ${answer.text}`);
    } else {
      answer = await act(surroundings, line);
      played.push(line);
      const isTold = /^[=~]/.test(told[index + 1] ?? '');
      if (answer.isError && !isTold) played.push(`= ${answer.text}`);
    }
  }
  expect(played).toEqual(told);
}

function linesOf(story: string): string[] {
  return story
    .replace(/\n\s*(except |\| ?)/g, (_, word) => (word.startsWith('|') ? '\0' : `\0${word}`))
    .split('\n')
    .map((line) => line.trim().replaceAll('\0', '\n'))
    .filter(Boolean);
}

function agrees(line: string, answer: string): boolean {
  const words = line.slice(1).trim();
  return line.startsWith('=') ? words === answer : new RegExp(words, 's').test(answer);
}

interface Answer {
  text: string;
  isError: boolean;
}

/** Do what a line says; return what came of it. */
async function act({ trial, other }: Surroundings, line: string): Promise<Answer> {
  const [word, rest = ''] = [line.split(' ', 1)[0], line.slice(line.indexOf(' ') + 1)];
  switch (word) {
    case '?':
      // What somebody else does now is not in the copy of the state.
      await trial.session.keep();
      return { text: await other(rest), isError: false };
    case '%undo':
    case '%redo': {
      const { notes } = await trial.session[word === '%undo' ? 'undo' : 'redo'](Number(rest) || 1);
      return { text: notes.join('; '), isError: false };
    }
    case '%go':
      return { text: (await trial.session.goTo(rest)).notes.join('; '), isError: false };
    case '%restart':
      await trial.session.restart();
      return { text: '', isError: false };
    case '%crash':
      return await die(trial, () => undefined, 'import os; os.kill(os.getpid(), 11)');
    case '%kill':
      return await die(trial, () => trial.session.kill(), 'while True: pass');
    case '%dry': {
      const { changes } = await trial.run(rest, { policy: 'rollback_always' });
      return { text: changes?.outside.join('; ') ?? '', isError: false };
    }
    default: {
      const { outcome, failure, output, end } = await trial.run(line);
      const isError = outcome !== 'ok';
      const words = failure ? `${failure.type}: ${failure.text}` : `${outcome}: ${end?.words}`;
      return { text: isError ? words : output.trim(), isError };
    }
  }
}

async function die({ session }: Trial, stop: () => void, code: string): Promise<Answer> {
  const notes = new Promise<string>((resolve) =>
    session.once('death', (death) => resolve(death.notes.join('; '))),
  );
  const run = session.run(code);
  stop();
  const { outcome } = await run;
  return outcome === 'died'
    ? { text: await notes, isError: false }
    : { text: `the run was to die, and is ${outcome}`, isError: true };
}
