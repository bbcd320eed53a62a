/** An error that the embedded PostgreSQL answered with. */
export class PostgresError extends Error {
  /** SQLSTATE. */
  readonly code: string | undefined;

  constructor(message: string, code: string | undefined) {
    super(message);
    this.name = 'PostgresError';
    this.code = code;
  }
}
