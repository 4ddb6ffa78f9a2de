import type { StoreRow } from '../../shared/contract/rows.ts';
import type { ListState } from './listState.ts';

export type StoresState = ListState<StoreRow>;
