import type { EventName, Topic } from '../../../shared/contract/calls.ts';
import { eventNames } from '../../../shared/contract/channels.ts';
import type { Engine } from '../engine.ts';
import type { Broadcast } from './broadcast.ts';

/** Tells every client what the engine tells. Changed topics go through `note`, which gathers them. Returns how to stop. */
export function forwardEvents(
  engine: Engine,
  broadcast: Broadcast,
  note: (topics: readonly Topic[]) => void,
): () => void {
  const forward = <N extends EventName>(name: N) => engine.on(name, (data) => broadcast.tell(name, data));
  const stops = [
    engine.on('changed', ({ topics }) => note(topics)),
    ...eventNames.filter((name) => name !== 'changed').map((name) => forward(name)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}
