import type { Migration } from '../migration.ts';

/** Every answer is compared with the last ones of the person and of the browser. */
export const consentNews: Migration = {
  version: 11,
  name: 'consent-news',
  statements: [
    `create index consents_by_moment on consents
      (workspace_id, profile_id, purpose, at, consent_id)`,
    `create index consents_by_browser on consents
      (workspace_id, profile_id, purpose, coalesce(anonymous_id, ''), at, consent_id)
      where given_by = 'event'`,
  ],
};
