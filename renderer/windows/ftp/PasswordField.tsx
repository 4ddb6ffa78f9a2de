import { Anchor, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';

interface PasswordFieldProps {
  readonly form: FtpFormHandle;
  readonly hasPassword: boolean;
}

/** A saved password is shown as dots that stand for nothing: the engine never sends it back. */
export function PasswordField({ form, hasPassword }: PasswordFieldProps) {
  const { changePassword, password } = form.values;
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (changePassword && asked.current) input.current?.focus();
  }, [changePassword]);

  const change = (to: boolean) => {
    asked.current = to;
    form.setValues({ changePassword: to, password: '' });
  };

  if (!changePassword) {
    return (
      <TextInput
        label={text.ftp.password}
        value={text.ftp.passwordDots}
        readOnly
        description={text.ftp.passwordSaved}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        rightSectionWidth={76}
        rightSection={
          <Anchor component="button" type="button" size="sm" onClick={() => change(true)}>
            {text.ftp.passwordChange}
          </Anchor>
        }
      />
    );
  }
  return (
    <PasswordInput
      label={text.ftp.password}
      ref={input}
      autoComplete="new-password"
      description={
        hasPassword ? (
          <>
            <Anchor component="button" type="button" size="xs" onClick={() => change(false)}>
              {text.ftp.passwordKeep}
            </Anchor>
            {password === '' ? ` · ${text.ftp.passwordWillClear}` : ''}
          </>
        ) : undefined
      }
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      visibilityToggleButtonProps={{ 'aria-label': text.ftp.passwordShow, tabIndex: 0 }}
      {...form.getInputProps('password')}
    />
  );
}
