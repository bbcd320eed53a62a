/** A published definition that cannot be compiled. `path` leads to the place: `campaigns.welcome.audience.all[1]`. */
export class DefinitionError extends Error {
  readonly path: string;

  constructor(path: string, message: string) {
    super(message);
    this.name = 'DefinitionError';
    this.path = path;
  }
}
