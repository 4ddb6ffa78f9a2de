import type { AreaCallName, EventData, EventName, Topic } from '../../../shared/contract/calls.ts';
import type { Settings } from '../../../shared/settings.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import type { SecretKey } from '../../platform/secrets/secrets.ts';
import type { RunHooks, SiteContext } from '../../transmission/siteContext.ts';
import type { TransportFactory } from '../../transport/transport.ts';
import type { CheckOptions } from '../engine.ts';
import type { Handlers } from '../handlers.ts';
import type { SecretBox } from '../secretBoxes.ts';

/** What an area of the engine works with. */
export interface AreaParts {
  readonly dataDir: string;
  readonly clock: Clock;
  readonly random: Random;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly ledger: Ledger;
  /** Undefined before set-up. Errors: invalid-settings. */
  settings(): Settings | undefined;
  /** Errors: not-configured (fix) before set-up. */
  configured(): Settings;
  /** Replaces the settings after checking them whole. Errors: invalid-settings. */
  saveSettings(settings: unknown): Settings;
  /** The site as transmissions see it; its folders exist. */
  site(known: Settings): SiteContext;
  /** The saved server, or a candidate. Errors: not-configured where something needed is missing. */
  factory(options?: CheckOptions): Promise<TransportFactory>;
  secret(key: SecretKey): SecretBox;
  tell<N extends EventName>(name: N, data: EventData<N>): void;
  /** Says that lists which clients show are out of date. */
  changed(...topics: readonly Topic[]): void;
}

/** A part of the engine with calls of its own. */
export interface Area<N extends AreaCallName> {
  readonly handlers: Pick<Handlers, N>;
  /** What it does within a transmission. */
  readonly hooks?: RunHooks;
  /** What needs a person, in plain words. */
  attention?(): readonly string[];
  /**
   * From here on it does its scheduled work by itself: it is part of an engine that stays open, not of one command.
   * Called once at most. Must not throw; `close` ends it.
   */
  begin?(): void;
  /** Settings were saved: schedules are planned anew. */
  onSettings?(): void;
  /** A person changed the password or steered the queue. Must not throw. */
  review?(): void;
  /** Ends what is under way and gives free what it holds. */
  close?(): void | Promise<void>;
}
