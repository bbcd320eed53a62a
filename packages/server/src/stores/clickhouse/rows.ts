/*
 * Columns of the tables, in the order in which the lines of an outbox row have them, less `batch` and
 * `seq`, which are not known before it is shipped. Lines may wait in the outbox while Tenth is updated: a
 * change of order takes another format of the outbox body. The last column of each is never empty: what
 * trims a statement must not find a tab there.
 */

const eventColumnTypes = {
  workspace_id: 'text',
  message_id: 'text',
  type: 'text',
  event: 'text',
  name: 'text',
  profile_id: 'text',
  anonymous_id: 'text',
  user_id: 'text',
  session_id: 'text',
  session_started_at: 'text',
  session_last_at: 'text',
  session_pages: 'number',
  session_device: 'text',
  session_os: 'text',
  session_browser: 'text',
  country: 'text',
  region: 'text',
  city: 'text',
  time_zone: 'text',
  timestamp: 'text',
  received_at: 'text',
  is_bot: 'flag',
  is_member: 'flag',
  is_new_visitor: 'flag',
  channel: 'text',
  source: 'text',
  medium: 'text',
  campaign: 'text',
  content: 'text',
  keyword: 'text',
  referrer_host: 'text',
  landing_path: 'text',
  landing_category: 'text',
  device_type: 'text',
  os: 'text',
  browser: 'text',
  locale: 'text',
  page_url: 'text',
  page_path: 'text',
  page_title: 'text',
  page_category: 'text',
  page_name: 'text',
  product_id: 'text',
  order_id: 'text',
  decision_id: 'text',
  value: 'number',
  pieces: 'number',
  currency: 'text',
  order_key: 'text',
  order_minor: 'number',
  order_currency: 'text',
  cart_currency: 'text',
  cart_minor: 'number',
  cart_quantity: 'number',
  cart_items: 'text',
  interest_keys: 'list',
  interest_weight: 'number',
  decide_at: 'number',
  plan_version: 'number',
  is_first: 'flag',
  absorbed_id: 'text',
  enrichment: 'text',
  trace: 'text',
  payload: 'text',
} as const;

const decisionColumnTypes = {
  decision_id: 'text',
  workspace_id: 'text',
  campaign_id: 'text',
  variant_id: 'text',
  arm: 'text',
  probability: 'number',
  plan_version: 'number',
  at: 'text',
  message_id: 'text',
  profile_id: 'text',
  session_id: 'text',
  is_crossed_over: 'flag',
  is_bot: 'flag',
} as const;

const personLinkColumnTypes = {
  workspace_id: 'text',
  profile_id: 'text',
  person_id: 'text',
  version: 'number',
} as const;

type ColumnType = 'text' | 'number' | 'flag' | 'list';
type RowOf<Types extends Readonly<Record<string, ColumnType>>> = {
  readonly [Column in keyof Types]: Types[Column] extends 'text'
    ? string
    : Types[Column] extends 'number'
      ? number
      : Types[Column] extends 'list'
        ? readonly string[]
        : boolean;
};

/** A row of `events`. */
export type EventRow = RowOf<typeof eventColumnTypes>;
/** A row of `decisions`. */
export type DecisionRow = RowOf<typeof decisionColumnTypes>;
/** A row of `person_links`. */
export type PersonLinkRow = RowOf<typeof personLinkColumnTypes>;

export const eventColumns = columnsOf(eventColumnTypes);
export const decisionColumns = columnsOf(decisionColumnTypes);
export const personLinkColumns = columnsOf(personLinkColumnTypes);

function columnsOf<Types extends Readonly<Record<string, ColumnType>>>(types: Types) {
  // The literals above have these keys and no others.
  return Object.keys(types) as readonly (keyof Types & string)[];
}
