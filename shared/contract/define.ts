import type { z } from 'zod';

export interface CallDefinition<I extends z.ZodType, O extends z.ZodType> {
  readonly input: I;
  readonly output: O;
}

/** Defines a call by what goes in and what comes out. */
export function call<I extends z.ZodType, O extends z.ZodType>(input: I, output: O): CallDefinition<I, O> {
  return { input, output };
}

/** Defines an event by what it carries. */
export function event<D extends z.ZodType>(data: D): D {
  return data;
}
