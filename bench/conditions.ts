import { applyEvent } from '@tenth/engine/apply.ts';
import { personMoment } from '@tenth/engine/evaluate/moment.ts';
import { compilePlan, type Plan } from '@tenth/engine/plan/plan.ts';
import { newProfile } from '@tenth/engine/profile.ts';
import { anEvent, aProfileId, aTrack, T0 } from '@tenth/engine/testing/builders.ts';
import type { NumberMeasure } from '@tenth/model/measure.ts';
import { type PlanDefinition, planDefinition } from '@tenth/model/plan.ts';
import type { Profile } from '@tenth/model/profile.ts';
import jsonLogic, { type RulesLogic } from 'json-logic-js';
import { Engine, type TopLevelCondition } from 'json-rules-engine';

/**
 * What a published segment costs: an event that concerns ten of them with 100 and with 1,000 published.
 *
 * Then the conditions themselves against two rule engines, paired in one run: all segments of a person at one
 * moment, as the live path evaluates them where all are looked at. Tenth reads the person's profile; the
 * others are given the same values worked out beforehand, which is left out of their time.
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
const PEOPLE = 500;
const ROUNDS = 9;
/** A round of each, so that all are warm and none is measured by its first runs. */
const ROUND_MS = 400;

/** A condition in the words of each engine, over facts of the same names. */
interface Rule {
  readonly condition: PlanDefinition['segments'][number]['condition'];
  readonly logic: RulesLogic;
  readonly rule: TopLevelCondition;
}

type Facts = Readonly<Record<string, number | string>>;

/** (one and another) or (a trait is so and a third), each a figure that is at least a value. */
function ruleOf(of: readonly [Figure, Figure, Figure], trait: string, value: string): Rule {
  const [one, another, third] = of;
  const at = ({ fact, least }: Figure) => ({
    fact,
    operator: 'greaterThanInclusive',
    value: least,
  });
  const atLeast = ({ fact, least }: Figure): RulesLogic => ({ '>=': [{ var: fact }, least] });
  const figure = ({ measure, least }: Figure) => ({
    ...measure,
    test: { op: 'gte' as const, value: least },
  });
  return {
    condition: {
      kind: 'any',
      of: [
        { kind: 'all', of: [figure(one), figure(another)] },
        {
          kind: 'all',
          of: [{ kind: 'trait', name: trait, test: { op: 'is', value } }, figure(third)],
        },
      ],
    },
    logic: {
      or: [
        { and: [atLeast(one), atLeast(another)] },
        { and: [{ '==': [{ var: trait }, value] }, atLeast(third)] },
      ],
    },
    rule: {
      any: [
        { all: [at(one), at(another)] },
        { all: [{ fact: trait, operator: 'equal', value }, at(third)] },
      ],
    },
  };
}

interface Figure {
  readonly measure: NumberMeasure;
  /** What the facts call it. */
  readonly fact: string;
  readonly least: number;
}

const counted = (fact: string, least: number): Figure => ({
  measure: {
    kind: 'event_count',
    event: { type: 'track', name: fact },
    window: { kind: 'ever' },
  },
  fact,
  least,
});

interface Comparison {
  readonly title: string;
  readonly rules: readonly Rule[];
  /** What people do, and what they say of themselves. */
  readonly names: readonly string[];
  readonly traits: readonly string[];
}

const comparisons: readonly Comparison[] = [
  {
    title: `${RULES} conditions of a person on 12 values, as the segments of a shop ask the same again`,
    rules: Array.from({ length: RULES }, (_, index) =>
      ruleOf(
        [
          counted(`Event ${index % 9}`, 1 + (index % 4)),
          { measure: { kind: 'session_pages' }, fact: 'pages', least: 1 + (index % 9) },
          counted(`Event ${index % 8}`, 1 + (index % 3)),
        ],
        `trait${index % 2}`,
        `g${index % 5}`,
      ),
    ),
    names: Array.from({ length: 9 }, (_, index) => `Event ${index}`),
    traits: ['trait0', 'trait1'],
  },
  {
    title: `${RULES} conditions of a person on ${4 * RULES} values, each of its own`,
    rules: Array.from({ length: RULES }, (_, index) =>
      ruleOf(
        [
          counted(`One ${index}`, 1 + (index % 4)),
          counted(`Another ${index}`, 1 + (index % 3)),
          counted(`Third ${index}`, 1 + (index % 3)),
        ],
        `trait${index}`,
        `g${index % 5}`,
      ),
    ),
    names: ['One', 'Another', 'Third'].flatMap((name) =>
      Array.from({ length: RULES }, (_, index) => `${name} ${index}`),
    ),
    traits: Array.from({ length: RULES }, (_, index) => `trait${index}`),
  },
];

