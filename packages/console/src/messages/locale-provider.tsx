import type { Locale } from '@tenth/model/locale.ts';
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { catalogues, type Messages } from './catalogue.ts';
import { chooseLocale, readStoredLocale, storeLocale } from './locale-choice.ts';

interface LocaleContext {
  readonly locale: Locale;
  readonly messages: Messages;
  readonly setLocale: (locale: Locale) => void;
}

const context = createContext<LocaleContext>({
  locale: 'ko',
  messages: catalogues.ko,
  setLocale: () => undefined,
});

/** @param workspaceLocale Known once the session is; counts only where nothing better says the language. */
export function LocaleProvider({
  workspaceLocale,
  children,
}: {
  readonly workspaceLocale: Locale | undefined;
  readonly children: ReactNode;
}) {
  const [chosen, setChosen] = useState(readStoredLocale);
  const locale = chooseLocale({
    stored: chosen,
    browser: navigator.languages,
    workspace: workspaceLocale,
  });
  useEffect(() => {
    document.documentElement.lang = locale;
  }, [locale]);
  const value = useMemo(
    () => ({
      locale,
      messages: catalogues[locale],
      setLocale: (next: Locale) => {
        storeLocale(next);
        setChosen(next);
      },
    }),
    [locale],
  );
  return <context.Provider value={value}>{children}</context.Provider>;
}

export function useLocale(): Locale {
  return useContext(context).locale;
}

export function useMessages(): Messages {
  return useContext(context).messages;
}

export function useSetLocale(): (locale: Locale) => void {
  return useContext(context).setLocale;
}
