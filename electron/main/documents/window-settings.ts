/** What the window keeps from one start to the next. */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { app } from 'electron';
import { replaceFileSync } from '../../supervisor/platform/replace-file.ts';

export interface WindowValues {
  bounds: { x?: number; y?: number; width: number; height: number };
  maximised: boolean;
  theme: 'system' | 'light' | 'dark';
  editorShare: number;
  editorShown: boolean;
  railShown: boolean;
  /** In pixels. */
  railWidth: number;
  railFront: 'timeline' | 'saved';
  /** The console's size, in cells, so that Python starts with the size it will have. */
  columns: number;
  rows: number;
  /** The interpreter that the user chose; `null` for the one that is found. */
  python: string | null;
  /** The script in the editor; `null` for one without a file. */
  script: string | null;
}

const AT_FIRST: WindowValues = {
  bounds: { width: 1200, height: 800 },
  maximised: false,
  theme: 'system',
  editorShare: 50,
  editorShown: true,
  railShown: true,
  railWidth: 320,
  railFront: 'timeline',
  columns: 80,
  rows: 24,
  python: null,
  script: null,
};

/** Moving a window changes its bounds many times a second; they are written once it rests. */
const REST_MS = 500;

export class WindowSettings {
  readonly #file = path.join(app.getPath('userData'), 'window.json');
  readonly #values: WindowValues = { ...AT_FIRST, ...readValues(this.#file) };
  #timer: NodeJS.Timeout | null = null;

  get values(): Readonly<WindowValues> {
    return this.#values;
  }

  change(values: Partial<WindowValues>): void {
    Object.assign(this.#values, values);
    this.#timer ??= setTimeout(() => this.flush(), REST_MS);
  }

  flush(): void {
    if (this.#timer === null) return;
    clearTimeout(this.#timer);
    this.#timer = null;
    replaceFileSync(this.#file, `${JSON.stringify(this.#values, null, 2)}\n`);
  }
}

/** Take from the file what has the type that it should have: it may be old, or edited by hand. */
function readValues(file: string): Partial<WindowValues> {
  let found: Record<string, unknown>;
  try {
    found = JSON.parse(readFileSync(file, 'utf8')) ?? {};
  } catch {
    // Missing at the first start; unreadable is no reason not to open.
    return {};
  }
  const names = Object.keys(AT_FIRST) as (keyof WindowValues)[];
  return Object.fromEntries(
    names.filter((name) => fits(name, found[name])).map((name) => [name, found[name]]),
  );
}

function fits(name: keyof WindowValues, value: unknown): boolean {
  switch (name) {
    case 'bounds': {
      const bounds = value as WindowValues['bounds'] | undefined;
      return Number.isInteger(bounds?.width) && Number.isInteger(bounds?.height);
    }
    case 'theme':
      return value === 'system' || value === 'light' || value === 'dark';
    case 'railFront':
      return value === 'timeline' || value === 'saved';
    case 'python':
    case 'script':
      return value === null || typeof value === 'string';
    default:
      return typeof value === typeof AT_FIRST[name];
  }
}
