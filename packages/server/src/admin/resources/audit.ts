import type { AuditLog, SubjectHashes } from '../audit/ports.ts';
import type { Caller, Handlers } from '../call.ts';
import type { PeopleStore } from '../ports.ts';
import { parsePersonRef } from './person-ref.ts';

type AuditHandlers = Pick<Handlers, 'listAudit'>;

export interface AuditHandlerDeps {
  readonly audit: AuditLog;
  readonly subjects: SubjectHashes;
  readonly people: Pick<PeopleStore, 'find'>;
}

export function auditLogHandlers(deps: AuditHandlerDeps): AuditHandlers {
  return {
    async listAudit({ caller, query }) {
      const { limit, before, act, person } = query;
      const entries = await deps.audit.list(caller.workspaceId, {
        limit: limit + 1,
        before,
        act,
        people: person === undefined ? undefined : await hashesOf(person, caller, deps),
      });
      const page = entries.slice(0, limit);
      return {
        entries: page,
        next: entries.length > limit ? (page.at(-1)?.entryId ?? null) : null,
      };
    },
  };
}

/** Of every name that the person goes by; of the given one alone where nobody is known by it any more. */
async function hashesOf(
  person: string,
  { workspaceId }: Caller,
  { people, subjects }: AuditHandlerDeps,
): Promise<readonly string[]> {
  const ref = parsePersonRef(person);
  const found = ref === undefined ? undefined : await people.find(workspaceId, ref);
  const names = new Set([person]);
  if (found !== undefined) {
    names.add(`profileId:${found.profile.id}`);
    for (const { kind, value } of found.identifiers) {
      names.add(`${kind === 'user_id' ? 'userId' : 'anonymousId'}:${value}`);
    }
  }
  return Promise.all([...names].map((name) => subjects.hash(workspaceId, name)));
}
