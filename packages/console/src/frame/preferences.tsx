import { useSignOut } from '../api/use-session.ts';
import { useLocale, useMessages, useSetLocale } from '../messages/locale-provider.tsx';
import { Button } from '../ui/buttons.tsx';
import { useColorScheme } from '../ui/color-scheme.ts';
import { ChoiceField } from '../ui/fields.tsx';
import styles from './frame.module.css';

export function LanguageChoice() {
  const messages = useMessages();
  const locale = useLocale();
  const setLocale = useSetLocale();
  return (
    <ChoiceField
      label={messages.frame.language}
      hideLabel
      isWide
      value={locale}
      // Each language by its own name, so that it is found by those who cannot read the other.
      choices={[
        { value: 'ko', label: '한국어' },
        { value: 'en', label: 'English' },
      ]}
      onChange={setLocale}
    />
  );
}

/** Language, light or dark, and the way out. */
export function Preferences() {
  const messages = useMessages();
  const scheme = useColorScheme();
  const signOut = useSignOut();
  return (
    <section className={styles.prefs} aria-label={messages.frame.preferences}>
      <LanguageChoice />
      <ChoiceField
        label={messages.frame.scheme}
        hideLabel
        isWide
        value={scheme.chosen}
        choices={[
          { value: 'light', label: messages.frame.schemeLight },
          { value: 'dark', label: messages.frame.schemeDark },
          { value: 'auto', label: messages.frame.schemeAuto },
        ]}
        onChange={scheme.choose}
      />
      <Button
        kind="quiet"
        icon="signOut"
        isBusy={signOut.isPending}
        onClick={() => signOut.mutate()}
      >
        {messages.signIn.signOut}
      </Button>
    </section>
  );
}