/** People as Tenth keeps them, and the same as the facts that the others are given, worked out beforehand. */
function peopleOf({ names, traits }: Comparison, plan: Plan) {
  return Array.from({ length: PEOPLE }, (_, person) => {
    const pages = 1 + (person % 10);
    const said = traits.map((name, index) => [name, `g${(person + index) % 7}`] as const);
    const times = names.map((name, index) => [name, (person * 7 + index) % 5] as const);
    const events = [
      ...Array.from({ length: pages }, () => anEvent({ at: T0 })),
      anEvent({ type: 'identify', page: undefined, traits: Object.fromEntries(said), at: T0 }),
      ...times.flatMap(([name, count]) =>
        Array.from({ length: count }, () => aTrack(name, {}, { at: T0 })),
      ),
    ];
    const profile = events.reduce(
      (before, event) => applyEvent(before, event, plan, undefined).profile,
      newProfile(aProfileId(), T0),
    );
    const facts: Facts = Object.fromEntries([...said, ...times, ['pages', pages]]);
    return { profile, facts };
  });
}

interface Rival {
  readonly name: string;
  readonly run: () => number | Promise<number>;
}

function rivalsOf(comparison: Comparison): readonly Rival[] {
  const { rules } = comparison;
  const plan = compilePlan(
    planDefinition.parse({
      version: 1,
      settings: { name: 'Bench' },
      campaigns: [],
      segments: rules.map(({ condition }, index) => ({
        id: `segment-${index}`,
        name: { en: `Segment ${index}` },
        condition,
      })),
    }),
  );
  const people = peopleOf(comparison, plan);
  const engine = new Engine();
  for (const { rule } of rules) {
    engine.addRule({ conditions: rule, event: { type: 'held' } });
  }
  return [
    {
      name: 'Tenth',
      run: () => {
        let held = 0;
        for (const { profile } of people) {
          const moment = personMoment(profile, T0 + 120_000);
          for (const { condition } of plan.segments) {
            held += condition.holds(moment) ? 1 : 0;
          }
        }
        return held;
      },
    },
    {
      name: 'json-logic-js',
      run: () => {
        let held = 0;
        for (const { facts } of people) {
          for (const { logic } of rules) {
            held += jsonLogic.apply(logic, facts) === true ? 1 : 0;
          }
        }
        return held;
      },
    },
    {
      name: 'json-rules-engine',
      run: async () => {
        let held = 0;
        for (const { facts } of people) {
          held += (await engine.run(facts)).events.length;
        }
        return held;
      },
    },
  ];
}

/** Nanoseconds a condition over a round, and how many held. */
async function measured({ run }: Rival): Promise<{ readonly each: number; readonly held: number }> {
  const from = performance.now();
  let held = 0;
  let runs = 0;
  let spent = 0;
  while (spent < ROUND_MS) {
    held = await run();
    runs += 1;
    spent = performance.now() - from;
  }
  return { each: (spent * 1e6) / (runs * PEOPLE * RULES), held };
}

const median = (values: readonly number[]) =>
  [...values].sort((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;

for (const comparison of comparisons) {
  const rivals = rivalsOf(comparison);
  const each = new Map(rivals.map(({ name }) => [name, [] as number[]]));
  const held = new Set<number>();
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const rival of rivals) {
      const found = await measured(rival);
      held.add(found.held);
      each.get(rival.name)?.push(found.each);
    }
  }
  const ours = each.get('Tenth') ?? [];
  print(comparison.title);
  print(
    `  on ${PEOPLE} people; ${held.size === 1 ? 'all count' : 'THEY DIFFER:'} ${[...held].join(', ')} that hold; medians of ${ROUNDS} rounds`,
  );
  for (const { name } of rivals) {
    const theirs = each.get(name) ?? [];
    const times = median(theirs.map((one, round) => one / (ours[round] ?? 1)));
    print(
      `  ${name.padEnd(18)} ${median(theirs).toFixed(0).padStart(7)} ns a condition${name === 'Tenth' ? '' : `   Tenth is ${times.toFixed(1)}× as fast`}`,
    );
  }
}
