import type { SiteName } from '../../../../shared/sites.ts';
import type { SetIssueRow, SetSendRow } from '../../../ledger/exportRows.ts';

/** What is known of one set and the stores that are to have it. */
export interface SendState {
  readonly issue: Pick<SetIssueRow, 'issue' | 'edition'>;
  /** Stores that have joined. */
  readonly joined: readonly SiteName[];
  readonly stores: 'all' | readonly SiteName[];
  readonly sends: readonly SetSendRow[];
  /** What each store's newest receipt says it has: undefined for none. A store that never told has no entry. */
  readonly told: ReadonlyMap<SiteName, string | undefined>;
  /** True when the store has answered the packet of its last send. */
  isAnswered(send: SetSendRow): boolean;
}

export interface PlannedSend {
  readonly site: SiteName;
  readonly attempt: number;
  readonly target: SiteName | 'all';
}

/** An issue is sent this often to a store that answers its packet and still does not have it. */
const mostAttempts = 3;

/**
 * Decides who gets the present issue of a set now. A pure rule.
 *
 * A store gets each issue once; again, where it had told what it has, answered, and does not have it: its disk was
 * lost, or it refused a damaged one. A store that never tells (an older program) is not sent to again.
 */
export function decideSends(state: SendState): PlannedSend[] {
  const { stores, joined } = state;
  const wanted = stores === 'all' ? joined : joined.filter((site) => stores.includes(site));
  const sends = new Map(state.sends.map((send) => [send.site, send]));
  const needed = wanted.flatMap((site) => {
    const attempt = attemptFor(state, site, sends.get(site));
    return attempt === undefined ? [] : [{ site, attempt }];
  });
  const isForEverybody =
    stores === 'all' &&
    needed.length > 1 &&
    needed.length === joined.length &&
    needed.every(({ attempt }) => attempt === 1);
  return needed.map(({ site, attempt }) => ({ site, attempt, target: isForEverybody ? 'all' : site }));
}

function attemptFor(
  { issue, told, isAnswered }: SendState,
  site: SiteName,
  send: SetSendRow | undefined,
): number | undefined {
  const has = told.get(site) === issue.edition;
  if (send?.issue !== issue.issue) {
    // What was sent before and is still on its way would take the place of what the store has.
    return has && (send === undefined || isAnswered(send)) ? undefined : 1;
  }
  // An intent that a kill left: the same act again.
  if (send.state === 'writing') return send.attempt;
  if (has || !told.has(site) || !isAnswered(send) || send.attempt >= mostAttempts) return undefined;
  return send.attempt + 1;
}
