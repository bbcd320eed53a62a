import { workspaceId } from '@tenth/model/ids.ts';
import { userStoreContract } from '../sign-in/testing/user-store-contract.ts';
import { memorySessions, memoryUsers } from './memory-users.ts';

userStoreContract(async () => {
  const users = memoryUsers();
  return {
    users,
    sessions: memorySessions(users),
    workspaces: [workspaceId.parse('here'), workspaceId.parse('there')],
  };
});
