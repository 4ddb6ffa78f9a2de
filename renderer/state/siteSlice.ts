import type { PresentState } from '../../shared/contract/calls.ts';

/** The engine's present state as it last said it; undefined until it first did. */
export type SiteState = PresentState | undefined;
