import { goTo } from '../../actions/goTo.ts';
import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { useApp } from '../../state/appStore.ts';
import { text } from '../../text/en.ts';
import { FtpConfigurationDialog } from '../ftp/FtpConfigurationDialog.tsx';
import { ConnectionSection } from './ConnectionSection.tsx';
import { SetupSections } from './SetupSections.tsx';

/** Central Office Setup, and its variant for a store. Both open the same FTP Configuration. */
export function SetupWindow() {
  const site = useApp((app) => app.site);
  const within = useApp((app) => app.place.within);
  if (site?.settings === undefined) return null;
  const { settings, hasPassword, hasPassphrase, dataDir } = site;
  const central = settings.site.role === 'central';
  const [dialog, check] = within;
  return (
    <WindowFrame
      title={central ? text.setup.titleCentral : text.setup.titleStore}
      description={central ? text.setup.descriptionCentral : text.setup.descriptionStore}
    >
      <ConnectionSection ftp={settings.ftp} hasPassword={hasPassword} />
      <SetupSections settings={settings} dataDir={dataDir} />
      <FtpConfigurationDialog
        opened={dialog === 'ftp'}
        onClose={() => goTo('setup')}
        settings={settings}
        hasPassword={hasPassword}
        hasPassphrase={hasPassphrase}
        startWith={check === 'test-connection' || check === 'self-check' ? check : undefined}
      />
    </WindowFrame>
  );
}
