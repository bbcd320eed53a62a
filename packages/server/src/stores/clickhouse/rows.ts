import type { SiteEvent } from '@tenth/model/event.ts';

/** A row of `events`, as JSON names its columns, without `batch` and `seq`. */
export interface EventRow {
  readonly workspace_id: string;
  readonly message_id: string;
  readonly type: string;
  readonly event: string;
  readonly name: string;
  readonly profile_id: string;
  readonly anonymous_id: string;
  readonly user_id: string;
  readonly session_id: string;
  readonly session_started_at: string;
  readonly timestamp: string;
  readonly received_at: string;
  readonly is_bot: boolean;
  readonly is_member: boolean;
  readonly is_new_visitor: boolean;
  readonly channel: string;
  readonly source: string;
  readonly medium: string;
  readonly campaign: string;
  readonly content: string;
  readonly keyword: string;
  readonly referrer_host: string;
  readonly landing_path: string;
  readonly landing_category: string;
  readonly device_type: string;
  readonly os: string;
  readonly browser: string;
  readonly locale: string;
  readonly page_url: string;
  readonly page_path: string;
  readonly page_title: string;
  readonly page_category: string;
  readonly page_name: string;
  readonly product_id: string;
  readonly order_id: string;
  readonly decision_id: string;
  readonly value: number;
  readonly pieces: number;
  readonly currency: string;
  readonly payload: string;
  readonly enrichment: string;
  readonly trace: string;
}

/** A row of `decisions`, without `batch` and `seq`. */
export interface DecisionRow {
  readonly workspace_id: string;
  readonly decision_id: string;
  readonly campaign_id: string;
  readonly variant_id: string;
  readonly arm: string;
  readonly probability: number;
  readonly plan_version: number;
  readonly at: string;
  readonly message_id: string;
  readonly profile_id: string;
  readonly session_id: string;
  readonly is_crossed_over: boolean;
  readonly is_bot: boolean;
}

/** A row of `person_links`. */
export interface PersonLinkRow {
  readonly workspace_id: string;
  readonly profile_id: string;
  readonly person_id: string;
  readonly version: number;
}

/** The column `enrichment` of `events`, as JSON: what the server added and no other column has. */
export interface EventEnrichment
  extends Pick<
    SiteEvent,
    'at' | 'receivedAt' | 'previousId' | 'arrival' | 'consent' | 'isVerified'
  > {
  /** Where the server read other properties than those of the payload. */
  readonly properties: SiteEvent['properties'] | undefined;
  readonly traits: SiteEvent['traits'] | undefined;
  /** A page without an address, which the columns cannot tell from none. */
  readonly page: SiteEvent['page'];
}
