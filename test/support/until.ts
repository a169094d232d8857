/** Wait for a condition, with a bound. */

const LOOK_EVERY_MS = 2;
const GIVE_UP_AFTER_MS = 10_000;

/** Resolve when the condition holds; reject, saying what was waited for, when it does not in time. */
export async function until(condition: () => boolean, what: () => string): Promise<void> {
  const deadline = performance.now() + GIVE_UP_AFTER_MS;
  while (!condition()) {
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what()}`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
