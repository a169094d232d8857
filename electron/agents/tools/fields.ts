/** What a tool is given: one description, from which both the schema for clients and the check are made. */

import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import { closest } from '../../supervisor/platform/spelling.ts';
import { enumerated } from '../../wording/counts.ts';
import { boundedWords } from './bounds.ts';

interface Common {
  description: string;
  required?: true;
}
export type Field =
  | (Common & { type: 'string'; pattern?: string; choices?: readonly string[] })
  | (Common & { type: 'integer'; minimum: number; maximum: number })
  | (Common & { type: 'boolean' });

export type Fields = Readonly<Record<string, Field>>;

type Value<Kind> = Kind extends 'string' ? string : Kind extends 'integer' ? number : boolean;

/** The arguments by these fields; what is absent is undefined. */
export type Given<Known extends Fields> = {
  [Name in keyof Known]: Known[Name]['required'] extends true
    ? Value<Known[Name]['type']>
    : Value<Known[Name]['type']> | undefined;
};

/** The JSON schema of an object with these fields and no others. */
export function schemaOf(fields: Fields) {
  const properties = Object.fromEntries(
    Object.entries(fields).map(([name, { required: _, ...field }]) => {
      const { choices, ...rest } = { choices: undefined, ...field };
      return [name, choices ? { ...rest, enum: [...choices] } : rest];
    }),
  );
  const required = Object.keys(fields).filter((name) => fields[name]?.required);
  return { type: 'object' as const, properties, required, additionalProperties: false };
}

/** Return the arguments where they fit; throws the error of the protocol for wrong ones, in words. */
export function checked<Known extends Fields>(tool: string, fields: Known, given: unknown): Given<Known> {
  const found = (given ?? {}) as Record<string, unknown>;
  const fault = faultIn(fields, found);
  if (fault !== null) {
    throw new McpError(ErrorCode.InvalidParams, boundedWords(`${tool}: ${fault}`));
  }
  return found as Given<Known>;
}

function faultIn(fields: Fields, found: Record<string, unknown>): string | null {
  for (const name of Object.keys(found)) {
    if (!Object.hasOwn(fields, name)) {
      const nearest = closest(name, Object.keys(fields));
      const hint = nearest ? `did you mean ${nearest}?` : `it takes ${enumerated(Object.keys(fields))}.`;
      return `there is no argument ${name}; ${hint}`;
    }
  }
  for (const [name, field] of Object.entries(fields)) {
    const value = found[name];
    if (value === undefined ? field.required : !fits(field, value)) {
      return `${name} ${value === undefined ? 'is missing; it' : 'is wrong; it'} must be ${wanted(field)}.`;
    }
  }
  return null;
}

function fits(field: Field, value: unknown): boolean {
  switch (field.type) {
    case 'boolean':
      return typeof value === 'boolean';
    case 'integer':
      return Number.isInteger(value) && between(value as number, field.minimum, field.maximum);
    case 'string':
      return (
        typeof value === 'string' &&
        (field.choices?.includes(value) ?? true) &&
        (field.pattern === undefined || new RegExp(field.pattern).test(value))
      );
  }
}

function between(value: number, least: number, most: number): boolean {
  return value >= least && value <= most;
}

function wanted(field: Field): string {
  switch (field.type) {
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number from ${field.minimum} to ${field.maximum}`;
    case 'string':
      if (field.choices) {
        return `one of ${enumerated(field.choices)}`;
      }
      return field.pattern === undefined ? 'a string' : `a string that matches ${field.pattern}`;
  }
}
