import type { PasswordChange } from '../../../shared/contract/candidate.ts';
import type { AlertSettings, MailSettings } from '../../../shared/mailSettings.ts';
import type { Settings } from '../../../shared/settings.ts';

/** E-mail as it is typed, as part of the Settings window's form. The password is here only until it is sent. */
export interface MailForm {
  host: string;
  port: number | string;
  security: MailSettings['security'];
  username: string;
  sender: string;
  recipients: string[];
  certificateAuthorityFile: string;
  suspensionAlert: boolean;
  skippedPacket: boolean;
  untrustedServer: boolean;
  failedImport: boolean;
  lateStore: boolean;
  /** False while the saved password is kept. */
  changeMailPassword: boolean;
  mailPassword: string;
}

export function toMailForm({ mail, alerts }: Pick<Settings, 'mail' | 'alerts'>): MailForm {
  const { suspension: suspensionAlert, ...kinds } = alerts;
  return {
    ...mail,
    recipients: [...mail.recipients],
    certificateAuthorityFile: mail.certificateAuthorityFile ?? '',
    suspensionAlert,
    ...kinds,
    changeMailPassword: false,
    mailPassword: '',
  };
}

/** What the schemas are to judge: an emptied number is an error, not the default. */
export function rawMail(form: MailForm): { readonly mail: unknown; readonly alerts: AlertSettings } {
  const authority = form.certificateAuthorityFile.trim();
  return {
    mail: {
      host: form.host.trim(),
      port: form.port === '' ? null : Number(form.port),
      security: form.security,
      username: form.username.trim(),
      sender: form.sender.trim(),
      recipients: form.recipients,
      ...(authority === '' ? {} : { certificateAuthorityFile: authority }),
    },
    alerts: {
      suspension: form.suspensionAlert,
      skippedPacket: form.skippedPacket,
      untrustedServer: form.untrustedServer,
      failedImport: form.failedImport,
      lateStore: form.lateStore,
    },
  };
}

export function mailPasswordChange(form: MailForm): PasswordChange {
  if (!form.changeMailPassword) return { do: 'keep' };
  return form.mailPassword === '' ? { do: 'clear' } : { do: 'set', value: form.mailPassword };
}
