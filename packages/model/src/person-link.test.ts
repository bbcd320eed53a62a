import { expect, test } from 'vitest';
import { profileId } from './ids.ts';
import { personRef } from './person.ts';
import { personLink } from './person-link.ts';

test('the link of a person names them as the API takes it', () => {
  const id = profileId.parse('p0000000000000000000000001');
  const link = personLink(id);
  expect(link).toBe('/console/people/profileId%3Ap0000000000000000000000001');
  const named = decodeURIComponent(link.slice('/console/people/'.length));
  expect(personRef.parse(named)).toBe(`profileId:${id}`);
});
