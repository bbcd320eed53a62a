/*
 * What is known of each profile without going through all its events: `device_states` and `profile_facts`,
 * which are filled from the event log batch by batch. The same can be made of the events of any stretch of
 * time, for questions about an earlier moment.
 */

/** Columns of the state of a device: its session and cart, as of its last event in the log; their types. */
export const deviceColumns = {
  anonymous_id: 'String',
  session_id: 'String',
  channel: 'String',
  source: 'String',
  medium: 'String',
  campaign: 'String',
  content: 'String',
  keyword: 'String',
  referrer_host: 'String',
  landing_path: 'String',
  landing_category: 'String',
  session_device: 'String',
  session_os: 'String',
  session_browser: 'String',
  country: 'String',
  region: 'String',
  city: 'String',
  time_zone: 'String',
  session_pages: 'UInt32',
  cart_currency: 'String',
  cart_minor: 'Int64',
  cart_quantity: 'Float64',
  cart_items: 'String',
} as const;

export type DeviceColumn = keyof typeof deviceColumns;

/** SQL of a column of a device: of its row, or of the person who has it. */
export type DeviceState = (column: DeviceColumn) => string;

/**
 * Orders events by the device looked at, the latest last: its session's last event, the hash of its name,
 * the place in the log. In one number, since comparing tuples takes several times as long.
 */
const LATEST =
  'bitOr(bitShiftLeft(toUInt128(toUnixTimestamp64Milli(session_last_at)), 85), bitOr(bitShiftLeft(toUInt128(bitShiftRight(murmurHash3_32(anonymous_id), 11)), 64), toUInt128(seq)))';

/** A row an event; of a profile the one with the highest `latest` stands. */
export function deviceStatesOf(where: string): string {
  return `SELECT workspace_id, profile_hash, ${LATEST} AS latest, ${Object.keys(deviceColumns).join(', ')}
    FROM events WHERE ${where} AND NOT is_bot`;
}

/**
 * A row an event, to be taken together a profile: sessions of devices that have a name and of the nameless
 * one, as hashes, and the last user id with its place in the log.
 */
export function profileFactsOf(where: string): string {
  return `SELECT workspace_id, profile_hash, profile_id, is_member,
      if(anonymous_id != '' AND session_id != '', [cityHash64(anonymous_id, session_id)], []) AS sessions,
      if(anonymous_id = '' AND session_id != '', [cityHash64(session_id)], []) AS nameless_sessions,
      if(user_id = '', (0, ''), (seq, user_id)) AS last_user
    FROM events WHERE ${where} AND NOT is_bot`;
}
