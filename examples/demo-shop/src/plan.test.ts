import { planDefinition } from '@tenth/model/plan.ts';
import { expect, test } from 'vitest';
import { findDepartment } from './catalogue/departments.ts';
import { demoPlan } from './plan.ts';

const hosts = { portalHost: 'localhost:4300', shopHost: 'localhost:4200' };
const plan = planDefinition.parse({ version: 1, ...demoPlan(hosts) });

test('the whole plan is valid and every campaign is live with a holdout of a tenth', () => {
  expect(plan.campaigns).toHaveLength(9);
  expect(plan.segments.length).toBeGreaterThanOrEqual(5);
  for (const campaign of plan.campaigns) {
    expect(campaign.status).toBe('live');
    expect(campaign.holdoutShare).toBe(0.1);
  }
});

test('ids are unique', () => {
  const ids = [...plan.campaigns, ...plan.segments].map((one) => one.id as string);
  expect(new Set(ids).size).toBe(ids.length);
});

test('every text is there in Korean and in English', () => {
  const texts: unknown[] = [];
  const visit = (value: unknown): void => {
    if (value !== null && typeof value === 'object') {
      if ('ko' in value || 'en' in value) {
        texts.push(value);
      } else {
        Object.values(value).forEach(visit);
      }
    }
  };
  visit([plan.campaigns, plan.segments]);
  expect(texts.length).toBeGreaterThan(50);
  for (const text of texts) {
    expect(text).toEqual({ ko: expect.any(String), en: expect.any(String) });
  }
});

test('the portal counts as a search engine and tells its keyword', () => {
  expect(plan.settings.referrerRules).toEqual([
    { host: hosts.portalHost, channel: 'organic_search', source: 'nurion', keywordParam: 'query' },
  ]);
  expect(plan.settings.internalHosts).toContain(hosts.shopHost);
});

test('the interest that changes the front page is a department of the shop', () => {
  expect(findDepartment('men')).toBeDefined();
});
