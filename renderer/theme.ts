import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';
import { text } from './text/en.ts';

/** Branchline's own colour: a calm blue-green, dark enough at 7 to carry white text. */
const line: MantineColorsTuple = [
  '#e8f5f7',
  '#d3eaee',
  '#a9d5dd',
  '#7cbfcb',
  '#56adbb',
  '#3b9fb0',
  '#27899a',
  '#166f80',
  '#0e5d6c',
  '#064a57',
];

/** Mantine's dark greys with a little of the same blue, so that both themes look like one program. */
const dark: MantineColorsTuple = [
  '#d5dce2',
  '#b9c3cc',
  '#9ca8b4',
  '#7b8794',
  '#46515d',
  '#37414b',
  '#29323b',
  '#1c2329',
  '#161c21',
  '#10151a',
];

export const theme = createTheme({
  primaryColor: 'line',
  primaryShade: { light: 7, dark: 7 },
  colors: { line, dark },
  defaultRadius: 'md',
  fontFamily:
    'system-ui, -apple-system, "Segoe UI Variable Text", "Segoe UI", Roboto, "Noto Sans", Ubuntu, Cantarell, sans-serif',
  fontFamilyMonospace:
    'ui-monospace, "Cascadia Mono", "SF Mono", Menlo, Consolas, "Liberation Mono", monospace',
  headings: {
    fontWeight: '650',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.45' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  // A keyboard's focus is seen everywhere; a mouse leaves no ring behind.
  focusRing: 'auto',
  components: {
    Modal: {
      defaultProps: {
        // A heading row, no landmark: where one dialog asks over another there would be two banners.
        attributes: { header: { role: 'presentation' } },
        overlayProps: { backgroundOpacity: 0.4 },
      },
      styles: { title: { fontSize: '1.125rem', fontWeight: 650 } },
    },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': text.common.close } } },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: true } },
    Badge: { defaultProps: { variant: 'light', tt: 'none', fw: 600 } },
    Fieldset: { styles: { legend: { fontWeight: 600 } } },
    // A server's words may be long and without a space.
    Alert: { styles: { body: { minWidth: 0, overflowWrap: 'anywhere' } } },
    Paper: { defaultProps: { withBorder: true } },
  },
});

const lightText = ['line', 'red', 'orange', 'yellow', 'green', 'teal', 'blue', 'gray'] as const;

/** Mantine's quieter text colours are too faint for WCAG AA on their grounds; these pass with 4.5 to 1. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-dimmed': '#545c64',
    '--mantine-color-placeholder': '#6a727a',
    '--mantine-color-error': '#c02020',
    '--mantine-color-anchor': line[8],
    '--branchline-ground': '#f5f7f8',
    '--branchline-surface': '#ffffff',
    ...Object.fromEntries(
      lightText.map((name) => [`--mantine-color-${name}-light-color`, textOnTint[name].light]),
    ),
  },
  dark: {
    '--mantine-color-dimmed': '#a5b0bb',
    '--mantine-color-placeholder': '#97a2ae',
    '--mantine-color-error': '#ff9d9d',
    '--mantine-color-anchor': line[3],
    '--branchline-ground': '#151a1f',
    '--branchline-surface': '#1c2329',
    ...Object.fromEntries(
      lightText.flatMap((name) => [
        [`--mantine-color-${name}-light-color`, textOnTint[name].dark],
        [`--mantine-color-${name}-light`, darkTint[name]],
      ]),
    ),
  },
});

/** Text on the tinted ground of a light badge, alert or button, by colour. */
const textOnTint: Record<(typeof lightText)[number], { light: string; dark: string }> = {
  line: { light: '#0a5260', dark: '#9bd3de' },
  red: { light: '#a51d1d', dark: '#ffb3b3' },
  orange: { light: '#8a3b00', dark: '#ffc48a' },
  yellow: { light: '#6e4a00', dark: '#ffdf85' },
  green: { light: '#1d6330', dark: '#9be3ac' },
  teal: { light: '#0a5f4c', dark: '#8fe3cc' },
  blue: { light: '#12538f', dark: '#a5d3ff' },
  gray: { light: '#3f474f', dark: '#ccd4dc' },
};

/** The tinted grounds of the dark theme: quiet, where Mantine's are loud. */
const darkTint: Record<(typeof lightText)[number], string> = {
  line: '#17323a',
  red: '#3d2022',
  orange: '#3a2a17',
  yellow: '#383014',
  green: '#1a3324',
  teal: '#15342c',
  blue: '#1a2d40',
  gray: '#2b343d',
};
