/** What sessions and checkpoints are called in the store: a time and six random digits, `20261125-181444-9f3a01`. */

import { randomBytes } from 'node:crypto';

const ID = /^(\d{4})(\d\d)(\d\d)-(\d\d)(\d\d)(\d\d)-[0-9a-f]{6}$/;
const BEGINNING = /^(?:\d{1,8}|\d{8}-\d{0,6}|\d{8}-\d{6}-[0-9a-f]{0,6})$/;
const RANDOM_BYTES = 3;
const SECOND_MS = 1000;
/** The last second that the digits can tell. */
const LAST_MS = Date.UTC(9999, 11, 31, 23, 59, 59);

/** Whether a word is an id, or the beginning of one: such a name could be taken for another checkpoint. */
export function beginsId(word: string): boolean {
  return BEGINNING.test(word);
}

export function isId(word: string): boolean {
  return ID.test(word) && !Number.isNaN(timeOf(word));
}

/** Make an id that sorts behind another one, wherever the clock has gone in the meantime. */
export function newId(after: string | null = null): string {
  const earliest = after === null ? 0 : timeOf(after) + SECOND_MS;
  const time = Math.min(Math.max(Date.now(), earliest), LAST_MS);
  const digits = new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '').replace('T', '-');
  return `${digits}-${randomBytes(RANDOM_BYTES).toString('hex')}`;
}

/** The time that an id tells, in milliseconds since 1970. */
export function timeOf(id: string): number {
  const [, year, month, day, hour, minute, second] = ID.exec(id) ?? [];
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
