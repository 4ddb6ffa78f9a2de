import { type Topic, topicSchema } from '../../shared/contract/calls.ts';

/** A count by topic that grows when the lists of that topic are out of date. */
export type FreshnessState = Readonly<Record<Topic, number>>;

export const firstFreshness: FreshnessState = {
  state: 0,
  queue: 0,
  stores: 0,
  history: 0,
  trust: 0,
  alerts: 0,
  records: 0,
  exports: 0,
  imports: 0,
  'customer-files': 0,
};

export function afterChanged(before: FreshnessState, topics: readonly Topic[]): FreshnessState {
  const after = { ...before };
  for (const topic of topics) after[topic] += 1;
  return after;
}

/** What a client missed while it was away is not known, so everything is read anew. */
export function afterReconnection(before: FreshnessState): FreshnessState {
  return afterChanged(before, topicSchema.options);
}
