/** `npm run bench`: measure, compare, and say which goals are reached. */

import { cpus, totalmem } from 'node:os';
import { findInterpreter } from '../../electron/supervisor/platform/interpreter.ts';
import { agents } from './agents/agents.ts';
import { parseWishes, type Wishes } from './arguments.ts';
import { checkpoints } from './checkpoints/checkpoints.ts';
import { saving } from './checkpoints/other-means.ts';
import { type Bench, benchEnvironment } from './environment.ts';
import { type Finding, isMet, type Other, ratioTo } from './finding.ts';
import { firstOutput } from './runs/first-output.ts';
import { floods } from './runs/flood.ts';
import { inputAnswer } from './runs/input.ts';
import { interrupt } from './runs/interrupt.ts';
import { Ipykernel } from './runs/ipykernel.ts';
import { largeWrites } from './runs/large.ts';
import { longScripts, manyNames } from './runs/many.ts';
import { idleMemory } from './runs/memory.ts';
import { pooled } from './runs/pool.ts';
import { roundTrip } from './runs/round-trip.ts';
import { coldStart } from './runs/start.ts';
import { variables } from './runs/variables.ts';
import { copies } from './states/copies.ts';
import { deaths } from './states/deaths.ts';
import { freeze } from './states/freeze.ts';
import { frozenMemory } from './states/frozen-memory.ts';
import { generations } from './states/generations.ts';
import { undo } from './states/undo.ts';
import { withAndWithout } from './states/with-and-without.ts';
import { table } from './table.ts';

/** Installs something for an interpreter, and returns the folder; `null` where that is not possible. */
type Install = (python: string) => Promise<string | null>;

const MEASURES: [string, (bench: Bench) => Promise<Finding[]>][] = [
  ['round trips', roundTrip],
  ['many names', manyNames],
  ['variables', variables],
  ['long scripts', longScripts],
  ['first output', firstOutput],
  ['answers', inputAnswer],
  ['cold starts', coldStart],
  ['pools', pooled],
  ['interrupts', interrupt],
  ['floods', floods],
  ['large writes', largeWrites],
  ['memory', idleMemory],
  ['freezes', freeze],
  ['undos', undo],
  ['deaths', deaths],
  ['runs with and without states', withAndWithout],
  ['what comes after a freeze', copies],
  ['generations', generations],
  ['other ways to keep a state', saving],
  ['the memory of frozen states', frozenMemory],
  ['checkpoints', checkpoints],
  ['agents', agents],
];

/** Run the bench and print what it found. */
export async function bench(
  words: readonly string[],
  install: Record<'ipykernel' | 'libraries' | 'dill' | 'kishu' | 'mcpRepl' | 'server', Install>,
): Promise<void> {
  const wishes = parseWishes(words);
  const measures = chosen(wishes.measures);
  const env = benchEnvironment();
  const python = findInterpreter(wishes.python, env);
  const packages = await install.ipykernel(python);
  const ipykernel = packages ? new Ipykernel({ python, env, packages }) : null;
  const surroundings = {
    python,
    ipykernel: (await ipykernel?.open()) ?? null,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    node: process.version,
  };
  const libraries = await install.libraries(python);
  const dill = libraries && (await install.dill(python));
  const kishu = packages && dill ? await install.kishu(python) : null;
  const mcpRepl = await install.mcpRepl(python);
  const server = (await install.server(python)) ?? '';
  const others = { ipykernel, libraries, dill, kishu: kishu && packages ? [kishu, packages] : null };
  const installed = { ...others, mcpRepl, server };
  const findings: Finding[] = [];
  try {
    for (const [name, measure] of measures) {
      process.stderr.write(`· Measuring ${name}\n`);
      findings.push(...(await measure({ python, env, isQuick: wishes.isQuick, ...installed })));
    }
  } finally {
    await ipykernel?.close();
  }
  report(wishes, surroundings, findings);
}

/** Return the measures of these names, in the order of the whole; throws an Error where a name is none of them. */
function chosen(names: readonly string[]): typeof MEASURES {
  const known = MEASURES.map(([name]) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw new Error(`There is no measure “${unknown}”. There are: ${known.join(', ')}.`);
  }
  return names.length ? MEASURES.filter(([name]) => names.includes(name)) : MEASURES;
}

function report({ isJson, isQuick }: Wishes, surroundings: object, findings: Finding[]): void {
  if (isJson) {
    const result = { ...surroundings, quick: isQuick, findings: findings.map(withVerdicts) };
    process.stdout.write(`${JSON.stringify(result)}\n`);
  } else {
    const facts = Object.entries(surroundings).map(([name, value]) => `${name} ${value ?? 'not measured'}`);
    process.stdout.write(`${facts.join(', ')}\n\n${table(findings)}`);
  }
}

function withVerdicts(finding: Finding): object {
  const others = Object.keys(finding.others) as Other[];
  return {
    ...finding,
    ratios: Object.fromEntries(others.map((other) => [other, ratioTo(finding, other)])),
    goals: finding.goals.map((goal) => ({ ...goal, isMet: isMet(finding, goal) })),
  };
}
