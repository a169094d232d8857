/** Serves the renderer's files under a scheme of our own, so that they have an origin and a policy. */

import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { CONTENT_SECURITY_POLICY } from './security-policy.ts';

const SCHEME = 'app';
export const ORIGIN = `${SCHEME}://pyrepl3`;
export const PAGE = `${ORIGIN}/index.html`;

const ROOT = path.join(import.meta.dirname, '../renderer');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.svg': 'image/svg+xml',
};

/** Make the scheme known; Electron wants it before it is ready. */
export function claimScheme(): void {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

export function serveRenderer(): void {
  protocol.handle(SCHEME, async ({ url }) => {
    const file = locate(url);
    const body = file && (await readFile(file).catch(() => null));
    // Missing and forbidden look the same from inside.
    if (!file || !body) return new Response(null, { status: 404 });
    return new Response(new Uint8Array(body), { headers: headersFor(file) });
  });
}

function locate(url: string): string | null {
  const { host, pathname } = new URL(url);
  const file = path.join(ROOT, decodeURIComponent(pathname));
  const known = path.extname(file) in TYPES;
  return `${SCHEME}://${host}` === ORIGIN && known && file.startsWith(ROOT + path.sep) ? file : null;
}

function headersFor(file: string): Record<string, string> {
  return {
    'Content-Type': TYPES[path.extname(file)] ?? '',
    'Content-Security-Policy': CONTENT_SECURITY_POLICY,
    'X-Content-Type-Options': 'nosniff',
    'Cache-Control': 'no-cache',
  };
}
