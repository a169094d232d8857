/** What windows need that tests open: Electron, the bundles, and a screen in memory for each worker, whatever screen there is. */

import type { TestProject } from 'vitest/node';
import { freshWindow } from '../../build/bundle.mjs';
import { openDisplay } from '../../build/display.mjs';
import { setUpWindow } from '../../build/setup.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The names of the displays; none where windows open on the screen that there is. */
    screens: string[];
  }
}

/** Vitest's global set-up; what it returns is done at the end. */
export default async function openScreens(project: TestProject): Promise<() => Promise<void>> {
  await Promise.all([setUpWindow({ display: true }), freshWindow()]);
  const count = process.platform === 'linux' ? project.vitest.config.maxWorkers : 0;
  const screens = await Promise.all(Array.from({ length: count }, openDisplay));
  project.provide(
    'screens',
    screens.map(({ name }) => name),
  );
  return async () => {
    await Promise.all(screens.map((screen) => screen.close()));
  };
}
