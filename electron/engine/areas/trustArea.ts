import type { trustCalls } from '../../../shared/contract/trustCalls.ts';
import type { Area, AreaParts } from './area.ts';

export function createTrustArea(parts: AreaParts): Area<keyof typeof trustCalls> {
  return { handlers: { 'trust.list': () => parts.settings()?.trusted ?? [] } };
}
