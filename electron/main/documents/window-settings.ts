/** What the window keeps from one start to the next. */

import path from 'node:path';
import { app } from 'electron';
import { replaceFileSync } from '../../supervisor/platform/replace-file.ts';
import { readWindowValues, type WindowValues } from './window-values.ts';

/** Moving a window changes its bounds many times a second; they are written once it rests. */
const REST_MS = 500;

export class WindowSettings {
  readonly #file = path.join(app.getPath('userData'), 'window.json');
  readonly #values = readWindowValues(this.#file);
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
