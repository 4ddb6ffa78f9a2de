import { WindowFrame } from '../../parts/WindowFrame.tsx';
import { text } from '../../text/en.ts';

export function SettingsWindow() {
  return <WindowFrame title={text.settings.title}>{null}</WindowFrame>;
}
