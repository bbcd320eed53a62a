/** How far a table has come. */
export interface MoveProgress {
  readonly store: 'PostgreSQL' | 'ClickHouse';
  readonly table: string;
  readonly rows: number;
  readonly ofRows: number;
}

/** What a table holds, in a form that two servers can be compared by. */
export interface TableDigest {
  readonly rows: number;
  /** Over all rows, whatever their order; empty where only the number of rows is compared. */
  readonly checksum: string;
}

/** @throws {Error} The copy is not what was copied. */
export function requireEqual(
  store: MoveProgress['store'],
  table: string,
  { from, to }: { readonly from: TableDigest; readonly to: TableDigest },
): void {
  if (from.rows !== to.rows) {
    throw new Error(
      `${store} ${table}: ${from.rows} rows were there, ${to.rows} arrived; empty the target and move again`,
    );
  }
  if (from.checksum !== to.checksum) {
    throw new Error(
      `${store} ${table}: the rows that arrived are not those that were there; empty the target and move again`,
    );
  }
}
