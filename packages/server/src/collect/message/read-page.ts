import type { PageFacts } from '@tenth/model/event.ts';
import { isJsonObject, type Json, type JsonObject } from '@tenth/model/json.ts';
import { readWebAddress } from '../arrival/web-address.ts';
import type { MessageFacts } from './read-facts.ts';

/** Where an event happened, and where the visitor was before. */
export interface PagePlace {
  readonly page: PageFacts | undefined;
  /** Empty where none was sent. */
  readonly referrer: string;
}

const NO_PAGE: JsonObject = {};

/**
 * Page facts from `context.page` and, for page and screen calls, from the properties, which win
 * there: a single-page shop overrides them by hand. A track call's properties are about its subject
 * (`url` of a product), never about the page.
 */
export function readPage(facts: MessageFacts, fields: JsonObject, context: JsonObject): PagePlace {
  const seen = isJsonObject(context.page) ? context.page : NO_PAGE;
  const isPageCall = facts.type === 'page' || facts.type === 'screen';
  const said = isPageCall ? facts.properties : NO_PAGE;
  const referrer =
    text(said.referrer) || text(seen.referrer) || readReferrerObject(context.referrer);
  if (!isPageCall && seen === NO_PAGE) {
    return { page: undefined, referrer };
  }
  const url = text(said.url) || text(seen.url);
  return {
    page: {
      url,
      path: readPath(said) || readPath(seen),
      title: text(said.title) || text(seen.title),
      category: (isPageCall && text(fields.category)) || text(said.category) || text(seen.category),
      name: isPageCall ? facts.name : text(seen.name),
    },
    referrer,
  };
}

/** Of one place only, so that a path never belongs to another address than the url. */
function readPath(place: JsonObject): string {
  return text(place.path) || (readWebAddress(text(place.url))?.path ?? '');
}

/** Segment's `context.referrer`: how a visitor of an app came to it. */
function readReferrerObject(referrer: Json | undefined): string {
  return isJsonObject(referrer) ? text(referrer.url) || text(referrer.link) : '';
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : '';
}
