/** What is known of a span besides its name: names, counts, codes; never a visitor's values. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean>>;

/** The span of one request, from its arrival to its answer. */
export interface RequestSpan {
  /** Calls back with the span as the parent of those that are begun there. */
  run(work: () => void): void;
  /** @param route As registered; undefined where no route fits. */
  end(answer: { readonly route: string | undefined; readonly status: number }): void;
}

/** Tells a collector of traces where time goes. */
export interface Tracing {
  /** A span around work, below the span in which it is called. */
  span<Result>(
    name: string,
    attributes: SpanAttributes,
    work: () => Promise<Result>,
  ): Promise<Result>;
  /** A span of its own, of something that has just ended. */
  record(name: string, attributes: SpanAttributes, durationMs: number): void;
  /**
   * @param headers With the caller's `traceparent`; undefined where the caller is nobody to go by.
   * @returns Undefined where nothing is traced.
   */
  startRequest(
    method: string,
    headers: Readonly<Record<string, unknown>> | undefined,
  ): RequestSpan | undefined;
  /** Sends what is left; not for long where nobody takes it. */
  stop(): Promise<void>;
}

export const noTracing: Tracing = {
  span: (_name, _attributes, work) => work(),
  record() {},
  startRequest: () => undefined,
  stop: async () => {},
};
