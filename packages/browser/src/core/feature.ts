import type { Json } from '@tenth/model/json.ts';

/** What a chunk that is loaded on demand may ask of the core. */
export interface FeatureHost {
  /** @param messageId Fixed by what happened, where the same thing may be met twice. */
  track(event: string, properties: Readonly<Record<string, Json>>, messageId?: string): void;
  /** For failures: reported once, never thrown at the page. */
  report(problem: unknown): void;
}

/**
 * A part of the script beside the core. It gets what the server said as it came: checking it is the
 * chunk's work, so that the core stays small.
 */
export interface Feature {
  /** New settings, or new decisions. */
  receive(input: {
    readonly settings: unknown;
    readonly decisions: unknown;
    /** How far the visitor's clock was ahead of the server's when the decisions came. */
    readonly clockAheadMs: number;
  }): void;
  /**
   * Another page of the shop, without a page load.
   *
   * @param isElsewhere Not so where only the search changed, as when a shop strips `?utm_source`.
   */
  onPage(isElsewhere: boolean): void;
  /** Somebody else sits down: what was shown to the one before goes. */
  onReset(): void;
  /** The visitor said no: take everything back. */
  stop(): void;
}

export interface FeatureModule {
  start(host: FeatureHost): Feature;
}
