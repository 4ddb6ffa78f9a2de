import type { Transport, TransportFactory } from '../transport.ts';

/** One connection, replaced when it is lost. */
export class Lease {
  readonly #factory: TransportFactory;
  #transport: Transport;

  constructor(factory: TransportFactory, transport: Transport) {
    this.#factory = factory;
    this.#transport = transport;
  }

  async connection(signal: AbortSignal): Promise<Transport> {
    if (this.#transport.closed) this.#transport = await this.#factory.open({ signal });
    return this.#transport;
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }
}
