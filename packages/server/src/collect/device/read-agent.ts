import type { Device } from '@tenth/model/device.ts';
import { LRUCache } from 'lru-cache';
import type { ClientHints } from './client-hints.ts';
import { readBrowser } from './read-browser.ts';
import { readSystem } from './read-system.ts';
import { readSenderKind, type SenderKind } from './sender-kind.ts';

/** What a user agent tells. */
export interface Agent {
  readonly kind: SenderKind;
  readonly device: Device;
}

/** Real ones have some 250 characters; in-app browsers up to 500. */
const MAX_USER_AGENT_CHARS = 600;
/** A shop sees some hundreds of user agents an hour; with keys, at most 2 MB. */
const MAX_CACHED_AGENTS = 2_000;

const UNKNOWN_DEVICE: Device = { type: 'other', os: '', browser: '' };
const seen = new LRUCache<string, Agent>({ max: MAX_CACHED_AGENTS });

/** Reads a user agent, from the cache where it was seen before. The same input gives the same answer. */
export function readAgent(userAgent: string, hints: ClientHints): Agent {
  const cut = userAgent.slice(0, MAX_USER_AGENT_CHARS);
  const key =
    hints.brands === '' && hints.platform === ''
      ? cut
      : `${cut}\n${hints.brands}\n${hints.platform}\n${hints.mobile}`;
  const cached = seen.get(key);
  if (cached !== undefined) {
    return cached;
  }
  const agent = parseAgent(cut, hints);
  seen.set(key, agent);
  return agent;
}

function parseAgent(userAgent: string, hints: ClientHints): Agent {
  const kind = readSenderKind(userAgent);
  if (kind === 'library' || kind === 'unknown') {
    return { kind, device: UNKNOWN_DEVICE };
  }
  const system = readSystem(userAgent, hints);
  return { kind, device: { ...system, browser: readBrowser(userAgent, hints) } };
}
