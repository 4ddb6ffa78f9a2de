import { z } from 'zod';
import {
  type CallInput,
  type CallName,
  type CallOutput,
  calls,
  type EventData,
  type EventName,
  events,
} from './calls.ts';
import { isEventName } from './channels.ts';
import { type Answer, type ContractClient, contractVersion, messageSchema } from './wire.ts';

/** A line to the engine, as a client sees it: text messages, one JSON object each. */
export interface ClientLine {
  send(text: string): void;
  close(): void;
}

export interface ClientLineEvents {
  onOpen(): void;
  onMessage(text: string): void;
  /** Once, when the line is lost or could not be made. */
  onClose(): void;
}

export interface ClientOptions {
  /** Makes a line; it tells by its events when it stands. */
  readonly connect: (end: ClientLineEvents) => ClientLine;
  /** Calls back after a while, to try again after a loss; without it the client stays closed. */
  readonly later?: (again: () => void) => void;
}

type Listener = (data: unknown) => void;

/** Makes a client of the contract over any line. See ContractClient for what it promises. */
export function createClient(options: ClientOptions): ContractClient {
  const waiting = new Map<number, (answer: Answer<unknown>) => void>();
  const unsent: string[] = [];
  const listeners = new Map<EventName, Set<Listener>>();
  const connectionListeners = new Set<(connected: boolean) => void>();
  let nextId = 1;
  let closed = false;
  let connected = false;
  let line = open();

  function open(): ClientLine {
    return options.connect({ onOpen, onMessage, onClose });
  }

  function onOpen(): void {
    connected = true;
    for (const tell of connectionListeners) tell(true);
    for (const text of unsent.splice(0)) line.send(text);
  }

  function onClose(): void {
    const wasConnected = connected;
    connected = false;
    unsent.length = 0;
    for (const answer of waiting.values()) answer(engineLost());
    waiting.clear();
    if (wasConnected) for (const tell of connectionListeners) tell(false);
    if (closed) return;
    if (options.later === undefined) {
      // Nobody tries again: what is asked from now on is answered at once.
      closed = true;
      return;
    }
    options.later(() => {
      if (!closed) line = open();
    });
  }

  function onMessage(text: string): void {
    const message = messageSchema.safeParse(parseJson(text));
    if (!message.success) return;
    switch (message.data.kind) {
      case 'answer':
        settle(message.data.id, { ok: true, value: message.data.value });
        break;
      case 'failure':
        settle(message.data.id, { ok: false, error: message.data.error });
        break;
      case 'event':
        tell(message.data.event, message.data.data);
        break;
      case 'hello':
        if (message.data.contractVersion !== contractVersion) {
          closed = true;
          line.close();
        }
    }
  }

  function settle(id: number, answer: Answer<unknown>): void {
    waiting.get(id)?.(answer);
    waiting.delete(id);
  }

  function tell(name: string, data: unknown): void {
    if (!isEventName(name)) return;
    const parsed = events[name].safeParse(data);
    if (!parsed.success) return;
    for (const listener of listeners.get(name) ?? []) listener(parsed.data);
  }

  return {
    call<N extends CallName>(name: N, input: CallInput<N>): Promise<Answer<CallOutput<N>>> {
      const checked = calls[name].input.safeParse(input);
      if (!checked.success) return Promise.resolve(badInput(z.prettifyError(checked.error)));
      if (closed) return Promise.resolve(engineLost());
      const id = nextId++;
      const text = JSON.stringify({ id, call: name, input: checked.data });
      return new Promise((resolve) => {
        waiting.set(id, (answer) => resolve(answer.ok ? checkedOutput(name, answer.value) : answer));
        if (connected) line.send(text);
        else unsent.push(text);
      });
    },
    on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      // Only data that was parsed by this event's own schema is handed to it (see `tell`).
      const own = listener as Listener;
      set.add(own);
      return () => set.delete(own);
    },
    onConnection(listener) {
      connectionListeners.add(listener);
      if (connected) listener(true);
      return () => connectionListeners.delete(listener);
    },
    close() {
      closed = true;
      line.close();
    },
  };
}

function checkedOutput<N extends CallName>(name: N, value: unknown): Answer<CallOutput<N>> {
  const parsed = calls[name].output.safeParse(value);
  // The schema is this call's own; TypeScript cannot follow that through the table.
  if (parsed.success) return { ok: true, value: parsed.data as CallOutput<N> };
  return {
    ok: false,
    error: {
      code: 'bad-answer',
      class: 'retry',
      message: 'The engine gave an answer that this window does not understand.',
      advice: 'Restart Branchline; window and engine may be of different versions.',
    },
  };
}

function badInput(why: string): Answer<never> {
  return {
    ok: false,
    error: { code: 'invalid-input', class: 'fix', message: why, advice: 'Correct it and try again.' },
  };
}

function engineLost(): Answer<never> {
  return {
    ok: false,
    error: {
      code: 'engine-lost',
      class: 'retry',
      message: 'The engine is not in reach.',
      advice: 'It is being started again; try in a moment.',
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
