import type { Transport } from '../transport.ts';
import type { Fault, FaultCall, FaultRule } from './fault.ts';

/** The state that all connections under one script share. One script stands for one running program. */
export class FaultScript {
  readonly #decide: (call: FaultCall) => Fault | undefined;
  readonly #counts = new Map<string, number>();
  readonly #open = new Set<Transport>();
  #sequence = 0;
  #crash: Error | undefined;

  /** Takes rules, of which the first that matches strikes, or a function that is asked before every call. */
  constructor(script: readonly FaultRule[] | ((call: FaultCall) => Fault | undefined)) {
    this.#decide =
      typeof script === 'function' ? script : (call) => script.find((rule) => matches(rule, call))?.fault;
  }

  /** How many calls have been made so far. */
  get calls(): number {
    return this.#sequence;
  }

  /** The error of the crash, once there was one. */
  get crashed(): Error | undefined {
    return this.#crash;
  }

  /** Counts a call and says what happens to it. Throws the crash's error once there was one. */
  next(method: FaultCall['method'], path: string, to?: string): Fault | undefined {
    this.throwIfCrashed();
    const key = `${method} ${path}`;
    const nth = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, nth);
    this.#sequence += 1;
    const call = { method, path, nth, sequence: this.#sequence };
    return this.#decide(to === undefined ? call : { ...call, to });
  }

  throwIfCrashed(): void {
    if (this.#crash !== undefined) throw this.#crash;
  }

  /** Drops every connection, as the operating system does for a killed program. */
  async crash(error: Error): Promise<void> {
    this.#crash ??= error;
    const open = [...this.#open];
    this.#open.clear();
    await Promise.all(open.map((transport) => transport.close()));
  }

  opened(transport: Transport): void {
    this.#open.add(transport);
  }

  closed(transport: Transport): void {
    this.#open.delete(transport);
  }
}

function matches(rule: FaultRule, call: FaultCall): boolean {
  if (rule.method !== undefined && rule.method !== call.method) return false;
  if (rule.nth !== undefined && rule.nth !== call.nth) return false;
  if (rule.path === undefined) return true;
  return typeof rule.path === 'string' ? rule.path === call.path : rule.path.test(call.path);
}
