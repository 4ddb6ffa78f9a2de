import { Button, Group, Modal, PasswordInput, Select, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { KeyPairView } from '../../../shared/contract/accessCalls.ts';
import type { ErrorReport } from '../../../shared/errors.ts';
import { useClient } from '../../api/client.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { ErrorNote } from '../../parts/ErrorNote.tsx';
import { text } from '../../text/en.ts';

interface CreateKeyDialogProps {
  readonly opened: boolean;
  readonly onClose: () => void;
  /** The form takes over what was made. The passphrase is '' where there is none. */
  readonly onMade: (made: { readonly keyFile: string; readonly passphrase: string }) => void;
}

/** Makes a key pair, then shows the line to send to the provider. */
export function CreateKeyDialog({ opened, onClose, onMade }: CreateKeyDialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={text.ftp.createKeyTitle}
      size="lg"
      zIndex={400}
      closeButtonProps={{ 'aria-label': text.common.close }}
    >
      <CreateKey onClose={onClose} onMade={onMade} />
    </Modal>
  );
}

function CreateKey({ onClose, onMade }: Omit<CreateKeyDialogProps, 'opened'>) {
  const client = useClient();
  const [type, setType] = useState<'ed25519' | 'rsa'>('ed25519');
  const [path, setPath] = useState('');
  const [passphrase, setPassphrase] = useState('');
  const [making, setMaking] = useState(false);
  const [failure, setFailure] = useState<ErrorReport>();
  const [made, setMade] = useState<KeyPairView>();

  const create = async () => {
    setMaking(true);
    setFailure(undefined);
    const answer = await client.call('access.createKey', {
      type,
      comment: 'Branchline',
      ...(path.trim() === '' ? {} : { path: path.trim() }),
      ...(passphrase === '' ? {} : { passphrase }),
    });
    setMaking(false);
    if (!answer.ok) return setFailure(answer.error);
    onMade({ keyFile: answer.value.keyFile, passphrase });
    setMade(answer.value);
  };

  if (made !== undefined) return <MadeKey made={made} onClose={onClose} />;
  return (
    <Stack gap="sm">
      <Text size="sm">{text.ftp.createKeyIntro}</Text>
      <Select
        label={text.ftp.keyType}
        data={[
          { value: 'ed25519', label: text.ftp.keyTypes.ed25519 },
          { value: 'rsa', label: text.ftp.keyTypes.rsa },
        ]}
        allowDeselect={false}
        value={type}
        comboboxProps={{ zIndex: 450 }}
        data-autofocus
        onChange={(value) => setType(value === 'rsa' ? 'rsa' : 'ed25519')}
      />
      <TextInput
        label={text.ftp.newKeyFile}
        description={text.ftp.newKeyFileDescription}
        spellCheck={false}
        autoComplete="off"
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <PasswordInput
        label={text.ftp.newPassphrase}
        description={text.ftp.newPassphraseDescription}
        autoComplete="new-password"
        visibilityToggleButtonProps={{
          'aria-label': text.ftp.secretShow(text.ftp.newPassphrase),
          tabIndex: 0,
        }}
        value={passphrase}
        onChange={(event) => setPassphrase(event.currentTarget.value)}
      />
      {failure === undefined ? null : <ErrorNote error={failure} title={text.ftp.createKeyFailed} />}
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {text.common.cancel}
        </Button>
        <Button loading={making} onClick={() => void create()}>
          {text.ftp.createKeyNow}
        </Button>
      </Group>
    </Stack>
  );
}

function MadeKey({ made, onClose }: { readonly made: KeyPairView; readonly onClose: () => void }) {
  return (
    <Stack gap="sm">
      <Text size="sm" role="status">
        {text.ftp.createKeyDone}
      </Text>
      <CopyField
        label={text.ftp.publicKey}
        description={text.ftp.publicKeyDescription}
        value={made.publicKey}
        copyLabel={text.ftp.copyPublicKey}
      />
      <TextInput
        label={text.ftp.keyFingerprint}
        description={text.ftp.keyFingerprintDescription}
        value={made.fingerprint}
        readOnly
        variant="filled"
      />
      <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
        {text.ftp.privateKeyAt(made.keyFile)}
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>{text.common.close}</Button>
      </Group>
    </Stack>
  );
}
