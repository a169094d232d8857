/** What the tests are told once for all files, as it takes a while to find. */

import type { TestProject } from 'vitest/node';
import { findInterpreters, findUsual, type Interpreter } from './interpreters.ts';

export interface ProvidedPythons {
  /** All that there are, oldest first; of a version perhaps several. */
  found: Interpreter[];
  /** The version that `python3` starts. */
  usual: string | null;
  /** Whether each case is for every one. */
  every: boolean;
}

declare module 'vitest' {
  interface ProvidedContext {
    pythons: ProvidedPythons;
  }
}

/** Vitest's global set-up. */
export default async function findPythons(project: TestProject): Promise<void> {
  const [found, usual] = await Promise.all([findInterpreters(), findUsual()]);
  const every = process.env.PYREPL3_EVERY === '1';
  project.provide('pythons', { found, usual: usual?.version ?? null, every });
}
