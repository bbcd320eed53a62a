/** Forward only. ClickHouse has no transactions here, so each statement must be safe to run twice. */
export interface Migration {
  readonly version: number;
  readonly name: string;
  readonly statements: readonly string[];
}
