import { Anchor, PasswordInput, TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { text } from '../../text/en.ts';
import type { FtpFormHandle } from './formType.ts';

interface SecretFieldProps {
  readonly form: FtpFormHandle;
  /** The field that is typed in, and the one that says whether it counts. */
  readonly field: 'password' | 'passphrase';
  readonly changing: 'changePassword' | 'changePassphrase';
  readonly label: string;
  /** One is saved. */
  readonly saved: boolean;
  readonly description?: string;
}

/** A saved secret is shown as dots that stand for nothing: the engine never sends it back. */
export function SecretField({ form, field, changing, label, saved, description }: SecretFieldProps) {
  const isChanging = form.values[changing];
  const input = useRef<HTMLInputElement>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (isChanging && asked.current) input.current?.focus();
  }, [isChanging]);

  const change = (to: boolean) => {
    asked.current = to;
    form.setValues({ [changing]: to, [field]: '' });
  };

  if (!isChanging) {
    return (
      <TextInput
        label={label}
        value={text.ftp.passwordDots}
        readOnly
        description={text.ftp.passwordSaved}
        inputWrapperOrder={['label', 'input', 'error', 'description']}
        rightSectionWidth={76}
        rightSection={
          <Anchor
            component="button"
            type="button"
            size="sm"
            aria-label={text.ftp.secretChange(label)}
            onClick={() => change(true)}
          >
            {text.ftp.passwordChange}
          </Anchor>
        }
      />
    );
  }
  return (
    <PasswordInput
      label={label}
      ref={input}
      autoComplete="new-password"
      description={
        saved ? (
          <>
            <Anchor component="button" type="button" size="xs" onClick={() => change(false)}>
              {text.ftp.passwordKeep}
            </Anchor>
            {form.values[field] === '' ? ` · ${text.ftp.secretWillClear}` : ''}
          </>
        ) : (
          description
        )
      }
      inputWrapperOrder={['label', 'input', 'error', 'description']}
      visibilityToggleButtonProps={{ 'aria-label': text.ftp.secretShow(label), tabIndex: 0 }}
      {...form.getInputProps(field)}
    />
  );
}
