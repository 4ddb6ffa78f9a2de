import { useEffect } from 'react';
import type { Topic } from '../../shared/contract/calls.ts';
import { useApp } from './appStore.ts';

/** Reads a list now, and again whenever the engine says that its topic changed. `load` must be stable. */
export function useTopic(topic: Topic, load: () => unknown): void {
  const version = useApp((app) => app.freshness[topic]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version is the reason to load again.
  useEffect(() => {
    load();
  }, [load, version]);
}
