import type { ApiKey } from '@tenth/model/api-key.ts';
import { useFormat } from '../../frame/use-format.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { Mono, Muted, Strong } from '../../ui/layout.tsx';

export function KeyTable({
  keys,
  mayRotate,
  onRotate,
  onRevoke,
}: {
  readonly keys: readonly ApiKey[];
  /** Not a key that does more than who is signed in: its new secret would be shown to them. */
  readonly mayRotate: (key: ApiKey) => boolean;
  readonly onRotate: (key: ApiKey) => void;
  readonly onRevoke: (key: ApiKey) => void;
}) {
  const { settings: messages } = useMessages();
  const format = useFormat();
  const originsOf = ({ origins }: ApiKey) =>
    origins.length === 0 ? messages.anyOrigin : origins.join(', ');
  return (
    <DataTable
      label={messages.keyList}
      rows={keys}
      keyOf={(key) => key.id}
      columns={[
        { key: 'name', title: messages.keyName, cell: (key) => <Strong>{key.name}</Strong> },
        { key: 'kind', title: messages.keyKind, cell: (key) => messages.keyKinds[key.kind] },
        { key: 'prefix', title: messages.keyPrefix, cell: (key) => <Mono>{key.prefix}…</Mono> },
        {
          key: 'scopes',
          title: messages.scopes,
          cell: (key) =>
            key.scopes.length === 0
              ? originsOf(key)
              : key.scopes.map((scope) => messages.scopeNames[scope]).join(', '),
        },
        { key: 'created', title: messages.createdAt, cell: (key) => format.day(key.createdAt) },
        {
          key: 'used',
          title: messages.lastUsedAt,
          cell: (key) =>
            key.lastUsedAt === null ? messages.neverUsed : format.ago(key.lastUsedAt),
        },
        {
          key: 'expires',
          title: messages.expiresAt,
          cell: (key) => (
            <>
              {key.expiresAt === null ? messages.expiries.never : format.day(key.expiresAt)}
              {key.previousUntil === null ? null : (
                <Muted>{messages.oldUntil(format.day(key.previousUntil))}</Muted>
              )}
            </>
          ),
        },
        {
          key: 'rotate',
          title: messages.rotate,
          align: 'right',
          cell: (key) =>
            mayRotate(key) ? (
              <Button label={messages.rotateKey(key.name)} onClick={() => onRotate(key)}>
                {messages.rotate}
              </Button>
            ) : null,
        },
        {
          key: 'revoke',
          title: messages.revoke,
          align: 'right',
          cell: (key) => (
            <Button label={messages.revokeKey(key.name)} onClick={() => onRevoke(key)}>
              {messages.revoke}
            </Button>
          ),
        },
      ]}
    />
  );
}
