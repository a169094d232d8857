/** What the page cannot do. */

import { afterAll, beforeAll, expect, it } from 'vitest';
import { openWindow, type Window } from './window.ts';

let window: Window;

beforeAll(async () => {
  window = await openWindow();
  await window.page.getByTestId('console').waitFor();
});

afterAll(() => window.close());

it('has neither Node nor Electron, only the bridge', async () => {
  const found = await window.page.evaluate(() => {
    const page = globalThis as unknown as Record<string, unknown> & { bridge: object };
    const names = ['require', 'process', 'module', 'global', 'Buffer', 'electron', 'ipcRenderer'];
    return {
      found: names.filter((name) => page[name] !== undefined),
      bridge: Object.keys(page.bridge),
    };
  });
  expect(found).toEqual({ found: [], bridge: ['call', 'on'] });
});

it('cannot navigate, open a window or frame, or fetch', async () => {
  const before = window.page.url();
  const refused = await window.page.evaluate(async () => {
    location.href = 'https://example.org/';
    const opened = globalThis.open('https://example.org/');
    const fetched = await fetch('https://example.org/').catch(() => 'refused');
    return { opened, fetched };
  });
  expect(refused).toEqual({ opened: null, fetched: 'refused' });
  expect(window.page.url()).toBe(before);
  expect(window.electron.windows()).toHaveLength(1);
});

it('runs no script that is not its own', async () => {
  const ran = await window.page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.intruder = true';
    document.head.append(script);
    // Later, because what the test's own protocol runs may evaluate.
    const evaluated = await new Promise((resolve) => {
      setTimeout(() => {
        try {
          resolve(new Function('return 1')());
        } catch {
          resolve('refused');
        }
      });
    });
    return { intruder: 'intruder' in globalThis, evaluated };
  });
  expect(ran).toEqual({ intruder: false, evaluated: 'refused' });
});

it('has a policy that begins with nothing', async () => {
  const policy = await window.electron.evaluate(async ({ net }, url) => {
    const response = await net.fetch(url);
    return response.headers.get('content-security-policy') ?? '';
  }, window.page.url());
  expect(policy).toMatch(/^default-src 'none'; script-src 'self';/);
  expect(policy).not.toContain('unsafe-eval');
});

it.each([
  ['a call that is not known', ['launch'], /There is no call "launch"/],
  ['an inherited name', ['toString'], /There is no call "toString"/],
  ['too few arguments', ['resize', 80], /There is no call "resize"/],
  ['an argument of another type', ['type', 7], /There is no call "type"/],
  ['a number out of range', ['resize', -1, 24], /There is no call "resize"/],
  ['a field too many', ['keepDraft', { path: null, text: '', saved: null, more: 1 }], /There is no call/],
])('refuses %s', async (_what, call, words) => {
  const said = await window.page.evaluate((args) => {
    const { bridge } = globalThis as unknown as { bridge: { call(...args: unknown[]): Promise<unknown> } };
    return bridge.call(...args).then(() => 'done', String);
  }, call);
  expect(said).toMatch(words);
});

it('gives no permission that is not in the table', async () => {
  const states = await window.page.evaluate(async () => {
    const names = ['camera', 'microphone', 'geolocation', 'notifications'] as PermissionName[];
    return Promise.all(names.map(async (name) => (await navigator.permissions.query({ name })).state));
  });
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied']);
});

it('serves its own files and nothing above them', async () => {
  const statuses = await window.electron.evaluate(({ net }) =>
    Promise.all(
      [
        'app://pyrepl3/%2e%2e/main/main.js',
        'app://pyrepl3/..%2fmain%2fmain.js',
        'app://other/index.html',
      ].map(async (url) => (await net.fetch(url)).status),
    ),
  );
  expect(statuses).toEqual([404, 404, 404]);
});
