/** ipykernel, measured by its own client in Python, which obeys requests line by line. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { PROGRAMS } from '../environment.ts';

/** Sources and bundle alike lie two folders below the root. */
const CLIENT = join(PROGRAMS, 'runs', 'client.py');

export interface IpykernelOptions {
  python: string;
  env: NodeJS.ProcessEnv;
  /** Where its packages are. */
  packages: string;
}

/** All times are in milliseconds. */
export class Ipykernel {
  readonly #client: ChildProcess;
  readonly #closed: Promise<unknown>;
  readonly #answers: AsyncIterator<string>;
  readonly #folder: string;

  constructor({ python, env, packages }: IpykernelOptions) {
    this.#folder = mkdtempSync(join(tmpdir(), 'bench-'));
    // Nothing of the user's own Jupyter takes part, and nothing is left in the user's folders.
    const names = ['JUPYTER_CONFIG_DIR', 'JUPYTER_DATA_DIR', 'JUPYTER_RUNTIME_DIR', 'IPYTHONDIR'];
    const folders = Object.fromEntries(names.map((name) => [name, this.#folder]));
    this.#client = spawn(python, [CLIENT], {
      env: { ...env, ...folders, PYTHONPATH: packages },
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#closed = once(this.#client, 'close');
    const { stdout } = this.#client;
    if (!stdout) {
      throw new Error('A child with a pipe has none.');
    }
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  /** Return its version. */
  open(): Promise<string> {
    return this.#ask({ do: 'open' });
  }

  run(code: string, times: number): Promise<number[]> {
    return this.#ask({ do: 'run', code, times });
  }

  firstOutput(code: string, times: number): Promise<number[]> {
    return this.#ask({ do: 'first_output', code, times });
  }

  inputAnswer(code: string, person_ms: number): Promise<number[]> {
    return this.#ask({ do: 'input_answer', code, person_ms });
  }

  start(): Promise<{ ready: number; firstRun: number }> {
    return this.#ask({ do: 'start' });
  }

  interrupt(code: string, times: number): Promise<number[]> {
    return this.#ask({ do: 'interrupt', code, times });
  }

  /** Return how long the code's output took to arrive, and how many lines did. */
  print(code: string): Promise<{ ms: number; lines: number }> {
    return this.#ask({ do: 'print_all', code });
  }

  /** Start a kernel in place of the one that is there, run `x = 1` in it and return its process. */
  freshProcess(): Promise<number> {
    return this.#ask({ do: 'fresh_process' });
  }

  async close(): Promise<void> {
    this.#client.stdin?.end();
    await this.#closed;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async #ask<Answer>(request: object): Promise<Answer> {
    this.#client.stdin?.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.#answers.next();
    if (done) {
      throw new Error(`ipykernel's client ended at ${JSON.stringify(request)}; what it said stands above.`);
    }
    return JSON.parse(value);
  }
}
