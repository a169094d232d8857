/** Findings as an aligned table of plain text. */

import { type Finding, type Goal, isMet, type Other, ratioTo, type Unit } from './finding.ts';

const HEADINGS = ['what', 'value', 'p99', 'against', 'goal', 'met'];
const GAP = '  ';

/** Return the findings as lines, each with a newline. */
export function table(findings: readonly Finding[]): string {
  const rows = [HEADINGS, ...findings.map(row)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((cells) => cells[column]?.length ?? 0)));
  const line = (cells: string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(GAP);
  return rows.map((cells) => `${line(cells).trimEnd()}\n`).join('');
}

function row(finding: Finding): string[] {
  const { name, unit, value, p99 } = finding;
  return [
    name,
    value === null ? 'not measured' : quantity(value, unit),
    p99 === null ? '' : quantity(p99, unit),
    (Object.keys(finding.others) as Other[]).map((other) => comparison(finding, other)).join(', '),
    finding.goals.map((goal) => goalWords(goal, unit)).join(', '),
    verdict(finding),
  ];
}

/** `3.2 × floor (0.07 ms)`, or `24 × faster than ipykernel (5.1 ms)`. */
function comparison(finding: Finding, other: Other): string {
  if (finding.others[other] === 0) {
    return `0 ${finding.unit} ${other}`;
  }
  const ratio = ratioTo(finding, other);
  if (ratio === null) {
    return `${other} not measured`;
  }
  const words = ratio < 1 ? `${digits(1 / ratio)} × ${less(finding.unit)}` : `${digits(ratio)} ×`;
  return `${words} ${other} (${quantity(finding.others[other] ?? 0, finding.unit)})`;
}

function goalWords(goal: Goal, unit: Unit): string {
  switch (goal.kind) {
    case 'at most':
      return `${goal.of === 'p99' ? 'p99 ' : ''}≤ ${goal.value} ${unit}`;
    case 'at most times':
      return `≤ ${goal.value} × ${goal.of}`;
    case 'times less':
      return `≥ ${goal.value} × ${less(unit)} ${goal.than}`;
    case 'holds':
      return goal.words;
  }
}

/** `yes`, or which goals are not reached. */
function verdict(finding: Finding): string {
  const { goals, unit } = finding;
  const missed = goals.filter((goal) => isMet(finding, goal) === false);
  if (missed.length > 0) {
    return missed.length === goals.length
      ? 'no'
      : `no: ${missed.map((goal) => goalWords(goal, unit)).join(', ')}`;
  }
  const isKnown = goals.every((goal) => isMet(finding, goal) !== null);
  return goals.length === 0 ? '' : isKnown ? 'yes' : 'not wholly measured';
}

function less(unit: Unit): string {
  return unit === 'MB' ? 'smaller than' : 'faster than';
}

function quantity(value: number, unit: Unit): string {
  return `${digits(value)} ${unit}`;
}

/** Three digits that say something: `0.0123`, `1.23`, `12.3`, `1234`. */
function digits(value: number): string {
  return value >= 100 ? value.toFixed(0) : String(Number(value.toPrecision(value >= 10 ? 3 : 2)));
}
