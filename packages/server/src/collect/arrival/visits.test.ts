import { applyEvent } from '@tenth/engine/apply.ts';
import { newProfile } from '@tenth/engine/profile.ts';
import { aPlan, aProfileId, T0 } from '@tenth/engine/testing/builders.ts';
import type { JsonObject } from '@tenth/model/json.ts';
import { MINUTE_MS } from '@tenth/model/time.ts';
import { expect, test } from 'vitest';
import { aRequest, collectOne } from '../testing/collect-one.ts';

/*
 * Where the visits of one browser came from, as a shop would see it: page by page, a minute apart, each with
 * the address and the referrer that the browser says.
 */
const SHOP = 'https://www.shop.kr';
const KAKAO_APP =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 KAKAOTALK 10.6.5';
const NAVER_APP =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 NAVER(inapp; search; 1200; 12.5.2; 15)';

type Step = readonly [path: string, referrer: string, type?: 'track'];

function visitsOf(steps: readonly Step[], userAgent?: string) {
  let profile = newProfile(aProfileId(), T0);
  const visits = new Map<string, string>();
  for (const [index, [path, referrer, type]] of steps.entries()) {
    const message: JsonObject = {
      ...(type === undefined ? { type: 'page' } : { type, event: 'Product Viewed' }),
      anonymousId: 'a',
      context: { page: { url: `${SHOP}${path}`, referrer } },
    };
    const request = aRequest(userAgent === undefined ? {} : { userAgent });
    const event = { ...collectOne(message, { request }), at: T0 + index * MINUTE_MS };
    const applied = applyEvent(profile, event, aPlan(), undefined);
    profile = applied.profile;
    const { id = '', channel, campaign } = applied.session ?? {};
    visits.set(id, `${channel} ${campaign}`.trim());
  }
  return [...visits.values()];
}

const INSTAGRAM = 'https://l.instagram.com/';
const NAVER_SEARCH = 'https://search.naver.com/search.naver?query=tent';

test.each<[name: string, visits: readonly string[], steps: readonly Step[], userAgent?: string]>([
  [
    'a single-page shop says the referrer of the landing again',
    ['paid_social spring'],
    [
      ['/?utm_source=instagram&utm_medium=cpc&utm_campaign=spring', INSTAGRAM],
      ['/p/1', INSTAGRAM],
      ['/p/2', INSTAGRAM, 'track'],
    ],
  ],
  [
    'so does one that was come to by the click id of an ad',
    ['paid_search'],
    [
      ['/?gclid=1', 'https://www.google.com/'],
      ['/p/1', 'https://www.google.com/'],
    ],
  ],
  [
    'going back to the tagged address is the same visit',
    ['paid_social spring'],
    [
      ['/?utm_source=instagram&utm_medium=cpc&utm_campaign=spring', INSTAGRAM],
      ['/p/1', `${SHOP}/`],
      ['/?utm_source=instagram&utm_medium=cpc&utm_campaign=spring', INSTAGRAM],
    ],
  ],
  [
    'an app that names itself on every page',
    ['organic_search'],
    [
      ['/', NAVER_SEARCH],
      ['/cart', `${SHOP}/`],
      ['/order/done', ''],
    ],
    NAVER_APP,
  ],
  [
    'a campaign that was opened in an app',
    ['organic_social x'],
    [
      ['/?utm_source=kakao&utm_medium=friendtalk&utm_campaign=x', ''],
      ['/p/1', ''],
    ],
    KAKAO_APP,
  ],
  [
    'a payment in between',
    ['paid_search'],
    [
      ['/?utm_source=naver&utm_medium=cpc', NAVER_SEARCH],
      ['/order/done', 'https://online-pay.kakao.com/v1/abc/info'],
    ],
  ],
  [
    'a plain link from another site',
    ['direct'],
    [
      ['/', ''],
      ['/p/1', 'https://blog.example/review'],
    ],
  ],
])('one visit: %s', (_, visits, steps, userAgent) => {
  expect(visitsOf(steps, userAgent)).toEqual(visits);
});

test.each<[name: string, visits: readonly string[], steps: readonly Step[]]>([
  [
    'a search',
    ['direct', 'organic_search'],
    [
      ['/', ''],
      ['/p/1', NAVER_SEARCH],
    ],
  ],
  [
    'a campaign of a medium of its own',
    ['direct', 'referral coupon'],
    [
      ['/', ''],
      ['/?utm_source=alimtalk&utm_medium=alimtalk&utm_campaign=coupon', ''],
    ],
  ],
  [
    'an ad in the middle of a search visit',
    ['organic_search', 'paid_social spring'],
    [
      ['/', NAVER_SEARCH],
      ['/?utm_source=instagram&utm_medium=cpc&utm_campaign=spring', INSTAGRAM],
    ],
  ],
])('another visit begins with %s', (_, visits, steps) => {
  expect(visitsOf(steps)).toEqual(visits);
});
