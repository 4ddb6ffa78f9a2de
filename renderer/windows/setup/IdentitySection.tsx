import { SimpleGrid, Stack, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import type { Site } from '../../../shared/settings.ts';
import { CopyField } from '../../parts/CopyField.tsx';
import { Section } from '../../parts/Section.tsx';
import { text } from '../../text/en.ts';
import type { SetupForm } from './setupForm.ts';

interface IdentitySectionProps {
  readonly form: UseFormReturnType<SetupForm>;
  readonly site: Site;
}

/** Who this site is. Role, store number and GUID are fixed when it is set up. */
export function IdentitySection({ form, site }: IdentitySectionProps) {
  const central = site.role === 'central';
  return (
    <Section title={text.setup.identity}>
      <Stack gap="sm">
        <SimpleGrid cols={{ base: 1, xs: 2 }} spacing="sm">
          <TextInput
            label={text.setup.role}
            value={central ? text.setup.roleCentral : text.setup.roleStore}
            readOnly
            variant="filled"
          />
          {central ? null : (
            <TextInput label={text.setup.storeNumber} value={site.storeNumber} readOnly variant="filled" />
          )}
        </SimpleGrid>
        <TextInput
          label={text.setup.name}
          description={text.setup.nameDescription}
          required
          {...form.getInputProps('name')}
        />
        <CopyField
          label={text.setup.guid}
          description={text.setup.guidDescription}
          value={site.guid}
          copyLabel={text.setup.copyGuid}
        />
        {central ? (
          <CopyField
            label={text.setup.officeId}
            description={text.setup.officeIdDescription}
            value={site.officeId}
            copyLabel={text.setup.copyOfficeId}
          />
        ) : null}
      </Stack>
    </Section>
  );
}
