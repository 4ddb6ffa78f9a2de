import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { AttentionList } from './AttentionList.tsx';
import { LogPanel } from './LogPanel.tsx';
import { SiteCard } from './SiteCard.tsx';
import { SiteFacts } from './SiteFacts.tsx';

/** Home: how this site stands, what to do about it, and the button that does it. */
export function TransmitWindow() {
  const site = useApp((app) => app.site);
  if (site === undefined) return null;
  return (
    <WindowFrame title={text.transmit.title}>
      <SiteCard site={site} />
      <AttentionList site={site} />
      <SiteFacts site={site} />
      <LogPanel />
    </WindowFrame>
  );
}
