import type { exportsCalls } from '../../../shared/contract/exportsCalls.ts';
import type { Area } from './area.ts';
import type { PartnerParts } from './partnerParts.ts';

export function createExportsArea(_parts: PartnerParts): Area<keyof typeof exportsCalls> {
  return { handlers: {} };
}
