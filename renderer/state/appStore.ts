import { create } from 'zustand';
import type { CheckState } from './checkSlice.ts';
import type { ConnectionState } from './connectionSlice.ts';
import { type FreshnessState, firstFreshness } from './freshnessSlice.ts';
import type { HistoryState } from './historySlice.ts';
import type { ImportsState } from './importsSlice.ts';
import { home, type Place } from './place.ts';
import type { PromptState } from './promptSlice.ts';
import type { QueueState } from './queueSlice.ts';
import type { RunState } from './runSlice.ts';
import type { SiteState } from './siteSlice.ts';
import type { StoresState } from './storesSlice.ts';

/**
 * What the windows show: a projection of the engine's events, never the truth. Each slice is plain data; the
 * functions beside its type say how it follows an event.
 */
export interface AppState {
  readonly connection: ConnectionState;
  readonly site: SiteState;
  readonly run: RunState;
  readonly checks: CheckState;
  readonly queue: QueueState;
  readonly stores: StoresState;
  readonly history: HistoryState;
  readonly imports: ImportsState;
  readonly freshness: FreshnessState;
  readonly place: Place;
  readonly prompts: PromptState;
}

/** `useApp((app) => app.run.active)`; outside of React: `useApp.getState()`, `useApp.setState({…})`. */
export const useApp = create<AppState>()(() => ({
  connection: 'connecting',
  site: undefined,
  run: {},
  checks: {},
  queue: {},
  stores: {},
  history: {},
  imports: {},
  freshness: firstFreshness,
  place: home,
  prompts: [],
}));
