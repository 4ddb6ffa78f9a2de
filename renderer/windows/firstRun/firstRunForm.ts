import type { CallInput } from '../../../shared/contract/calls.ts';
import { guidSchema, storeNumberSchema } from '../../../shared/sites.ts';
import { text } from '../../text/en.ts';

export type InitRequest = CallInput<'site.init'>['request'];

/** What the first run asks. Empty ids are made anew. */
export interface FirstRunForm {
  storeNumber: string;
  name: string;
  guid: string;
  officeId: string;
}

export type FirstRunErrors = Partial<Record<keyof FirstRunForm, string>>;

export const emptyFirstRun: FirstRunForm = { storeNumber: '', name: '', guid: '', officeId: '' };

export function readFirstRun(
  role: 'central' | 'store',
  form: FirstRunForm,
): { readonly request: InitRequest } | { readonly errors: FirstRunErrors } {
  const errors: FirstRunErrors = {};
  const name = form.name.trim();
  if (name === '') errors.name = text.errors.needed;
  else if (name.length > 200) errors.name = text.errors.atMostCharacters(200);
  const guid = form.guid.trim();
  if (guid !== '' && !guidSchema.safeParse(guid).success) errors.guid = text.errors.neededGuid;
  if (role === 'store') {
    const number = storeNumberSchema.safeParse(form.storeNumber);
    if (!number.success) errors.storeNumber = number.error.issues[0]?.message ?? text.errors.needed;
    if (Object.keys(errors).length > 0 || !number.success) return { errors };
    return { request: { role, storeNumber: number.data, name, ...(guid === '' ? {} : { guid }) } };
  }
  const officeId = form.officeId.trim();
  if (officeId !== '' && !guidSchema.safeParse(officeId).success) errors.officeId = text.errors.neededGuid;
  if (Object.keys(errors).length > 0) return { errors };
  return {
    request: {
      role,
      name,
      ...(guid === '' ? {} : { guid }),
      ...(officeId === '' ? {} : { officeId }),
    },
  };
}
