/** What a session holds while its states are measured. */

import type { Session, State } from '../../../electron/supervisor/session.ts';
import { type Bench, play, withSession } from '../environment.ts';

export interface Load {
  words: string;
  /** Makes it, as `held`. */
  code: string;
  /** Whether that takes NumPy or pandas. */
  takesLibraries: boolean;
}

/** 2 ** 27 numbers of 8 bytes; NumPy asks for huge pages for it. */
const NUMBERS = 134_217_728;
const MANY = 1_000_000;

const COLUMNS = `{
    "key": random.integers(0, 1000, ${MANY}),
    "value": random.random(${MANY}),
    "text": ["row %d" % i for i in range(${MANY})],
}`;

export const NOTHING: Load = { words: 'nothing loaded', code: 'held = None', takesLibraries: false };

export const ARRAY: Load = {
  words: 'a 1 GB array',
  code: `import numpy; held = numpy.ones(${NUMBERS})`,
  takesLibraries: true,
};

export const DICTS: Load = {
  words: '1,000,000 dicts',
  code: `held = [{"number": i, "text": "x"} for i in range(${MANY})]`,
  takesLibraries: false,
};

export const FRAME: Load = {
  words: 'a frame of 1,000,000 rows',
  code: `import numpy, pandas\nrandom = numpy.random.default_rng(1)\nheld = pandas.DataFrame(${COLUMNS})`,
  takesLibraries: true,
};

/** Threads of Python's that wait. */
export function threads(count: number): Load {
  const code = `
import threading
held = [threading.Thread(target=threading.Event().wait, daemon=True) for _ in range(${count})]
for thread in held: thread.start()
`;
  return { words: `${count} idle threads`, code, takesLibraries: false };
}

/** Files of its own, which a copy lets go of. */
export function openFiles(count: number): Load {
  const code = `
import resource, tempfile
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
held = [tempfile.TemporaryFile() for _ in range(${count})]
`;
  return { words: `${count.toLocaleString('en')} open files`, code, takesLibraries: false };
}

/** Open a session that holds this, and let it be used; `null` where the libraries for it are not there. */
export async function withLoad<Result>(
  bench: Bench,
  load: Load,
  use: (session: Session) => Promise<Result>,
  more: NodeJS.ProcessEnv = {},
): Promise<Result | null> {
  if (load.takesLibraries && !bench.libraries) {
    return null;
  }
  const env = bench.libraries ? { PYTHONPATH: bench.libraries } : {};
  const filled = (session: Session) => playAndKeep(session, load.code).then(() => use(session));
  return await withSession(bench, filled, { ...env, ...more });
}

/** Run code that must succeed, and return the state it led to when that is frozen. */
export async function playAndKeep(session: Session, code: string): Promise<State> {
  await play(session, code);
  const state = await session.keep();
  if (state.copy !== 'frozen') {
    throw new Error(`Nothing can be measured: state ${state.id} has no copy (${state.reason}).`);
  }
  return state;
}
