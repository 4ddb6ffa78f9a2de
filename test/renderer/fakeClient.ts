import type {
  CallInput,
  CallName,
  CallOutput,
  EventData,
  EventName,
  PresentState,
} from '../../shared/contract/calls.ts';
import { calls, events } from '../../shared/contract/calls.ts';
import type { Answer, ContractClient } from '../../shared/contract/wire.ts';
import type { ErrorReport } from '../../shared/errors.ts';

type Handler<N extends CallName> = (input: CallInput<N>) => CallOutput<N> | { readonly refuse: ErrorReport };
type Handlers = { [N in CallName]?: Handler<N> };

/** A contract client with answers of one's own and no engine behind it. What crosses it is held to the schemas. */
export class FakeClient implements ContractClient {
  readonly made: { readonly name: CallName; readonly input: unknown }[] = [];
  #handlers: Handlers;
  readonly #listeners = new Map<EventName, Set<(data: unknown) => void>>();
  readonly #connectionListeners = new Set<(connected: boolean) => void>();

  constructor(handlers: Handlers = {}) {
    this.#handlers = handlers;
  }

  answer(handlers: Handlers): void {
    this.#handlers = { ...this.#handlers, ...handlers };
  }

  async call<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<CallOutput<N>>> {
    this.made.push({ name, input });
    calls[name].input.parse(input);
    // The table pairs each name with its own handler; the index type forgets that.
    const handler = this.#handlers[name] as Handler<N> | undefined;
    if (handler === undefined) return { ok: false, error: noAnswer(name) };
    const value = handler(input);
    if (typeof value === 'object' && value !== null && 'refuse' in value)
      return { ok: false, error: value.refuse };
    // The same pairing: this call's schema makes this call's output.
    return { ok: true, value: calls[name].output.parse(value) as CallOutput<N> };
  }

  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    // `emit` gives a listener the data of its own event only.
    const anyListener = listener as (data: unknown) => void;
    set.add(anyListener);
    return () => set.delete(anyListener);
  }

  onConnection(listener: (connected: boolean) => void): () => void {
    this.#connectionListeners.add(listener);
    return () => this.#connectionListeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
    this.#connectionListeners.clear();
  }

  emit<N extends EventName>(name: N, data: EventData<N>): void {
    const parsed = events[name].parse(data);
    for (const listener of this.#listeners.get(name) ?? []) listener(parsed);
  }

  /** Connects, and tells no state: what a page sees that comes late. */
  reach(): void {
    for (const listener of this.#connectionListeners) listener(true);
  }

  connect(present: PresentState): void {
    this.answer({ 'state.get': () => present });
    this.reach();
    this.emit('state.is', present);
  }

  disconnect(): void {
    for (const listener of this.#connectionListeners) listener(false);
  }
}

function noAnswer(name: string): ErrorReport {
  return { code: 'not-built', class: 'fix', message: `No answer to ${name} was given.`, advice: '' };
}
