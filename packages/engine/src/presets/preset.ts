import type { Condition } from '@tenth/model/condition.ts';
import { type Segment, segment } from '@tenth/model/segment.ts';
import { z } from 'zod';

/** A text in both languages, as every preset has it. */
export interface Bilingual {
  readonly ko: string;
  readonly en: string;
}

/** What a preset looks at, in the order in which the console shows them. */
export const presetGroups = [
  'arrival',
  'visit',
  'shopping',
  'order',
  'interest',
  'membership',
  'moment',
] as const;
export type PresetGroup = (typeof presetGroups)[number];

export const presetGroupNames: Readonly<Record<PresetGroup, Bilingual>> = {
  arrival: say('유입', 'How they came'),
  visit: say('방문', 'How they visit'),
  shopping: say('둘러보기와 장바구니', 'Looking and choosing'),
  order: say('구매', 'What they bought'),
  interest: say('관심', 'What they like'),
  membership: say('회원', 'Membership'),
  moment: say('기기와 시간', 'Device and time'),
};

/** A segment that only has to be chosen, with figures that may be changed. */
export interface Preset {
  /** Also the segment's id unless another is given. */
  readonly id: string;
  readonly group: PresetGroup;
  readonly name: Bilingual;
  /** Who is in it and what it is good for. */
  readonly description: Bilingual;
  /** What may be set; every one has a default. Its JSON schema describes a form. */
  readonly parameters: z.ZodObject;
  /** What the parameters are called, by key. */
  readonly labels: Readonly<Record<string, Bilingual>>;
  /**
   * The segment for these parameters.
   *
   * @throws {z.ZodError} for parameters or an id that are not allowed.
   */
  readonly segment: (given?: Readonly<Record<string, unknown>>, id?: string) => Segment;
}

interface Fixed {
  readonly id: string;
  readonly group: PresetGroup;
  readonly name: Bilingual;
  readonly description: Bilingual;
}

interface Written<Shape extends z.core.$ZodLooseShape> extends Fixed {
  readonly parameters: Shape;
  readonly labels: { readonly [Key in keyof Shape]: Bilingual };
  readonly condition: (given: z.output<z.ZodObject<Shape>>) => Condition;
  /** What the segment is called where the parameters say more than the preset's own name. */
  readonly called?: (given: z.output<z.ZodObject<Shape>>) => Bilingual;
}

/** A preset whose figures can be changed. */
export function adjustable<Shape extends z.core.$ZodLooseShape>(written: Written<Shape>): Preset {
  const { id, group, name, description, labels, condition, called } = written;
  const parameters = z.strictObject(written.parameters);
  return {
    id,
    group,
    name,
    description,
    parameters,
    labels,
    segment: (given = {}, as = id) => {
      const settled = parameters.parse(given);
      const title = called?.(settled) ?? name;
      return segment.parse({ id: as, name: title, description, condition: condition(settled) });
    },
  };
}

/** A preset with nothing to set. */
export function fixed(written: Fixed & { readonly condition: () => Condition }): Preset {
  return adjustable({ ...written, parameters: {}, labels: {} });
}

export function say(ko: string, en: string): Bilingual {
  return { ko, en };
}
