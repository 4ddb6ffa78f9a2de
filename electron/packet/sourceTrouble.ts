import type { PacketSource } from './packet.ts';

/**
 * Why a file was not packed.
 *
 * `changed`, `missing`: ordinary; the next run looks again. `unreadable`, `unsafe-name`: a person must act.
 * `name-collision`, `packet-full`: it goes with a later packet by itself.
 */
export type LeftOutReason =
  | 'changed'
  | 'missing'
  | 'unreadable'
  | 'unsafe-name'
  | 'name-collision'
  | 'packet-full';

/** One source cannot be packed; the others can. */
export class SourceTrouble extends Error {
  override readonly name = 'SourceTrouble';
  readonly source: PacketSource;
  readonly reason: LeftOutReason;

  /** `why` ends the sentence "The file was left: …". */
  constructor(source: PacketSource, reason: LeftOutReason, why: string) {
    super(`"${source.channel}/${source.path}" was left where it is: ${why}.`);
    this.source = source;
    this.reason = reason;
  }
}
