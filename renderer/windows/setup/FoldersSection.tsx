import { Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import { defaultFolder, type FolderName, type SetupForm } from './setupForm.ts';

interface FoldersSectionProps {
  readonly form: UseFormReturnType<SetupForm>;
  readonly role: 'central' | 'store';
  readonly dataDir: string;
}

export function FoldersSection({ form, role, dataDir }: FoldersSectionProps) {
  const folders: readonly { name: FolderName; label: string; description: string }[] = [
    {
      name: 'outgoing',
      label: text.setup.outgoing,
      description:
        role === 'central' ? text.setup.outgoingDescriptionCentral : text.setup.outgoingDescriptionStore,
    },
    { name: 'incoming', label: text.setup.incoming, description: text.setup.incomingDescription },
    { name: 'backup', label: text.setup.backup, description: text.setup.backupDescription },
  ];
  return (
    <Section title={text.setup.folders} description={text.setup.foldersDescription}>
      <Stack gap="sm">
        {folders.map(({ name, label, description }) => (
          <TextInput
            key={name}
            label={label}
            description={description}
            placeholder={defaultFolder(dataDir, name)}
            spellCheck={false}
            {...form.getInputProps(name)}
          />
        ))}
      </Stack>
    </Section>
  );
}
