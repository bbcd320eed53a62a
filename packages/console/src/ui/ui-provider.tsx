import './mantine-styles.ts';
import './tokens.css';
import {
  createTheme,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  MantineProvider,
} from '@mantine/core';
import type { ReactNode } from 'react';
import { Toaster } from './toaster.tsx';

const jade: MantineColorsTuple = [
  '#e9f6f1',
  '#d2ebe2',
  '#a5d7c6',
  '#76c2a9',
  '#4fbf9f',
  '#2f9c7f',
  '#1c8067',
  '#0f6b57',
  '#0b5747',
  '#073f33',
];
const stone: MantineColorsTuple = [
  '#f7f7f5',
  '#f2f2ef',
  '#e6e6e1',
  '#d3d3cc',
  '#b4b7b1',
  '#8b908b',
  '#6b716d',
  '#4b504d',
  '#2f3331',
  '#1b1d1c',
];
const night: MantineColorsTuple = [
  '#eceeec',
  '#b9c0bc',
  '#8f9893',
  '#6f7873',
  '#3b433f',
  '#2a302d',
  '#1f2422',
  '#181c1a',
  '#101312',
  '#0a0c0b',
];

const theme = createTheme({
  primaryColor: 'jade',
  primaryShade: { light: 7, dark: 6 },
  colors: { jade, gray: stone, dark: night },
  fontFamily: 'var(--t-font)',
  fontFamilyMonospace: 'var(--t-mono)',
  defaultRadius: 'md',
  cursorType: 'pointer',
  autoContrast: true,
  components: {
    InputWrapper: {
      styles: { label: { marginBottom: 4 }, description: { marginBottom: 6 } },
    },
  },
});

const schemeManager = localStorageColorSchemeManager({ key: 'tenth.color-scheme' });

/** The page's policy lets in only those style elements that carry what the server wrote into the page. */
function styleNonce(): string {
  return document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
}

// What holds the page still behind a dialog asks for it under webpack's name, and has no other way.
Object.assign(globalThis, { __webpack_nonce__: styleNonce() });

/** Theme, colour scheme and toasts; wraps the whole console. */
export function UiProvider({ children }: { readonly children: ReactNode }) {
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={schemeManager}
      getStyleNonce={styleNonce}
    >
      <Toaster>{children}</Toaster>
    </MantineProvider>
  );
}
