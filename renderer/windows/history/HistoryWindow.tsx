import { Button, Grid, Paper, SegmentedControl } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { goTo } from '../../actions/goTo.ts';
import { EmptyState } from '../../parts/EmptyState.tsx';
import { nowMs } from '../../parts/now.ts';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { AllTransmissions } from './AllTransmissions.tsx';
import { CalendarPanel } from './CalendarPanel.tsx';
import { isDay, monthOf } from './calendarMonth.ts';
import { DayTransmissions } from './DayTransmissions.tsx';
import { ExportMenu } from './ExportMenu.tsx';
import { FileSearch } from './FileSearch.tsx';
import { HistoryNotes } from './HistoryNotes.tsx';
import { TransmissionPage } from './TransmissionPage.tsx';

/**
 * All transmissions. What is open stands in the address: `#/history`, `#/history/day/2026-11-21`,
 * `#/history/run/ID`, `#/history/files/TEXT`.
 */
export function HistoryWindow() {
  const [kind, what = ''] = useApp((app) => app.place.within);
  const empty = useApp((app) => app.site?.status.lastTransmission === undefined);
  const day = kind === 'day' && isDay(what) ? what : undefined;
  const [month, setMonth] = useState(day?.slice(0, 7) ?? monthOf(nowMs()));
  const words = text.history;
  if (kind === 'run') {
    return (
      <WindowFrame title={words.detailTitle} width="wide">
        <TransmissionPage transmissionId={what} />
      </WindowFrame>
    );
  }
  const view = kind === 'files' ? 'files' : 'list';
  return (
    <WindowFrame
      title={words.title}
      description={words.description}
      width="wide"
      actions={empty ? undefined : <ExportMenu month={month} day={day} />}
    >
      <SegmentedControl
        aria-label={words.views}
        value={view}
        onChange={(next) => (next === 'files' ? goTo('history', 'files') : goTo('history'))}
        data={[
          { value: 'list', label: words.viewList },
          { value: 'files', label: words.viewFiles },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      {view === 'files' ? (
        <FileSearch key={what} sought={what} />
      ) : empty ? (
        <Paper>
          <EmptyState
            icon={IconHistory}
            title={words.emptyTitle}
            action={
              <Button variant="light" onClick={() => goTo('transmit')}>
                {words.emptyAction}
              </Button>
            }
          >
            {words.emptyBody}
          </EmptyState>
        </Paper>
      ) : (
        <Grid>
          <Grid.Col span={{ base: 12, lg: 4 }}>
            <CalendarPanel month={month} onMonth={setMonth} chosen={day} />
          </Grid.Col>
          <Grid.Col span={{ base: 12, lg: 8 }}>
            {day === undefined ? <AllTransmissions /> : <DayTransmissions key={day} day={day} />}
          </Grid.Col>
        </Grid>
      )}
      {view === 'list' && day === undefined ? <HistoryNotes /> : null}
    </WindowFrame>
  );
}
