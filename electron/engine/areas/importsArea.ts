import type { importsCalls } from '../../../shared/contract/importsCalls.ts';
import type { Area } from './area.ts';
import type { PartnerParts } from './partnerParts.ts';

export function createImportsArea(_parts: PartnerParts): Area<keyof typeof importsCalls> {
  return { handlers: {} };
}
