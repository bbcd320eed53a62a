import type { MessageId } from '@tenth/model/ids.ts';
import type { Profile, RecentMessages } from '@tenth/model/profile.ts';
import { type EpochMs, HOUR_MS } from '@tenth/model/time.ts';
import { hash48 } from './hash.ts';

const HASH_CHARS = 8;
/** The current hour and 24 whole ones before it: never less than the promised 24 hours. */
const HOURS_KEPT = 25;
/** A person with more events in a day is a machine; its oldest hour is forgotten first, and of its last one the oldest. */
const MOST_HASHES = 4_000;

/** Whether a message of that id came for this person within the last 24 hours. */
export function isRecentMessage(profile: Profile, messageId: MessageId): boolean {
  if (profile.recentMessages.length === 0) {
    return false;
  }
  const hash = hash48(messageId);
  return profile.recentMessages.some(({ hashes }) => holds(hashes, hash));
}

/** Remembers a message's id by the hour of its receipt; returns the changed profile. */
export function rememberMessage(
  profile: Profile,
  messageId: MessageId,
  receivedAt: EpochMs,
): Profile {
  const hour = Math.floor(receivedAt / HOUR_MS);
  return {
    ...profile,
    recentMessages: bounded(addHash(profile.recentMessages, hour, hash48(messageId)), hour),
  };
}

/** Union of both, each hash once. */
export function mergeRecentMessages(
  left: readonly RecentMessages[],
  right: readonly RecentMessages[],
): readonly RecentMessages[] {
  let merged = left;
  for (const { hour, hashes } of right) {
    for (let at = 0; at < hashes.length; at += HASH_CHARS) {
      merged = addHash(merged, hour, hashes.slice(at, at + HASH_CHARS));
    }
  }
  const newest = merged.at(-1)?.hour;
  return newest === undefined ? merged : bounded(merged, newest);
}

function holds(hashes: string, hash: string): boolean {
  for (let at = hashes.indexOf(hash); at !== -1; at = hashes.indexOf(hash, at + 1)) {
    if (at % HASH_CHARS === 0) {
      return true;
    }
  }
  return false;
}

function addHash(
  hours: readonly RecentMessages[],
  hour: number,
  hash: string,
): readonly RecentMessages[] {
  const last = hours.at(-1);
  if (last?.hour === hour) {
    return holds(last.hashes, hash)
      ? hours
      : [...hours.slice(0, -1), { hour, hashes: last.hashes + hash }];
  }
  if (last === undefined || last.hour < hour) {
    return [...hours, { hour, hashes: hash }];
  }
  const same = hours.find((entry) => entry.hour === hour);
  if (same === undefined) {
    return [...hours, { hour, hashes: hash }].sort((a, b) => a.hour - b.hour);
  }
  return holds(same.hashes, hash)
    ? hours
    : hours.map((entry) => (entry === same ? { hour, hashes: same.hashes + hash } : entry));
}

function bounded(hours: readonly RecentMessages[], newest: number): readonly RecentMessages[] {
  const first = hours[0];
  if (first === undefined) {
    return hours;
  }
  let kept =
    first.hour > newest - HOURS_KEPT
      ? hours
      : hours.filter((entry) => entry.hour > newest - HOURS_KEPT);
  while (kept.length > 1 && count(kept) > MOST_HASHES) {
    kept = kept.slice(1);
  }
  return kept.length === 1 && count(kept) > MOST_HASHES ? kept.map(newestHashes) : kept;
}

function newestHashes({ hour, hashes }: RecentMessages): RecentMessages {
  return { hour, hashes: hashes.slice(-MOST_HASHES * HASH_CHARS) };
}

function count(hours: readonly RecentMessages[]): number {
  return hours.reduce((sum, { hashes }) => sum + hashes.length / HASH_CHARS, 0);
}
