import { useCallback } from 'react';
import { useClient } from '../../api/client.ts';
import { LogLines } from '../../parts/LogLines.tsx';
import { Section } from '../../parts/Section.tsx';
import { useReading } from '../../state/useReading.ts';
import { text } from '../../text/en.ts';

const shown = 50;

/** What was noted besides transmissions, such as settings saved without proof. Nothing where nothing was. */
export function HistoryNotes() {
  const client = useClient();
  const { value } = useReading(
    'history',
    useCallback(() => client.call('history.notes', { limit: shown }), [client]),
  );
  if (value === undefined || value.length === 0) return null;
  return (
    <Section title={text.history.notes} description={text.history.notesDescription}>
      <LogLines notes={value} withDate />
    </Section>
  );
}
