import type { TransmissionRow } from '../../shared/views.ts';
import type { ListState } from './listState.ts';

export type HistoryState = ListState<TransmissionRow>;
