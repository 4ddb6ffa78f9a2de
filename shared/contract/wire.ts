import { z } from 'zod';
import { type ErrorReport, errorReportSchema } from '../errors.ts';
import type { CallInput, CallName, CallOutput, EventData, EventName } from './calls.ts';

/** What goes over a socket, one JSON object a message. */

/** The version of this contract. A client of another version is told so and closed. */
export const contractVersion = 1;

export const requestSchema = z.strictObject({
  id: z.int().min(1),
  call: z.string().max(100),
  input: z.unknown(),
});

/** A call's answer. It never throws across the wire. */
export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: ErrorReport };

export const messageSchema = z.discriminatedUnion('kind', [
  // An answer of nothing has no value: JSON leaves it out.
  z.object({ kind: z.literal('answer'), id: z.int(), ok: z.literal(true), value: z.unknown().optional() }),
  z.object({ kind: z.literal('failure'), id: z.int(), error: errorReportSchema }),
  z.object({ kind: z.literal('event'), event: z.string(), data: z.unknown() }),
  z.object({ kind: z.literal('hello'), contractVersion: z.int(), version: z.string() }),
]);
export type Message = z.infer<typeof messageSchema>;

/**
 * The contract as a client holds it: in a window, in the command line, in a test.
 *
 * Promise: `call` answers and never throws for failures of the engine or the connection (code `engine-lost`,
 *          class `retry`). Input that does not parse is refused before it is sent. After a reconnection
 *          `state.is` comes first.
 */
export interface ContractClient {
  call<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<CallOutput<N>>>;
  /** Returns how to stop listening. */
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void;
  /** Called with true when connected, false when the connection is lost. */
  onConnection(listener: (connected: boolean) => void): () => void;
  close(): void;
}
