import { Anchor, PasswordInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useCallback, useEffect, useRef } from 'react';
import { useClient } from '../../api/client.ts';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';
import type { SettingsForm } from './settingsForm.ts';

/** The mail server's password: the engine keeps it, and never sends it back. */
export function MailPassword({ form }: { readonly form: UseFormReturnType<SettingsForm> }) {
  const client = useClient();
  const { value } = useReading(
    'alerts',
    useCallback(() => client.call('mail.hasPassword', {}), [client]),
  );
  const saved = value?.hasPassword === true;
  const { changeMailPassword, mailPassword } = form.values;
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (changeMailPassword && asked.current) input.current?.focus();
  }, [changeMailPassword]);
  const change = (to: boolean) => {
    asked.current = to;
    form.setValues({ changeMailPassword: to, mailPassword: '' });
  };
  const words = text.mail;
  if (saved && !changeMailPassword) {
    return (
      <TextInput
        label={words.password}
        value={text.ftp.passwordDots}
        readOnly
        description={words.passwordSaved}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        rightSectionWidth={76}
        rightSection={
          <Anchor component="button" type="button" size="sm" onClick={() => change(true)}>
            {words.passwordChange}
          </Anchor>
        }
      />
    );
  }
  return (
    <PasswordInput
      label={words.password}
      ref={input}
      autoComplete="new-password"
      description={
        saved ? (
          <>
            <Anchor component="button" type="button" size="xs" onClick={() => change(false)}>
              {words.passwordKeep}
            </Anchor>
            {mailPassword === '' ? ` · ${words.passwordWillClear}` : ''}
          </>
        ) : undefined
      }
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      visibilityToggleButtonProps={{ 'aria-label': words.passwordShow, tabIndex: 0 }}
      error={form.errors['mailPassword']}
      value={mailPassword}
      onChange={(event) =>
        form.setValues({
          mailPassword: event.currentTarget.value,
          changeMailPassword: saved || event.currentTarget.value !== '',
        })
      }
    />
  );
}
