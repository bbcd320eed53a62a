import { describe, expect, test } from 'vitest';
import { compileTemplate } from './liquid.ts';
import { templateBudget } from './template-budget.ts';

const view = {
  locale: 'en',
  now: '2026-03-01T00:30:00.000Z',
  shop: { name: 'Shop', time_zone: 'Asia/Seoul' },
  person: { name: 'Kim <b>', tags: ['a', 'b'] },
  event: { properties: { long: 'x'.repeat(30_000), words: 'a '.repeat(5_000) } },
};
const render = (source: string, kind: 'text' | 'html' = 'text') =>
  compileTemplate(source, kind).render(view);

describe('a template ends', () => {
  test.each([
    ['a range without end', '{% for i in (1..999999999) %}x{% endfor %}'],
    [
      'loops in loops that write nothing',
      `{% assign a = event.properties.words | split: " " %}${'{% for i in a %}'.repeat(4)}${'{% endfor %}'.repeat(4)}`,
    ],
    [
      'a text doubled over and over',
      `{% assign a = "xxxxxxxxxx" %}${'{% assign a = a | append: a %}'.repeat(60)}{{ a }}`,
    ],
    [
      'much written out of little',
      '{% for i in (1..500) %}{{ event.properties.long }}{% endfor %}',
    ],
    ['a date padded to a gigabyte', '{{ "2026-01-01" | date: "%999999999d" }}'],
    ['a join of a join', `{{ (1..90000) | join: event.properties.long }}`],
  ])('%s', (_what, source) => {
    expect(() => render(source)).toThrowError(/limit exceeded|more than|over/);
  });

  test('whatever the machine, after the same number of steps', () => {
    const rounds = (count: number) => `{% for i in (1..${count}) %}x{% endfor %}`;
    // A round is a step, and so is what it writes; two more are the whole and the loop.
    const most = templateBudget.steps / 2 - 1;
    expect(render(rounds(most))).toHaveLength(most);
    expect(() => render(rounds(most + 1))).toThrowError(/more than 10000 steps/);
  });
});

describe('a template reads what it was given and nothing else', () => {
  test.each([
    '{{ person.constructor }}',
    '{{ person.__proto__ }}',
    '{{ person.constructor.constructor }}',
    '{{ person["__proto__"]["toString"] }}',
    '{{ constructor }}{{ __proto__ }}{{ toString }}{{ process }}{{ globalThis }}',
    '{{ person.tags.map }}{{ person.name.constructor }}',
    '{% assign __proto__ = "polluted" %}{{ person.polluted }}',
  ])('%s', (source) => {
    expect(render(source)).toBe('');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });

  test.each([
    '{% include "x" %}',
    '{% render "/etc/passwd" %}',
    '{% layout "x" %}',
    '{% capture x %}y{% endcapture %}',
    '{% liquid echo 1 %}',
    '{% echo person.name %}',
    '{{ person.name | raw }}',
    '{{ person.tags | sample }}',
    '{{ person.tags | where_exp: "x", "x" }}',
    '{{ person | json }}',
  ])('%s is refused when it is published', (source) => {
    expect(() => compileTemplate(source, 'html')).toThrowError(/not found|undefined filter/);
  });

  test('the time is the decision’s, at the shop', () => {
    expect(render('{{ "now" | date: "%Y-%m-%d %H:%M" }}')).toBe('2026-03-01 09:30');
    expect(render('{{ "2026-01-01T00:00:00Z" | date: "%H" }}')).toBe('09');
  });
});

describe('values in HTML', () => {
  test('are escaped in text and in attributes', () => {
    expect(render('<p title="{{ person.name }}">{{ person.name }}</p>', 'html')).toBe(
      '<p title="Kim &lt;b&gt;">Kim &lt;b&gt;</p>',
    );
  });

  test.each([
    'javascript:alert(1)',
    ' JavaScript:alert(1)',
    'java\tscript:alert(1)',
    'data:text/html,x',
  ])('do not lead to %j', (url) => {
    const link = compileTemplate('<a href="{{ event.properties.url }}">x</a>', 'html');
    expect(() => link.render({ event: { properties: { url } } })).toThrowError(/the address/);
  });

  test('lead to a page', () => {
    const link = compileTemplate('<a href="{{ event.properties.url }}">x</a>', 'html');
    expect(link.render({ event: { properties: { url: '/p?a=1&b=2' } } })).toBe(
      '<a href="/p?a=1&amp;b=2">x</a>',
    );
  });
});

describe('dates', () => {
  const inZone = (time_zone: string, source: string, locale = 'en') =>
    compileTemplate(source, 'text').render({ ...view, locale, shop: { time_zone } });

  test('without a time zone are the shop’s, wherever this runs', () => {
    for (const text of ['2026-11-24 10:00:00', '2026-11-24T10:00', '2026.11.24 10:00']) {
      expect(inZone('Asia/Seoul', `{{ "${text}" | date: "%m/%d %H:%M" }}`)).toBe('11/24 10:00');
      expect(inZone('America/New_York', `{{ "${text}" | date: "%m/%d %H:%M" }}`)).toBe(
        '11/24 10:00',
      );
    }
    expect(inZone('America/New_York', '{{ "2026-11-24" | date: "%Y-%m-%d" }}')).toBe('2026-11-24');
    expect(inZone('Asia/Seoul', '{{ "2026-11-24T10:00:00Z" | date: "%H:%M" }}')).toBe('19:00');
  });

  test.each([
    ['2026-03-08 01:59', '2026-03-08T06:59:00Z'],
    ['2026-03-08 03:00', '2026-03-08T07:00:00Z'],
    ['2026-11-01 00:59', '2026-11-01T04:59:00Z'],
    ['2026-11-01 01:30', '2026-11-01T05:30:00Z'],
    ['2026-11-01 02:00', '2026-11-01T07:00:00Z'],
  ])('at %s in New York it is %s', (text, moment) => {
    const seconds = inZone('America/New_York', `{{ "${text}" | date: "%s" }}`);
    expect(Number(seconds) * 1_000).toBe(Date.parse(moment));
  });

  test('name days and months in the language of the message', () => {
    const source = '{{ "2026-11-24" | date: "%A %B" }}';
    expect(inZone('Asia/Seoul', source, 'en')).toBe('Tuesday November');
    expect(inZone('Asia/Seoul', source, 'ko')).toBe('화요일 11월');
  });
});
