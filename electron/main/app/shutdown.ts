/** Goes in order: first the editor's draft is kept, then the session is saved, then Python is ended. */

import { once } from 'node:events';
import { app, type BrowserWindow } from 'electron';
import { background } from '../../supervisor/platform/background.ts';
import { log } from '../../supervisor/platform/log.ts';
import type { Session } from '../../supervisor/session.ts';
import type { WindowSettings } from '../documents/window-settings.ts';
import type { Send } from '../ipc/signals.ts';
import type { Repl } from '../session/repl.ts';

/** A renderer that does not answer is left; its draft is at most so old as its last change was long ago. */
const LEAVE_AFTER_MS = 1_000;

/** The session gets so long to be saved, and Python to end; its host ends on its own when we are gone. */
const CLOSE_AFTER_MS = 12_000;

/** Most sessions are saved by then: words that are gone at once would only flash. */
const SAY_AFTER_MS = 200;

export interface ShutdownParts {
  window: BrowserWindow;
  windowSettings: WindowSettings;
  repl: Repl;
  send: Send;
}

/** The way out of the window, once its draft is kept. A session that ends with the window is saved first. */
export class Shutdown {
  readonly #parts: ShutdownParts;
  readonly #hurry = new AbortController();
  readonly #hurried = once(this.#hurry.signal, 'abort');
  #session: Session | null = null;
  #isBegun = false;
  #isGoing = false;
  #again: () => void = () => undefined;
  #closed: Promise<void> | null = null;

  constructor(parts: ShutdownParts) {
    this.#parts = parts;
  }

  follow(session: Session): void {
    this.#session = session;
  }

  /** Ask the renderer for its draft, and go when it has answered. */
  begin(): void {
    if (this.#isBegun) return;
    this.#isBegun = true;
    this.#parts.send('leaving', null);
    setTimeout(() => this.go(), LEAVE_AFTER_MS);
  }

  /** Let the session be saved, and say so where that takes long; then the window goes. */
  go(): void {
    if (this.#isGoing) return;
    this.#isGoing = true;
    const words = setTimeout(() => this.#parts.send('closing', null), SAY_AFTER_MS);
    const going = this.#save(words)
      .then(() => this.close())
      .finally(() => {
        clearTimeout(words);
        const { window } = this.#parts;
        if (!window.isDestroyed()) window.destroy();
      });
    background(going, 'closing the window');
  }

  /** Go without waiting for that, or without what could not be saved. */
  hurry(): void {
    this.#hurry.abort();
  }

  /** Try once more what has failed. */
  saveAgain(): void {
    this.#again();
  }

  /** Save what is new. Where that fails the window stays until the user has decided: to try again, or to go without. */
  async #save(words: NodeJS.Timeout): Promise<void> {
    for (;;) {
      const last = this.#session?.checkpoints.finish();
      const failure = await Promise.race([last, late(), this.#hurried]);
      if (typeof failure !== 'string') return;
      clearTimeout(words);
      this.#parts.send('closing', failure);
      const asked = new Promise<void>((resolve) => {
        this.#again = resolve;
      });
      await Promise.race([asked, this.#hurried]);
      if (this.#hurry.signal.aborted) return;
      this.#parts.send('closing', null);
    }
  }

  /** End the session, in bounded time. */
  close(): Promise<void> {
    this.#closed ??= Promise.race([this.#parts.repl.close(), late(), this.#hurried]).then(
      () => undefined,
      // Whatever is in the way of its end, we go.
      (error) => log('ending the session', error),
    );
    return this.#closed;
  }
}

export function quitGently(parts: ShutdownParts): Shutdown {
  const shutdown = new Shutdown(parts);
  parts.repl.addFollower(shutdown);
  parts.window.on('close', (event) => {
    event.preventDefault();
    shutdown.begin();
  });
  app.on('window-all-closed', () => app.quit());
  let isOver = false;
  app.on('will-quit', (event) => {
    if (isOver) return;
    event.preventDefault();
    keepAtLast(parts.windowSettings);
    const closing = shutdown.close().finally(() => {
      isOver = true;
      app.quit();
    });
    background(closing, 'quitting');
  });
  return shutdown;
}

function late(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, CLOSE_AFTER_MS));
}

function keepAtLast(windowSettings: WindowSettings): void {
  try {
    windowSettings.flush();
  } catch (error) {
    // A full disk is no reason to stay; the window is next time as it was before.
    log('keeping the window’s settings', error);
  }
}
