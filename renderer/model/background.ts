/** Work that nobody waits for: what fails in it is told in a notice, and the window goes on. */

import { create } from 'zustand';

/** What has failed, in a sentence; `null` where nothing has, or it has been read. */
export const useFailure = create<{ words: string | null }>(() => ({ words: null }));

/** Let work go on by itself; `what` it does is said where it fails: `saving the script`. */
export function background(work: Promise<unknown>, what: string): void {
  work.catch((error: unknown) => tellFailure(what, error));
}

/** Say that a part of the window has failed; the main process writes it into the log. */
export function tellFailure(what: string, error: unknown): void {
  const { message, stack } = error instanceof Error ? error : { message: String(error), stack: undefined };
  useFailure.setState({ words: `The window failed in a part of itself, ${what}: ${message}` });
  // Where even this call fails there is nobody left to tell.
  window.bridge.call('logFailure', what, stack ?? message).catch(() => undefined);
}

export function dismissFailure(): void {
  useFailure.setState({ words: null });
}

/** Tell of what nobody has caught, too. */
export function followFailures(): void {
  window.addEventListener('unhandledrejection', ({ reason }) =>
    tellFailure('in work that nobody waits for', reason),
  );
  window.addEventListener('error', ({ error, message }) =>
    tellFailure('where nobody expected it', error ?? message),
  );
}
