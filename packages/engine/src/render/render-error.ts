/** Thrown when a part may not be sent: an address that would run a script, a template over its budget. */
export class RenderError extends Error {}
