import type { alertsCalls } from '../../../shared/contract/alertsCalls.ts';
import type { Alarms, Post } from '../../alerts/alarms.ts';
import { createAlarms, createPost } from '../../alerts/createAlarms.ts';
import { createMailCarrier } from '../../alerts/mail/mailCarrier.ts';
import { mailPasswordKey } from '../../platform/secrets/secrets.ts';
import { settingsOrNone } from './alerts/settingsOrNone.ts';
import type { Area, AreaParts } from './area.ts';

/** Suspension, alerts and mail; the other areas raise alarms and send mail by it. */
export interface AlertsArea extends Area<keyof typeof alertsCalls> {
  readonly alarms: Alarms;
  readonly post: Post;
}

export function createAlertsArea(parts: AreaParts): AlertsArea {
  const { ledger, clock, random } = parts;
  const settings = () => settingsOrNone(parts);
  const password = parts.secret(mailPasswordKey);
  const changed = () => parts.changed('alerts', 'state');
  const carrier = createMailCarrier({
    ledger,
    clock,
    settings: () => settings()?.mail,
    password: () => password.get(),
    onChange: changed,
  });
  const alarmParts = {
    ledger,
    clock,
    random,
    settings,
    onChange() {
      changed();
      carrier.start();
    },
  };
  return {
    handlers: {},
    alarms: createAlarms(alarmParts),
    post: createPost(alarmParts),
    close: () => carrier.stop(),
  };
}
