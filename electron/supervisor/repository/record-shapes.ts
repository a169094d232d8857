/** Check that what was read from a file has the shape that it must have. */

export type Shape = (value: unknown) => boolean;

export const text: Shape = (value) => typeof value === 'string';
/** A size, a count or a time; never below 0. */
export const amount: Shape = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
export const hash: Shape = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

export function orNull(shape: Shape): Shape {
  return (value) => value === null || shape(value);
}

export function oneOf(words: readonly string[]): Shape {
  return (value) => words.includes(value as string);
}

export function list(item: Shape): Shape {
  return (value) => Array.isArray(value) && value.every(item);
}

/** An object that has these fields, and any others. */
export function record(fields: Record<string, Shape>): Shape {
  return (value) => isObject(value) && Object.entries(fields).every(([name, shape]) => shape(value[name]));
}

/** An object whose values are all alike. */
export function table(item: Shape): Shape {
  return (value) => isObject(value) && Object.values(value).every(item);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
