/** Start the real application in a home of its own, and leave nothing of it behind. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright-core';
import { inject } from 'vitest';
import { ROOT } from '../../build/places.mjs';
import { findElectron } from '../../build/setup/electron.mjs';
import { chromiumFlags } from '../../build/window.mjs';
import type {} from './screens.ts';

export interface Application {
  electron: ElectronApplication;
  page: Page;
  /** The folder that holds settings, history and transcripts. */
  home: string;
  close(): Promise<void>;
}

export interface ApplicationOptions {
  /** A packaged application; the checkout's bundles by default. */
  executable?: string;
  args?: string[];
  env?: Record<string, string>;
  /** Where the session starts; the tests' own folder by default. */
  cwd?: string;
  /** A home that outlives this application; one of its own by default. */
  home?: string;
}

export async function openApplication(options: ApplicationOptions = {}): Promise<Application> {
  const home = options.home ?? mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  const { executable, args } = command(options);
  const electron = await _electron.launch({
    executablePath: executable,
    args,
    ...(options.cwd && { cwd: options.cwd }),
    env: { ...definedEnvironment(), ...screen(), PYREPL3_HOME: home, ...options.env },
  });
  const page = await electron.firstWindow();
  const close = async () => {
    await electron.close();
    if (!options.home) rmSync(home, { recursive: true, force: true });
  };
  return { electron, page, home, close };
}

function command({ executable, args = [] }: ApplicationOptions) {
  if (executable) return { executable, args: [...chromiumFlags(), ...args] };
  const found = findElectron();
  if (!found) throw new Error('Electron is not installed: run `npm run setup`.');
  return { executable: found.executable, args: [...chromiumFlags(), ROOT, ...args] };
}

/** This worker's. */
function screen(): Record<string, string> {
  const screens = inject('screens');
  const name = screens[Number(process.env.VITEST_POOL_ID) % screens.length];
  return name ? { DISPLAY: name, WAYLAND_DISPLAY: '' } : {};
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
