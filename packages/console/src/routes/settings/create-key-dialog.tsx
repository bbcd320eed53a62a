import type { Scope } from '@tenth/model/permission.ts';
import { useState } from 'react';
import { ApiError } from '../../api/api-error.ts';
import { useCreateKey } from '../../api/use-keys.ts';
import { problemText } from '../../frame/problem-text.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { CheckField, ChoiceField, SelectField, TextField } from '../../ui/fields.tsx';
import { Muted, Row, Stack } from '../../ui/layout.tsx';
import { Notice } from '../../ui/notice.tsx';
import { SecretView } from './secret-view.tsx';

/** Lives from opening to closing, and with it the secret that is shown once. */
export function CreateKeyDialog({
  offered,
  onClose,
}: {
  /** Scopes that who is signed in may give. */
  readonly offered: readonly Scope[];
  readonly onClose: () => void;
}) {
  const messages = useMessages();
  const create = useCreateKey();
  return (
    <Dialog
      title={
        create.data === undefined ? messages.settings.createKey : messages.settings.secretTitle
      }
      isOpen
      closeLabel={messages.action.close}
      onClose={onClose}
    >
      {create.data === undefined ? (
        <KeyForm
          offered={offered}
          error={create.error}
          isBusy={create.isPending}
          onCreate={(key) => create.mutate(key)}
        />
      ) : (
        <SecretView secret={create.data.secret} onClose={onClose} />
      )}
    </Dialog>
  );
}

const expiries = ['never', '30', '90', '365'] as const;
type Expiry = (typeof expiries)[number];

type NewKey = Parameters<ReturnType<typeof useCreateKey>['mutate']>[0];

function KeyForm({
  offered,
  error,
  isBusy,
  onCreate,
}: {
  readonly offered: readonly Scope[];
  readonly error: Error | null;
  readonly isBusy: boolean;
  readonly onCreate: (key: NewKey) => void;
}) {
  const messages = useMessages();
  const { settings } = messages;
  const [name, setName] = useState('');
  const [nameError, setNameError] = useState<string>();
  const [kind, setKind] = useState<NewKey['kind']>('write_key');
  const [granted, setGranted] = useState<readonly Scope[]>(['read']);
  const [origins, setOrigins] = useState('');
  const [expiry, setExpiry] = useState<Expiry>('never');
  const submit = () => {
    const trimmed = name.trim();
    setNameError(trimmed === '' ? settings.nameRequired : undefined);
    if (trimmed !== '') {
      onCreate({
        name: trimmed,
        kind,
        ...(kind === 'write_key'
          ? { scopes: [], origins: origins.split(/[\s,]+/).filter((one) => one !== '') }
          : { scopes: [...granted] }),
        ...(expiry === 'never' ? {} : { expiresInDays: Number(expiry) }),
      });
    }
  };
  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Stack>
        {error === null ? null : (
          <Notice tone="bad">
            {error instanceof ApiError ? problemText(error.problem, messages) : error.message}
          </Notice>
        )}
        <TextField label={settings.keyName} value={name} error={nameError} onChange={setName} />
        <Stack gap={6}>
          <ChoiceField
            label={settings.keyKind}
            hideLabel
            isWide
            value={kind}
            choices={[
              { value: 'write_key', label: settings.keyKinds.write_key },
              { value: 'api_key', label: settings.keyKinds.api_key },
            ]}
            onChange={setKind}
          />
          <Muted>{settings.keyKindHints[kind]}</Muted>
        </Stack>
        {kind === 'api_key' ? (
          <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
            <legend>{settings.scopes}</legend>
            <Row gap={16}>
              {offered.map((scope) => (
                <CheckField
                  key={scope}
                  label={settings.scopeNames[scope]}
                  isOn={granted.includes(scope)}
                  onChange={(isOn) =>
                    setGranted(isOn ? [...granted, scope] : granted.filter((one) => one !== scope))
                  }
                />
              ))}
            </Row>
          </fieldset>
        ) : (
          <TextField
            label={settings.origins}
            description={settings.originsHint}
            value={origins}
            placeholder="https://shop.example"
            onChange={setOrigins}
          />
        )}
        <SelectField
          label={settings.expiresAt}
          value={expiry}
          choices={expiries.map((one) => ({ value: one, label: settings.expiries[one] }))}
          onChange={(next) => setExpiry(expiries.find((one) => one === next) ?? 'never')}
        />
        <Row>
          <Button kind="primary" type="submit" isBusy={isBusy}>
            {settings.create}
          </Button>
        </Row>
      </Stack>
    </form>
  );
}
