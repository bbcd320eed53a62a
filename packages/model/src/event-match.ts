import { z } from 'zod';
import { eventType } from './event.ts';
import { eventTest } from './value-test.ts';

/** Dotted path into the event: `properties.price`, `page.category`, `name`, `context.app.name`. */
export const eventPath = z
  .string()
  .max(200)
  .regex(
    /^(name|properties\.[^.].*|traits\.[^.].*|context\.[^.].*|page\.(url|path|title|category|name))$/,
    'start with name, properties., traits., context. or page.',
  );

export const eventFilter = z.strictObject({ path: eventPath, test: eventTest });
export type EventFilter = z.infer<typeof eventFilter>;

/** Which events count: a type, for track events a name, and filters that must all hold. */
export const eventMatch = z.strictObject({
  type: eventType,
  name: z.string().min(1).max(200).optional(),
  where: z.array(eventFilter).max(10).optional(),
});
export type EventMatch = z.infer<typeof eventMatch>;
