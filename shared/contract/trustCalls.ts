import { z } from 'zod';
import { trustedServerSchema } from '../trust.ts';
import { call } from './define.ts';

/** Servers whose certificate or host key a person has trusted. */
export const trustCalls = {
  'trust.list': call(z.strictObject({}), z.array(trustedServerSchema)),
} as const;

export const trustEvents = {} as const;
