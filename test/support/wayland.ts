/** A Wayland compositor of a test's own, without a screen, and other clients that ask it whether it still serves them. */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { until } from './until.ts';

const ANSWERS_WITHIN_MS = 10_000;

/** How a program connects, by the library that all toolkits use; a round trip is answered with 0 or more. */
export const CONNECT = `
import ctypes, os
wayland = ctypes.CDLL("libwayland-client.so.0")
wayland.wl_display_connect.restype = ctypes.c_void_p
wayland.wl_display_roundtrip.argtypes = [ctypes.c_void_p]
display = wayland.wl_display_connect(None)
`;
export const ASK = 'wayland.wl_display_roundtrip(display) >= 0';

export const HAS_WAYLAND =
  spawnSync('which', ['weston']).status === 0 &&
  spawnSync('sh', ['-c', 'PATH=$PATH:/sbin:/usr/sbin; ldconfig -p | grep -q libwayland-client.so.0'])
    .status === 0;

/** Start a compositor that ends with the test; return the environment that names it. */
export async function startCompositor(name: string): Promise<NodeJS.ProcessEnv> {
  const folder = mkdtempSync(join(tmpdir(), 'pyrepl3-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const env = { ...process.env, XDG_RUNTIME_DIR: folder, WAYLAND_DISPLAY: name };
  const options = ['--backend=headless-backend.so', '--no-config', '--idle-time=0', `--socket=${name}`];
  const compositor = spawn('weston', options, { env, stdio: 'ignore' });
  onTestFinished(() => void compositor.kill());
  await until(
    () => existsSync(join(folder, name)),
    () => 'the compositor to listen',
  );
  return env;
}

/** Whether the compositor answers another client, which asks by this Python. */
export function answers(env: NodeJS.ProcessEnv, executable: string): boolean {
  const code = `${CONNECT}\nos._exit(0 if display and ${ASK} else 1)`;
  return spawnSync(executable, ['-c', code], { env, timeout: ANSWERS_WITHIN_MS }).status === 0;
}
