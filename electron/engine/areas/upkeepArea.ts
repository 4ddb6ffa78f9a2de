import type { upkeepCalls } from '../../../shared/contract/upkeepCalls.ts';
import type { Area, AreaParts } from './area.ts';

export function createUpkeepArea(_parts: AreaParts): Area<keyof typeof upkeepCalls> {
  return { handlers: {} };
}
