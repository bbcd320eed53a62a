import type { LeafCondition } from '@tenth/model/condition.ts';
import type { EpochMs } from '@tenth/model/time.ts';

/**
 * The few values that arbitrary conditions are made of. Events and people that are made of the same
 * few meet the conditions often enough for both answers to be tested.
 */
export interface ConditionVocabulary {
  /** Names of track events. */
  readonly eventNames: readonly string[];
  /** Names of pages and screens. */
  readonly pageNames: readonly string[];
  /** Paths into an event: `properties.price`, `page.category`, `name`. */
  readonly properties: readonly string[];
  readonly traits: readonly string[];
  readonly texts: readonly string[];
  readonly numbers: readonly number[];
  /** Dates as a trait or a property holds them. */
  readonly dates: readonly string[];
  readonly versions: readonly string[];
  readonly categories: readonly string[];
  readonly brands: readonly string[];
  readonly productIds: readonly string[];
  readonly currencies: readonly string[];
  /** Sources, hosts, landing pages, cities … of a visit. */
  readonly sessionTexts: readonly string[];
  /** Windows between two moments and tests of dates lie around this moment. */
  readonly now: EpochMs;
  /** What a condition may refer to; the leaves that would refer to nothing are left out. */
  readonly segments: readonly string[];
  readonly lists: readonly string[];
  readonly variables: readonly { readonly id: string; readonly levels: readonly string[] }[];
  readonly attributes: readonly { readonly id: string; readonly values: readonly string[] }[];
}

export const defaultVocabulary: ConditionVocabulary = {
  eventNames: ['Product Viewed', 'Product Added', 'Order Completed'],
  pageNames: ['Home', 'Product'],
  properties: [
    'properties.price',
    'properties.category',
    'properties.tags',
    'properties.since',
    'page.category',
    'name',
  ],
  traits: ['grade', 'birthday', 'age', 'app_version'],
  texts: ['a', 'b', 'AB', 'a b', '한글', ''],
  numbers: [0, 1, 2, 3, 10, 0.5, -1],
  dates: ['2026-03-02', '2026-03-01T12:00:00Z', '2026-03-05', '1990-03-04', '2024-02-29'],
  versions: ['1', '1.4', '1.4.2', '2.0'],
  categories: ['men', 'men/shirts', 'women'],
  brands: ['acme', '라운드랩'],
  productIds: ['p1', 'p2'],
  currencies: ['KRW', 'USD'],
  sessionTexts: ['naver', 'google', '/', 'product', 'KR', 'Asia/Seoul', ''],
  // 2026-03-02 10:00 in Seoul, a Monday.
  now: Date.UTC(2026, 2, 2, 1),
  segments: [],
  lists: [],
  variables: [],
  attributes: [],
};

export interface ArbitraryConditionOptions extends Partial<ConditionVocabulary> {
  /** Kinds of leaves that are left out. */
  readonly without?: readonly LeafCondition['kind'][];
  /** Groups within groups; 3 unless given. */
  readonly maxDepth?: number;
  /** Also anything else that the schemas allow: long and strange texts, extreme numbers. */
  readonly isWild?: boolean;
}

/** The vocabulary with what was not given filled in. */
export interface Words extends ConditionVocabulary {
  readonly isWild: boolean;
}

export function wordsOf(options: ArbitraryConditionOptions): Words {
  return { isWild: false, ...defaultVocabulary, ...options };
}
