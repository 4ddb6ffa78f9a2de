import type { customerFilesCalls } from '../../../shared/contract/customerFilesCalls.ts';
import type { Area } from './area.ts';
import type { PartnerParts } from './partnerParts.ts';

export function createCustomerFilesArea(_parts: PartnerParts): Area<keyof typeof customerFilesCalls> {
  return { handlers: {} };
}
