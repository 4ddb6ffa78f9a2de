import type { alertsCalls } from '../../../shared/contract/alertsCalls.ts';
import type { Alarms, Post } from '../../alerts/alarms.ts';
import type { Area, AreaParts } from './area.ts';

/** Suspension, alerts and mail; the other areas raise alarms and send mail by it. */
export interface AlertsArea extends Area<keyof typeof alertsCalls> {
  readonly alarms: Alarms;
  readonly post: Post;
}

export function createAlertsArea(_parts: AreaParts): AlertsArea {
  return {
    handlers: {},
    alarms: { raise: () => undefined, clear: () => undefined },
    post: { send: () => undefined },
  };
}
