/** How a run is told: what it printed, what came of it and what it changed, for the model and for programs. */

import type { Changes } from '../../contract/messages.ts';
import { dryReport } from '../../repl/messages/changes-report.ts';
import type { Report } from '../sessions/agent-session.ts';
import type { Shown } from '../sessions/run-output.ts';
import { boundedChanges, boundedLine, boundedWords } from './bounds.ts';
import type { Answer } from './tool.ts';

const names = { type: 'array', items: { type: 'string' } };

/** The properties of the structured result. */
export const RUN_OUTPUT = {
  outcome: {
    enum: ['ok', 'raised', 'interrupted', 'died', 'refused', 'exiting', 'running', 'asking'],
    description:
      'running: it still goes on; asking: it waits for input; died: Python ended in it and is back.',
  },
  run: { type: ['integer', 'null'] },
  state: { type: 'integer', description: 'The state that the session is in.' },
  seconds: { type: ['number', 'null'] },
  kept: { type: 'boolean', description: 'Whether what it did is in the session.' },
  changes: {
    type: ['object', 'null'],
    properties: {
      ...{ added: names, rebound: names, changed: names, removed: names, skipped: names },
      ...{ more: { type: 'integer' }, outside: names },
    },
  },
  output: { type: 'string', description: 'What it printed, without what is left out.' },
  omitted: {
    type: ['object', 'null'],
    properties: { lines: { type: 'integer' }, from: { type: 'integer' } },
    description: 'The lines that are left out of output; the tool output reads them.',
  },
  error: { type: ['string', 'null'] },
  question: { type: ['string', 'null'], description: 'What the program asks.' },
};

const FAILED: readonly Report['outcome'][] = ['raised', 'died', 'refused', 'interrupted', 'exiting'];
/** So much of what threads print between the calls is told. */
const BETWEEN_CHARACTERS = 2_000;

export function runAnswer(given: Report, transcript: string): Answer {
  const report = bounded(given);
  const { outcome, run, state, seconds, kept, changes, question, shown } = report;
  const output = outputText(shown, run, transcript);
  const lines = [betweenText(report), output.trimEnd(), wordsOf(report), changesText(report)];
  return {
    text: lines.filter((line) => line !== '').join('\n'),
    failed: FAILED.includes(outcome),
    data: {
      ...{ outcome, run, state, seconds, kept, changes, output, question },
      omitted: shown.omitted,
      error: errorOf(report),
    },
  };
}

/** What the program has said of itself may be of any length. */
function bounded(report: Report): Report {
  const { failure, end, question, changes } = report;
  return {
    ...report,
    failure: failure && { type: boundedLine(failure.type), text: boundedWords(failure.text) },
    end: end && { ...end, stack: end.stack && boundedWords(end.stack) },
    question: question && boundedWords(question),
    changes: boundedChanges(changes),
  };
}

function outputText({ head, tail, omitted }: Shown, run: number | null, transcript: string): string {
  if (omitted === null) {
    return head;
  }
  const { lines, from } = omitted;
  const what = lines > 0 ? `${lines} lines are left out` : 'The middle of a line is left out';
  const way = run === null ? '' : `the tool output with run ${run} and line ${from} reads on; `;
  const break_ = head.endsWith('\n') ? '' : '\n';
  return `${head}${break_}… ${what}: ${way}all of it is in ${transcript} …\n${tail}`;
}

function betweenText({ between }: Report): string {
  if (!between || between.isEmpty) {
    return '';
  }
  const { head, tail } = between.shown();
  return `[printed between the calls]\n${(head + tail).slice(-BETWEEN_CHARACTERS).trimEnd()}\n[this run]`;
}

/** `[ok · run 3 · state 3 · 0.02 s]`. */
function wordsOf(report: Report): string {
  const { run, state, seconds } = report;
  const parts = [
    outcomeWords(report),
    run === null ? '' : `run ${run}`,
    `state ${state}`,
    seconds === null ? '' : `${seconds < 0.1 ? seconds.toFixed(3) : seconds.toFixed(1)} s`,
  ];
  return `[${parts.filter(Boolean).join(' · ')}]`;
}

function outcomeWords(report: Report): string {
  const { outcome, failure, end, kept, policy, question } = report;
  switch (outcome) {
    case 'ok':
      return policy === 'rollback_always' ? 'ok, and nothing of it is kept' : 'ok';
    case 'raised':
      if (failure?.type === 'SystemExit') {
        return `the code asked to exit (${exitCode(failure.text)}); Python goes on, with all names`;
      }
      return `raised ${failure?.type ?? 'an exception'}${kept ? '' : ', and nothing of it is kept'}`;
    case 'interrupted':
      return 'interrupted; all names are kept';
    case 'died':
      return `${end?.words ?? 'Python ended'}; back before the run, with all names`;
    case 'running':
      return 'still running: wait waits for more, interrupt stops it';
    case 'asking':
      return `the program asks ${JSON.stringify(question ?? '')}: answer with the tool input`;
    case 'refused':
      return failure?.text ?? 'The run was not begun.';
    case 'exiting':
      return 'Python has ended as the code asked; the next call starts another';
  }
}

function errorOf({ outcome, failure, end }: Report): string | null {
  if (outcome === 'died' || outcome === 'exiting') {
    return [end?.words ?? 'Python ended', end?.stack?.trimEnd()].filter(Boolean).join('\n');
  }
  return failure ? [failure.type, failure.text].filter(Boolean).join(': ') : null;
}

/** `[added x · changed y · no undo takes back: wrote to a.txt]`. */
function changesText({ changes, policy }: Report): string {
  if (policy === 'rollback_always') {
    return dryReport(changes);
  }
  const parts = changes ? partsOf(changes) : [];
  return parts.length === 0 ? '' : `[${parts.join(' · ')}]`;
}

function partsOf({ added, rebound, changed, removed, skipped, more, outside }: Changes): string[] {
  const kinds: [string, readonly string[]][] = [
    ['added', added],
    ['rebound', rebound],
    ['changed', changed],
    ['removed', removed],
    ['too large to compare', skipped],
    ['no undo takes back:', outside],
  ];
  const parts = kinds
    .filter(([, each]) => each.length > 0)
    .map(([word, each]) => `${word} ${each.join(', ')}`);
  return more > 0 ? [...parts, `and ${more} names more`] : parts;
}

/** `None` and nothing are Python's 0. */
function exitCode(text: string): string {
  return text === '' || text === 'None' ? '0' : text;
}
