import type { CollectReply } from '@tenth/model/collect-api.ts';
import type { EventType } from '@tenth/model/event.ts';
import type { WorkspaceId } from '@tenth/model/ids.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/** One request to the collector, after transport: a JSON object whose sender is known. */
export interface CollectRequest {
  readonly workspaceId: WorkspaceId;
  /** The sender is the shop's own server: what it says of a member needs no signature. */
  readonly isTrusted: boolean;
  /** `batch` where the body carries a list; otherwise the type that the path names, if it names one. */
  readonly call: EventType | 'batch' | 'any';
  readonly body: JsonObject;
  /** Size of the body as JSON, after decompression. */
  readonly bodyBytes: number;
  readonly receivedAt: EpochMs;
  readonly client: Client;
  /** `/v1/decide`: the caller wants decisions without asking for them in the body. */
  readonly isDecide: boolean;
  /** The caller wants to know why, and may. */
  readonly isExplained: boolean;
}

/** What the request says of its sender besides the body; empty texts for headers that were not sent. */
export interface Client {
  readonly ip: string;
  readonly userAgent: string;
  readonly referer: string;
  readonly origin: string;
  readonly clientHints: {
    readonly 'sec-ch-ua'?: string | undefined;
    readonly 'sec-ch-ua-mobile'?: string | undefined;
    readonly 'sec-ch-ua-platform'?: string | undefined;
  };
  /** `Sec-GPC: 1` was sent. */
  readonly gpc: boolean;
}

/** What the HTTP edge calls for events. Resolves once they are committed. */
export interface Collector {
  /** @throws {Problem} The request as a whole is refused. */
  collect(request: CollectRequest): Promise<CollectReply>;
}

/** What a write key is for. */
export interface WriteKeyUse {
  readonly workspaceId: WorkspaceId;
  /** The pages that may use it; empty for any. */
  readonly origins: readonly string[];
}

export interface WriteKeys {
  /** @returns undefined where there is no such key, or it has run out. */
  find(writeKey: string): Promise<WriteKeyUse | undefined>;
}
