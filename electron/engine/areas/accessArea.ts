import type { accessCalls } from '../../../shared/contract/accessCalls.ts';
import type { Area, AreaParts } from './area.ts';

export function createAccessArea(_parts: AreaParts): Area<keyof typeof accessCalls> {
  return { handlers: {} };
}
