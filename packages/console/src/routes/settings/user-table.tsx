import { type Role, roles } from '@tenth/model/permission.ts';
import type { User } from '@tenth/model/user.ts';
import { useMessages } from '../../messages/locale-provider.tsx';
import { Button } from '../../ui/buttons.tsx';
import { DataTable } from '../../ui/data-table.tsx';
import { SelectField } from '../../ui/fields.tsx';
import { Row, Strong } from '../../ui/layout.tsx';

export function UserTable({
  users,
  onRole,
  onNewLink,
  onRemove,
}: {
  readonly users: readonly User[];
  readonly onRole: (user: User, role: Role) => void;
  readonly onNewLink: (user: User) => void;
  readonly onRemove: (user: User) => void;
}) {
  const { users: words } = useMessages();
  const nameOf = ({ email }: User) => (email === '' ? words.noEmail : email);
  return (
    <DataTable
      label={words.list}
      rows={users}
      keyOf={(user) => user.id}
      columns={[
        { key: 'email', title: words.email, cell: (user) => <Strong>{nameOf(user)}</Strong> },
        {
          key: 'role',
          title: words.role,
          cell: (user) => (
            <SelectField
              label={words.roleOf(nameOf(user))}
              hideLabel
              value={user.role}
              choices={roles.map((role) => ({ value: role, label: words.roles[role] }))}
              onChange={(next) => {
                const role = roles.find((one) => one === next);
                if (role !== undefined && role !== user.role) {
                  onRole(user, role);
                }
              }}
            />
          ),
        },
        { key: 'state', title: words.state, cell: (user) => words[user.state] },
        {
          key: 'totp',
          title: words.totp,
          cell: (user) => (user.hasTotp ? words.yes : words.no),
        },
        {
          key: 'acts',
          title: '',
          align: 'right',
          cell: (user) => (
            <Row gap={8}>
              <Button label={words.newLinkFor(nameOf(user))} onClick={() => onNewLink(user)}>
                {words.newLink}
              </Button>
              <Button label={words.removeOf(nameOf(user))} onClick={() => onRemove(user)}>
                {words.remove}
              </Button>
            </Row>
          ),
        },
      ]}
    />
  );
}
