import { dueMigrations, type MigrationStep } from '../../stores/due-migrations.ts';
import { type Finding, messageOf } from './finding.ts';

/** What a store lacks of what this program knows, or whether it knows more than that. */
export function checkSchema(
  { check, store }: { readonly check: Finding['check']; readonly store: string },
  steps: readonly MigrationStep[],
  applied: readonly MigrationStep[],
): Finding {
  try {
    const due = dueMigrations(steps, applied, store);
    const what =
      due.length === 0
        ? `the schema of ${store} is up to date`
        : `${store} lacks ${due.length} migrations; the next start applies them`;
    return { check, state: 'ok', what };
  } catch (error) {
    return { check, state: 'bad', what: messageOf(error) };
  }
}

export function noTables({
  check,
  store,
}: {
  readonly check: Finding['check'];
  readonly store: string;
}): Finding {
  return { check, state: 'ok', what: `${store} has no tables yet; the first start makes them` };
}
