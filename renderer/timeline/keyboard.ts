/** Gives the keyboard to the timeline. */

/** To the list of states; without one, to what says why. */
export function focusList(): void {
  document.querySelector<HTMLElement>('.states, .timeline .nothing')?.focus();
}
