import { type Device, deviceTypes } from '@tenth/model/device.ts';
import { isJsonObject, type JsonObject } from '@tenth/model/json.ts';
import { type ClientHints, NO_HINTS, readHintContext } from './client-hints.ts';
import { type Agent, readAgent } from './read-agent.ts';

export interface Visitor {
  readonly device: Device;
  readonly isBot: boolean;
}

/** What the request itself says about its sender. */
export interface RequestAgent {
  readonly userAgent: string;
  readonly hints: ClientHints;
}

/** Segment's mobile libraries name the system as the device's type. */
const TYPES_BY_SYSTEM: ReadonlyMap<string, Device['type']> = new Map([
  ['ios', 'phone'],
  ['android', 'phone'],
  ['ipados', 'tablet'],
  ['tvos', 'tv'],
  ['roku', 'tv'],
]);

/**
 * The visitor's device. `context.userAgent` speaks for the visitor whoever sends the request; the
 * request's own user agent does so only if a browser or a crawler sent it. Without either, what
 * an app's library says in `context.device` and `context.os` counts.
 */
export function readVisitor(context: JsonObject, request: RequestAgent): Visitor {
  const agent = findAgent(context, request);
  const isBot = agent.kind === 'crawler';
  const device = correctDevice(agent.device, context);
  return { device, isBot };
}

function findAgent(context: JsonObject, request: RequestAgent): Agent {
  const said = context.userAgent ?? context.user_agent;
  const userAgent = typeof said === 'string' ? said : '';
  const hints = readHintContext(context);
  if (userAgent !== '') {
    const ownHints = userAgent === request.userAgent ? request.hints : NO_HINTS;
    return readAgent(userAgent, hints ?? ownHints);
  }
  const agent = readAgent(request.userAgent, hints ?? request.hints);
  return agent.kind === 'browser' || agent.kind === 'crawler' ? agent : readAgent('', NO_HINTS);
}

function correctDevice(device: Device, context: JsonObject): Device {
  const { device: said, os } = context;
  if (said === undefined && os === undefined) {
    return device;
  }
  const word = isJsonObject(said) && typeof said.type === 'string' ? said.type.toLowerCase() : '';
  // A page knows what its user agent hides: Safari on an iPad calls itself a Mac.
  const named = deviceTypes.find((type) => type === word);
  const guessed = device.type === 'other' ? TYPES_BY_SYSTEM.get(word) : undefined;
  const osName = isJsonObject(os) && typeof os.name === 'string' ? os.name.slice(0, 50) : '';
  return {
    type: named ?? guessed ?? device.type,
    os: device.os === '' ? osName : device.os,
    browser: device.browser,
  };
}
