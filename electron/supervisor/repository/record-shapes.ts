/** Shapes that several records on the disk have in common. */

import * as v from 'valibot';

/** A size, a count or a time; never below 0. */
export const amount = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
export const hash = v.pipe(v.string(), v.regex(/^[0-9a-f]{64}$/));

/** Whether it is an object; what it holds is looked at field by field. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
