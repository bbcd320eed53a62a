import type { CampaignId, DecisionId, MessageId, ProfileId } from '@tenth/model/ids.ts';

const FNV_PRIME = 0x01000193;
const FNV_OFFSET = 0x811c9dc5;

/** FNV-1a, 32 bits, over UTF-16 code units, as GrowthBook's SDKs hash. Returns an unsigned integer. */
export function fnv1a32(text: string, offset = FNV_OFFSET): number {
  let hash = offset;
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), FNV_PRIME);
  }
  return hash >>> 0;
}

/**
 * Where a person falls on [0, 1), in steps of 1/10,000.
 *
 * @source GrowthBook bucketing, hash version 2 (sdk-js/test/cases.json): fnv1a32(fnv1a32(seed + value)) % 10000.
 */
export function bucketOf(seed: string, value: string): number {
  return (fnv1a32(String(fnv1a32(seed + value))) % 10_000) / 10_000;
}

const SECOND_OFFSET = 0x050c5d1f;

/** 64 bits as 16 hexadecimal digits: two FNV-1a runs from different offsets. */
function hash64(text: string): string {
  return (
    fnv1a32(text).toString(16).padStart(8, '0') +
    fnv1a32(text, SECOND_OFFSET).toString(16).padStart(8, '0')
  );
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

/**
 * 61 bits as eleven letters, so that it is no number where it becomes the key of an object. The first is
 * one of sixteen.
 */
export function hashLetters(text: string): string {
  let out = LETTERS[fnv1a32(text) >>> 28] ?? '';
  for (let hash of [fnv1a32(text), fnv1a32(text, SECOND_OFFSET)]) {
    for (let letter = 0; letter < 5; letter += 1) {
      out += LETTERS[hash % LETTERS.length];
      hash = Math.floor(hash / LETTERS.length);
    }
  }
  return out;
}

/** The same event of the same person always gives a campaign the same decision id. */
export function decisionIdOf(of: {
  readonly profileId: ProfileId;
  readonly messageId: MessageId;
  readonly campaignId: CampaignId;
}): DecisionId {
  // 16 hexadecimal digits by construction.
  return hash64(`${of.profileId}\n${of.messageId}\n${of.campaignId}`) as DecisionId;
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** 48 bits as eight characters of base 64. */
export function hash48(text: string): string {
  let left = fnv1a32(text) & 0xffffff;
  let right = fnv1a32(text, SECOND_OFFSET) & 0xffffff;
  // The low 24 bits of FNV mix worst, so the high byte is folded in.
  left ^= fnv1a32(text) >>> 24;
  right ^= fnv1a32(text, SECOND_OFFSET) >>> 24;
  let out = '';
  for (let shift = 18; shift >= 0; shift -= 6) {
    out += BASE64[(left >>> shift) & 63];
  }
  for (let shift = 18; shift >= 0; shift -= 6) {
    out += BASE64[(right >>> shift) & 63];
  }
  return out;
}
