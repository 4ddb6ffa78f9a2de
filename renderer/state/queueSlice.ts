import type { QueueRow } from '../../shared/views.ts';
import type { ListState } from './listState.ts';

export type QueueState = ListState<QueueRow>;
