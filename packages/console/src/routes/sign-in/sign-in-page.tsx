import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { useAcceptInvitation, useSetUp, useSignIn } from '../../api/use-session.ts';
import { LanguageChoice } from '../../frame/preferences.tsx';
import { problemText } from '../../frame/problem-text.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { PasswordField, TextField } from '../../ui/fields.tsx';
import { Notice } from '../../ui/notice.tsx';
import { NewPasswordFields, useNewPassword } from './new-password-fields.tsx';
import styles from './sign-in.module.css';
import { readSignInFailure } from './sign-in-failure.ts';

function Screen({
  title,
  lead,
  error,
  onSubmit,
  children,
}: {
  readonly title: string;
  readonly lead: string;
  readonly error: Error | null;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}) {
  const messages = useMessages();
  useEffect(() => {
    document.title = `${title} · Tenth`;
  }, [title]);
  return (
    <main className={styles.screen}>
      <div className={styles.box}>
        <form
          className={styles.form}
          noValidate
          onSubmit={(event: FormEvent) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          <img className={styles.mark} src="/console/mark.svg" alt="" />
          <div>
            <h1>{title}</h1>
            <p className={styles.lead}>{lead}</p>
          </div>
          {error === null ? null : (
            <Notice tone="bad">
              {error instanceof ApiError ? problemText(error.problem, messages) : error.message}
            </Notice>
          )}
          {children}
        </form>
        <div className={styles.foot}>
          <LanguageChoice />
        </div>
      </div>
    </main>
  );
}

/** First start: the password is set, once. */
export function SetUpPage() {
  const { signIn: messages } = useMessages();
  const [email, setEmail] = useState('');
  const newPassword = useNewPassword();
  const setUp = useSetUp();
  return (
    <Screen
      title={messages.setUpTitle}
      lead={messages.setUpLead}
      error={setUp.error}
      onSubmit={() => {
        const password = newPassword.check();
        if (password !== undefined) {
          setUp.mutate({ password, ...addressOf(email) });
        }
      }}
    >
      <TextField kind="email" label={messages.email} value={email} onChange={setEmail} />
      <NewPasswordFields {...newPassword} />
      <Button kind="primary" size="md" type="submit" isWide isBusy={setUp.isPending}>
        {messages.setUp}
      </Button>
    </Screen>
  );
}

export function SignInPage({ hasProvider }: { readonly hasProvider: boolean }) {
  const all = useMessages();
  const messages = all.signIn;
  const [failure] = useState(() => readSignInFailure(window.location.hash));
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [error, setError] = useState<string>();
  const signIn = useSignIn();
  const field = useRef<HTMLInputElement>(null);
  // Once a code was asked for, there is a field for it.
  const [needsCode, setNeedsCode] = useState(false);
  return (
    <Screen
      title={messages.title}
      lead={messages.lead}
      error={signIn.error}
      onSubmit={() => {
        setError(password === '' ? messages.required : undefined);
        if (password !== '') {
          signIn.mutate(
            { password, ...addressOf(email), ...(code === '' ? {} : { code }) },
            {
              onError: (failure) => {
                if (failure instanceof ApiError && failure.problem.code === 'code-needed') {
                  setNeedsCode(true);
                } else {
                  field.current?.select();
                }
              },
            },
          );
        }
      }}
    >
      {failure === undefined || signIn.error !== null ? null : (
        <Notice tone="bad">{problemText({ code: failure }, all)}</Notice>
      )}
      <TextField
        kind="email"
        label={messages.email}
        description={messages.emailHint}
        value={email}
        onChange={setEmail}
      />
      <PasswordField
        label={messages.password}
        value={password}
        autoComplete="current-password"
        error={error}
        inputRef={field}
        onChange={setPassword}
      />
      {needsCode ? (
        <TextField
          label={messages.code}
          description={messages.codeHint}
          value={code}
          onChange={setCode}
        />
      ) : null}
      <Button kind="primary" size="md" type="submit" isWide isBusy={signIn.isPending}>
        {messages.signIn}
      </Button>
      {hasProvider ? <a href="/api/v1/session/oidc">{messages.byProvider}</a> : null}
    </Screen>
  );
}

/** A one-time link was opened. */
export function InvitationPage({
  token,
  onDone,
}: {
  readonly token: string;
  readonly onDone: () => void;
}) {
  const { signIn: messages } = useMessages();
  const newPassword = useNewPassword();
  const accept = useAcceptInvitation();
  return (
    <Screen
      title={messages.inviteTitle}
      lead={messages.inviteLead}
      error={accept.error}
      onSubmit={() => {
        const password = newPassword.check();
        if (password !== undefined) {
          accept.mutate({ token, password }, { onSuccess: onDone });
        }
      }}
    >
      <NewPasswordFields {...newPassword} />
      <Button kind="primary" size="md" type="submit" isWide isBusy={accept.isPending}>
        {messages.accept}
      </Button>
    </Screen>
  );
}

/** The address may be left out by who set the password without one. */
function addressOf(email: string): { readonly email?: string } {
  const trimmed = email.trim();
  return trimmed === '' ? {} : { email: trimmed };
}
