/** One step of a schema, of either store. */
export interface MigrationStep {
  readonly version: number;
  readonly name: string;
}

/**
 * The steps that a database lacks, in order. It is asked step by step and not by the highest number: a
 * step may be released after one with a higher number.
 *
 * @param steps   What this program knows, ascending.
 * @param applied What the database says was done.
 * @param store   As an operator knows it: `PostgreSQL`.
 * @throws {Error} The database has a step that this program does not know, or knows by another name:
 *   it was migrated by a newer version, or belongs to something else.
 */
export function dueMigrations<Step extends MigrationStep>(
  steps: readonly Step[],
  applied: readonly MigrationStep[],
  store: string,
): readonly Step[] {
  const known = new Map(steps.map((step) => [step.version, step]));
  const newest = steps.at(-1)?.version ?? 0;
  for (const { version, name } of applied) {
    const step = known.get(version);
    if (step === undefined) {
      throw new Error(
        `${store} has schema ${version} (${name}), this version of Tenth knows up to ${newest}: start a newer version`,
      );
    }
    if (step.name !== name) {
      throw new Error(
        `schema ${version} of ${store} is "${name}", here it is "${step.name}": this is not a database of this line of versions`,
      );
    }
  }
  const done = new Set(applied.map(({ version }) => version));
  return steps.filter(({ version }) => !done.has(version));
}
