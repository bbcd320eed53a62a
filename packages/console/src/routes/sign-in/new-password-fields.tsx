import { useState } from 'react';
import { useMessages } from '../../messages/locale-provider.tsx';
import { PasswordField } from '../../ui/fields.tsx';
import { checkNewPassword, type PasswordErrors } from './password.ts';

/** A new password as it is being typed, twice. */
export interface NewPassword {
  readonly password: string;
  readonly repeat: string;
  readonly errors: PasswordErrors;
  setPassword(password: string): void;
  setRepeat(repeat: string): void;
  /** The password; undefined where it cannot be taken, and then the fields say why. */
  check(): string | undefined;
}

export function useNewPassword(): NewPassword {
  const { signIn: messages } = useMessages();
  const [password, setPassword] = useState('');
  const [repeat, setRepeat] = useState('');
  const [errors, setErrors] = useState<PasswordErrors>({});
  return {
    password,
    repeat,
    errors,
    setPassword,
    setRepeat,
    check() {
      const found = checkNewPassword({ password, repeat }, messages);
      setErrors(found);
      return found.password === undefined && found.repeat === undefined ? password : undefined;
    },
  };
}

export function NewPasswordFields(props: NewPassword) {
  const { signIn: messages } = useMessages();
  return (
    <>
      <PasswordField
        label={messages.password}
        description={messages.passwordHint}
        value={props.password}
        autoComplete="new-password"
        error={props.errors.password}
        onChange={props.setPassword}
      />
      <PasswordField
        label={messages.repeat}
        value={props.repeat}
        autoComplete="new-password"
        error={props.errors.repeat}
        onChange={props.setRepeat}
      />
    </>
  );
}
