import type { EventData, EventName } from '../../../shared/contract/calls.ts';
import type { Message } from '../../../shared/contract/wire.ts';

/** One client's end, as the host sees it. */
export interface ClientEnd {
  send(message: Message): void;
}

/** Tells every client what happens. */
export interface Broadcast {
  add(client: ClientEnd): void;
  remove(client: ClientEnd): void;
  tell<N extends EventName>(event: N, data: EventData<N>): void;
  readonly clients: number;
}

export function createBroadcast(): Broadcast {
  const clients = new Set<ClientEnd>();
  return {
    add: (client) => clients.add(client),
    remove: (client) => clients.delete(client),
    tell(event, data) {
      for (const client of clients) client.send({ kind: 'event', event, data });
    },
    get clients() {
      return clients.size;
    },
  };
}
