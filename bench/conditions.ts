import { applyEvent } from '@tenth/engine/apply.ts';
import { personMoment } from '@tenth/engine/evaluate/moment.ts';
import { compilePlan } from '@tenth/engine/plan/plan.ts';
import { newProfile } from '@tenth/engine/profile.ts';
import { anEvent, aProfileId, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import jsonLogic, { type RulesLogic } from 'json-logic-js';
import { Engine } from 'json-rules-engine';

/**
 * What a published segment costs: an event that concerns ten of them with 100 and with 1,000 published,
 * and the conditions themselves against two rule engines on the same people. Paired in one run.
 */
const print = (line: string) => process.stdout.write(`${line}\n`);

/** Ten segments look at product views; each of the others at an event of its own. */
function planOf(segments: number): ReturnType<typeof compilePlan> {
  const definition: PlanDefinition = planDefinition.parse({
    version: 1,
    settings: { name: 'Bench' },
    campaigns: [],
    segments: Array.from({ length: segments }, (_, index) => ({
      id: `segment-${index}`,
      name: { en: `Segment ${index}` },
      condition: {
        kind: 'all',
        of: [
          {
            kind: 'event_count',
            event: { type: 'track', name: index < 10 ? 'Product Viewed' : `Event ${index}` },
            window: { kind: 'last_days', days: 1 + (index % 30) },
            test: { op: 'gte', value: 1 + (index % 7) },
          },
          { kind: 'trait', name: 'grade', test: { op: 'is_not', value: `g${index % 5}` } },
        ],
      },
    })),
  });
  return compilePlan(definition);
}

function microsecondsAnEvent(plan: ReturnType<typeof compilePlan>, people: number): number {
  const events = Array.from({ length: 20 }, (_, step) =>
    aTrack(
      'Product Viewed',
      { product_id: `p${step}`, price: 1_000 },
      { at: T0 + step * 60_000, anonymousId: 'device-1' },
    ),
  );
  const profiles: Profile[] = Array.from({ length: people }, () => newProfile(aProfileId(), T0));
  // The first event of a person settles all segments once; what follows is what an event costs.
  const first = anEvent({ at: T0 });
  const started = profiles.map((profile) => applyEvent(profile, first, plan, undefined).profile);
  const from = performance.now();
  for (const profile of started) {
    let now = profile;
    for (const event of events) {
      now = applyEvent(now, event, plan, undefined).profile;
    }
  }
  return ((performance.now() - from) * 1_000) / (people * events.length);
}

const small = planOf(100);
const large = planOf(1_000);
const ratios: number[] = [];
let few = Number.POSITIVE_INFINITY;
let many = Number.POSITIVE_INFINITY;
for (let round = 0; round < 15; round += 1) {
  const one = microsecondsAnEvent(small, 2_000);
  const other = microsecondsAnEvent(large, 2_000);
  few = Math.min(few, one);
  many = Math.min(many, other);
  ratios.push(other / one);
}
ratios.sort((left, right) => left - right);
print('An event that concerns ten segments');
print(`  with 100 published       ${few.toFixed(2)} µs`);
print(`  with 1,000 published     ${many.toFixed(2)} µs`);
print(`  median ratio of the rounds ${ratios[Math.floor(ratios.length / 2)]?.toFixed(2)}`);

const RULES = 100;
const conditions = Array.from({ length: RULES }, (_, index) => ({
  sessions: 1 + (index % 4),
  pages: 1 + (index % 9),
  grade: `g${index % 5}`,
  orders: index % 3,
}));
const plan = compilePlan(
  planDefinition.parse({
    version: 1,
    settings: { name: 'Bench' },
    campaigns: [],
    segments: conditions.map(({ sessions, pages, grade, orders }, index) => ({
      id: `segment-${index}`,
      name: { en: `Segment ${index}` },
      condition: {
        kind: 'any',
        of: [
          {
            kind: 'all',
            of: [
              { kind: 'sessions', test: { op: 'gte', value: sessions } },
              { kind: 'session_pages', test: { op: 'gte', value: pages } },
            ],
          },
          {
            kind: 'all',
            of: [
              { kind: 'trait', name: 'grade', test: { op: 'is', value: grade } },
              { kind: 'orders', measure: 'count', test: { op: 'gt', value: orders } },
            ],
          },
        ],
      },
    })),
  }),
);

const people = Array.from({ length: 500 }, (_, person) => {
  let profile = newProfile(aProfileId(), T0);
  for (let page = 0; page <= person % 10; page += 1) {
    profile = applyEvent(profile, anEvent({ at: T0 + page * 1_000 }), plan, undefined).profile;
  }
  const traits = { grade: `g${person % 7}` };
  const identify = anEvent({ type: 'identify', page: undefined, traits, at: T0 + 60_000 });
  return applyEvent(profile, identify, plan, undefined).profile;
});
const moments = people.map((profile) => personMoment(profile, T0 + 120_000));
const facts = people.map((profile) => ({
  sessions: profile.devices[0]?.sessions ?? 0,
  pages: profile.devices[0]?.session.pages ?? 0,
  grade: String(profile.traits.grade?.value ?? ''),
  orders: 0,
}));

function ofTenth(): number {
  let held = 0;
  for (const moment of moments) {
    for (const { condition } of plan.segments) {
      held += condition.holds(moment) ? 1 : 0;
    }
  }
  return held;
}

const logic = conditions.map(
  ({ sessions, pages, grade, orders }): RulesLogic => ({
    or: [
      { and: [{ '>=': [{ var: 'sessions' }, sessions] }, { '>=': [{ var: 'pages' }, pages] }] },
      { and: [{ '==': [{ var: 'grade' }, grade] }, { '>': [{ var: 'orders' }, orders] }] },
    ],
  }),
);
function ofJsonLogic(): number {
  let held = 0;
  for (const fact of facts) {
    for (const rule of logic) {
      held += jsonLogic.apply(rule, fact) === true ? 1 : 0;
    }
  }
  return held;
}

const engine = new Engine();
for (const { sessions, pages, grade, orders } of conditions) {
  const at = (fact: string, operator: string, value: unknown) => ({ fact, operator, value });
  engine.addRule({
    conditions: {
      any: [
        {
          all: [
            at('sessions', 'greaterThanInclusive', sessions),
            at('pages', 'greaterThanInclusive', pages),
          ],
        },
        { all: [at('grade', 'equal', grade), at('orders', 'greaterThan', orders)] },
      ],
    },
    event: { type: 'held' },
  });
}
async function ofJsonRulesEngine(): Promise<number> {
  let held = 0;
  for (const fact of facts) {
    const { events } = await engine.run(fact);
    held += events.length;
  }
  return held;
}

interface Rival {
  readonly name: string;
  readonly run: () => number | Promise<number>;
}
const rivals: readonly Rival[] = [
  { name: 'Tenth', run: ofTenth },
  { name: 'json-logic-js', run: ofJsonLogic },
  { name: 'json-rules-engine', run: ofJsonRulesEngine },
];
const best = new Map<string, number>();
const held = new Set<number>();
for (let round = 0; round < 5; round += 1) {
  for (const { name, run } of rivals) {
    const from = performance.now();
    held.add(await run());
    const rate = (people.length * RULES) / ((performance.now() - from) / 1_000);
    best.set(name, Math.max(best.get(name) ?? 0, rate));
  }
}
print(
  `Conditions a second, ${RULES} on ${people.length} people; all count ${[...held].join(', ')}`,
);
for (const { name } of rivals) {
  const rate = best.get(name) ?? 0;
  const times = (best.get('Tenth') ?? 0) / rate;
  print(
    `  ${name.padEnd(20)} ${Math.round(rate).toLocaleString('en-US').padStart(12)}  Tenth is ${times.toFixed(1)}× as fast`,
  );
}
