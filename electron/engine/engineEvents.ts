import type { EventData, EventName } from '../../shared/contract/calls.ts';

/** Tells those who listen what happens in an engine. */
export interface EngineEvents {
  on<N extends EventName>(name: N, listener: (data: EventData<N>) => void): () => void;
  tell<N extends EventName>(name: N, data: EventData<N>): void;
}

export function createEngineEvents(): EngineEvents {
  const listeners = new Map<EventName, Set<(data: never) => void>>();
  return {
    on(name, listener) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      set.add(listener);
      return () => set.delete(listener);
    },
    tell(name, data) {
      // The set under a name holds listeners of that event only (see `on`).
      for (const listener of listeners.get(name) ?? []) (listener as (value: typeof data) => void)(data);
    },
  };
}
